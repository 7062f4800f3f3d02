import { setTimeout as pause } from 'node:timers/promises';

/** Something is not as it should be. The message is for the person who watches. */
export class DemoFailedError extends Error {}

/** @throws DemoFailedError unless it is so. */
export function assertThat(isSo: boolean, complaint: string): asserts isSo {
  if (!isSo) throw new DemoFailedError(complaint);
}

const POLL_INTERVAL_MS = 250;

export interface RetryOptions {
  /** What is waited for, as the complaint says it at the deadline. */
  description: string | (() => string);
  /** Real seconds; the time of the simulator may run as it likes. */
  timeoutSeconds: number;
}

/** Looks again and again until there is something to see. @throws DemoFailedError at the deadline. */
export async function retryUntil<T>(
  { description: what, timeoutSeconds: seconds }: RetryOptions,
  look: () => Promise<T | null>,
): Promise<T> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const seen = await look();
    if (seen !== null) return seen;
    if (performance.now() > deadline) {
      throw new DemoFailedError(`${typeof what === 'string' ? what : what()}: still not so after ${seconds} seconds`);
    }
    await pause(POLL_INTERVAL_MS);
  }
}
