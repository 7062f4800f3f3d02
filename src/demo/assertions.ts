import { setTimeout as pause } from 'node:timers/promises';

/** A check of the demo failed. The message is for the user. */
export class DemoFailedError extends Error {}

/** @throws DemoFailedError if the condition is false. */
export function assertThat(condition: boolean, failureText: string): asserts condition {
  if (!condition) throw new DemoFailedError(failureText);
}

const POLL_INTERVAL_MS = 250;

export interface RetryOptions {
  /** The expected state, used in the error message after the timeout. */
  description: string | (() => string);
  /** Real seconds, independent of the simulator's time. */
  timeoutSeconds: number;
}

/** Repeats `read` until its result is not null. @throws DemoFailedError after the timeout. */
export async function retryUntil<T>(
  { description, timeoutSeconds }: RetryOptions,
  read: () => Promise<T | null>,
): Promise<T> {
  const deadline = performance.now() + timeoutSeconds * 1000;
  for (;;) {
    const result = await read();
    if (result !== null) return result;
    if (performance.now() > deadline) {
      throw new DemoFailedError(
        `${typeof description === 'string' ? description : description()} (not reached after ${timeoutSeconds} seconds)`,
      );
    }
    await pause(POLL_INTERVAL_MS);
  }
}
