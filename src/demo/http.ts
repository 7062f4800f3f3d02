/** The response of any status; `body` is null if it is not JSON. */
export interface HttpResponse<T> {
  status: number;
  body: T;
}

export interface HttpCall {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  body?: unknown;
  headers?: Record<string, string>;
}

/** No connection, or no answer in time. */
export class UnreachableError extends Error {}

const TIMEOUT_MS = 15_000;

/** Sends a JSON request. @throws UnreachableError. */
export async function sendRequest<T>(
  url: string,
  { method = 'GET', body, headers = {} }: HttpCall = {},
): Promise<HttpResponse<T>> {
  const json = body === undefined ? {} : { 'content-type': 'application/json' };
  try {
    const response = await fetch(url, {
      method,
      headers: { ...json, ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { status: response.status, body: parseJsonOrNull(await response.text()) as T };
  } catch (error) {
    throw new UnreachableError(`${method} ${url}: no answer`, { cause: error });
  }
}

function parseJsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
