import { createWriteStream, type WriteStream } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Agent } from 'undici';
import {
  createSender,
  type HttpMethod,
  UnreachableError,
  type HttpRequest,
  type HttpResponse,
  type SendRequest,
} from '../../tools/client/http.ts';

/** As wx.request in the documentation, but shorter. The retries must last longer than a database restart. */
const REQUEST_TIMEOUT_MS = 15_000;
const RETRY_TIMEOUT_MS = 60_000;
/** The first pause; each further pause is longer by this. */
const PAUSE_MS = 100;
const MAX_PAUSE_MS = 1000;
/** A user sees errors of WeChat (502), retries a few times and gives up. */
const MAX_WECHAT_FAILURES = 6;

/** The token of a login, a new API key, and the secret of a new event endpoint. */
const SECRET_FIELDS = ['token', 'key', 'secret'];

/** No usable response after all retries. The outcome of the call is unknown. */
export class RetriesExhaustedError extends Error {}

/** Sends the requests of all buyers and staff, each to the next instance, and logs every response. */
export class RecordingSender {
  /** Responses by status, and calls without a response. */
  readonly answerCounts: Record<string, number> = {};
  /** Responses that no client may ever receive. */
  readonly violations: string[] = [];
  readonly #nextUrl: () => string;
  readonly #log: WriteStream;
  /**
   * A connection for each request, as the proxy of docs/scaling.md makes them. On a busy instance, Node serves connections that are
   * kept before it accepts new ones: then the notices, which always come on new ones, would not arrive in time.
   */
  readonly #send = createSender({
    dispatcher: new Agent({ connections: 64, pipelining: 0 }),
    timeoutMs: REQUEST_TIMEOUT_MS,
  });

  /** @param file the log of all responses */
  constructor(nextUrl: () => string, file: string) {
    this.#nextUrl = nextUrl;
    this.#log = createWriteStream(file, { flags: 'a' });
  }

  /** One request to a path. */
  readonly sendOnce: SendRequest = async (path, request) => {
    try {
      const response = await this.#send(`${this.#nextUrl()}${path}`, request);
      this.#record(`${request.method ?? 'GET'} ${path}`, response);
      return response;
    } catch (error) {
      if (error instanceof UnreachableError) this.#count('no response');
      throw error;
    }
  };

  /**
   * Repeats a request unchanged on the next instance, with the same idempotency key, while there is no response or a
   * retryable 5xx. The response is never 5xx.
   * @throws RetriesExhaustedError
   */
  readonly send: SendRequest = async (path, request) => {
    const deadline = performance.now() + RETRY_TIMEOUT_MS;
    let wechatFailures = 0;
    for (let attempt = 1; ; attempt++) {
      const response = await this.#sendOrNull(path, request);
      if (response && response.status < 500) return response;
      if (response?.status === 502) wechatFailures++;
      const { retryable, code } = (response?.body ?? {}) as { retryable?: boolean; code?: string };
      if (retryable === false || wechatFailures === MAX_WECHAT_FAILURES || performance.now() > deadline) {
        const result = response ? `${response.status} ${code ?? ''}` : 'no response';
        throw new RetriesExhaustedError(`${request.method ?? 'GET'} ${path}: ${result}`);
      }
      await pause(Math.min(MAX_PAUSE_MS, PAUSE_MS * attempt));
    }
  };

  /** For clients that send by `fetch`: one request to the next instance, regardless of the host in its URL. */
  readonly fetchOnce = async (request: Request): Promise<Response> => {
    const { pathname, search } = new URL(request.url);
    const body = await request.text();
    const { status, text, headers } = await this.sendOnce(`${pathname}${search}`, {
      method: request.method as HttpMethod,
      headers: Object.fromEntries(request.headers),
      ...(body !== '' && { body }),
    });
    return new Response(text === '' ? null : text, { status, headers });
  };

  async #sendOrNull(path: string, request: HttpRequest): Promise<HttpResponse | null> {
    try {
      return await this.sendOnce(path, request);
    } catch (error) {
      if (error instanceof UnreachableError) return null;
      throw error;
    }
  }

  /** Resolves when all responses are written to disk. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#log.end(resolve);
    });
  }

  #record(call: string, { status, text, body }: HttpResponse): void {
    const given = SECRET_FIELDS.filter((field) => typeof body === 'object' && body !== null && field in body);
    // These responses contain the secret legitimately. The leak check searches all other responses for it.
    const hidden = Object.fromEntries(given.map((field) => [field, '…']));
    const logged = given.length > 0 ? JSON.stringify({ ...(body as object), ...hidden }) : text;
    this.#log.write(`${call} ${status} ${logged}\n`);
    this.#count(String(status));
    if (status === 500) this.violations.push(`${call} returned ${text}`);
  }

  #count(what: string): void {
    this.answerCounts[what] = (this.answerCounts[what] ?? 0) + 1;
  }
}
