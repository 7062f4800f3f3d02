import { request, type Dispatcher } from 'undici';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A string or bytes are sent unchanged, any other body as JSON. */
export interface HttpRequest {
  method?: HttpMethod;
  body?: unknown;
  headers?: Record<string, string>;
}

/** The response of any status. `body` is parsed when it is JSON, otherwise it is the text. */
export interface HttpResponse<Body = unknown> {
  status: number;
  headers: Headers;
  text: string;
  body: Body;
}

/** Sends one request. @throws UnreachableError without a complete response. */
export type SendRequest = (url: string, request: HttpRequest) => Promise<HttpResponse>;

/** No connection, or no complete response in time. */
export class UnreachableError extends Error {}

const TIMEOUT_MS = 20_000;

interface SenderOptions {
  /** The connection pool. Default: undici's global one. */
  dispatcher?: Dispatcher;
  timeoutMs?: number;
}

/** Creates a function that sends requests over its own connections. */
export function createSender({ dispatcher, timeoutMs = TIMEOUT_MS }: SenderOptions = {}): SendRequest {
  return async (url, { method = 'GET', body, headers = {} }) => {
    const isRaw = body === undefined || typeof body === 'string' || body instanceof Uint8Array;
    try {
      const response = await request(url, {
        method,
        headers: { ...(!isRaw && { 'content-type': 'application/json' }), ...headers },
        body: isRaw ? (body ?? null) : JSON.stringify(body),
        signal: AbortSignal.timeout(timeoutMs),
        ...(dispatcher && { dispatcher }),
      });
      const text = await response.body.text();
      const isJson = String(response.headers['content-type'] ?? '').includes('json') && text !== '';
      const parsed: unknown = isJson ? JSON.parse(text) : text;
      return { status: response.statusCode, headers: headersOf(response.headers), text, body: parsed };
    } catch (error) {
      throw new UnreachableError(`${method} ${url}: no response`, { cause: error });
    }
  };
}

function headersOf(received: Record<string, string | string[] | undefined>): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(received)) {
    for (const each of [value ?? []].flat()) headers.append(name, each);
  }
  return headers;
}

const sendByDefault = createSender();

/** Sends one request whose response the caller describes. @throws UnreachableError. */
export async function sendRequest<Body = unknown>(
  url: string,
  httpRequest: HttpRequest = {},
): Promise<HttpResponse<Body>> {
  return (await sendByDefault(url, httpRequest)) as HttpResponse<Body>;
}
