import { setTimeout as pause } from 'node:timers/promises';

const DEADLINE_MS = 8000;

/** Waits until `check` no longer throws; throws its last complaint at the deadline. For facts that others bring about. */
export async function eventually<T>(check: () => T | Promise<T>, deadlineMs = DEADLINE_MS): Promise<T> {
  const deadline = performance.now() + deadlineMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await pause(20);
    }
  }
}
