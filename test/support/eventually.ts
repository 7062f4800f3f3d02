import { setTimeout as pause } from 'node:timers/promises';

const TIMEOUT_MS = 20_000;
/** Pauses between checks grow, because frequent checks would delay the work that the test waits for. */
const PAUSES_MS = { first: 20, last: 200, growth: 1.2 };

/** Repeats `check` until it does not throw, and throws its last error at the deadline. For results of background work. */
export async function eventually<T>(check: () => T | Promise<T>, deadlineMs = TIMEOUT_MS): Promise<T> {
  const deadline = performance.now() + deadlineMs;
  for (let pauseMs = PAUSES_MS.first; ; pauseMs = Math.min(pauseMs * PAUSES_MS.growth, PAUSES_MS.last)) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await pause(pauseMs);
    }
  }
}
