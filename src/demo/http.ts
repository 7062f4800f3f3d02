/** What came back, whatever the status; `body` is null when it is not JSON. */
export interface Reply<T> {
  status: number;
  body: T;
}

export interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  body?: unknown;
  headers?: Record<string, string>;
}

/** Nobody there: no connection, or no answer in time. */
export class Unreachable extends Error {}

const ANSWER_WITHIN_MS = 15_000;

/** One HTTP call with JSON in and out. @throws Unreachable. */
export async function call<T>(url: string, { method = 'GET', body, headers = {} }: Call = {}): Promise<Reply<T>> {
  const json = body === undefined ? {} : { 'content-type': 'application/json' };
  try {
    const response = await fetch(url, {
      method,
      headers: { ...json, ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    return { status: response.status, body: jsonOrNull(await response.text()) as T };
  } catch (error) {
    throw new Unreachable(`${method} ${url}: no answer`, { cause: error });
  }
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
