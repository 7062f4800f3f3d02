import { setTimeout as pause } from 'node:timers/promises';

/** How calls are repeated. */
export interface RetryOptions {
  /** Maximum attempts of one call, including the first. Default 5. */
  readonly maxAttempts?: number;
  /** Milliseconds that one attempt may take. Default 20,000: the service waits up to 10 s for WeChat. */
  readonly timeoutMs?: number;
  /** Milliseconds before the second attempt; doubled before each further one. Default 500. */
  readonly firstDelayMs?: number;
  /** Sends one attempt, instead of the global `fetch`: to log calls, or to use a proxy. */
  readonly fetch?: (request: Request, options: { signal: AbortSignal }) => Promise<Response>;
}

/** The longest delay between two attempts, also when the service asks for more. */
const MAX_DELAY_MS = 30_000;

/** Calls that must not be repeated when their outcome is unknown carry this header. It is never sent. */
export const NO_REPEAT_HEADER = 'x-no-repeat';

/**
 * `fetch` that repeats a call without a response, and one with 429 or 5xx, after `Retry-After` or an increasing delay. Safe
 * for the calls of this client: each has a natural key, so that the service does its work once.
 */
export function retryingFetch(options: RetryOptions = {}): (request: Request) => Promise<Response> {
  const { maxAttempts = 5, timeoutMs = 20_000, firstDelayMs = 500, fetch: send = fetch } = options;
  return async (request) => {
    const isRepeatable = !request.headers.has(NO_REPEAT_HEADER);
    request.headers.delete(NO_REPEAT_HEADER);
    for (let attempt = 1; ; attempt++) {
      const isLast = attempt >= maxAttempts;
      const signal = AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)]);
      let waitMs = Math.min(firstDelayMs * 2 ** (attempt - 1), MAX_DELAY_MS) * (0.5 + Math.random() / 2);
      try {
        const response = await send(request.clone(), { signal });
        const mayRepeat = response.status === 429 || (isRepeatable && response.status >= 500);
        if (!mayRepeat || isLast) return response;
        waitMs = retryAfterMs(response) ?? waitMs;
        await response.body?.cancel();
      } catch (error) {
        if (!isRepeatable || isLast || request.signal.aborted) throw error;
      }
      await pause(waitMs, undefined, { signal: request.signal });
    }
  };
}

function retryAfterMs(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after') ?? NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds * 1000, MAX_DELAY_MS) : null;
}
