import { setTimeout as pause } from 'node:timers/promises';

/** A check of the demo failed. The message is for the user. */
export class DemoFailedError extends Error {}

/** @throws DemoFailedError if the condition is false. */
export function assertThat(condition: boolean, failureText: string): asserts condition {
  if (!condition) throw new DemoFailedError(failureText);
}

const POLL_INTERVAL_MS = 250;
/** Real seconds, independent of the simulator's time: several job runs. */
const TIMEOUT_SECONDS = 30;

/**
 * Repeats `read` until its result is not null. @param description the expected state, for the error message
 * @throws DemoFailedError after the timeout.
 */
export async function retryUntil<T>(description: string | (() => string), read: () => Promise<T | null>): Promise<T> {
  const deadline = performance.now() + TIMEOUT_SECONDS * 1000;
  for (;;) {
    const result = await read();
    if (result !== null) return result;
    if (performance.now() > deadline) {
      const expected = typeof description === 'string' ? description : description();
      throw new DemoFailedError(`${expected} (not reached after ${TIMEOUT_SECONDS} seconds)`);
    }
    await pause(POLL_INTERVAL_MS);
  }
}
