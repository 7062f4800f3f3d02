import { setTimeout as pause } from 'node:timers/promises';

const TIMEOUT_MS = 20_000;
/** What has not happened soon is asked about less and less often: who asks all the time keeps others from making it happen. */
const PAUSES_MS = { first: 20, last: 200, growth: 1.2 };

/** Waits until `check` no longer throws; throws its last complaint at the deadline. For facts that others bring about. */
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
