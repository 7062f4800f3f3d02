/** Slow code is slow each time. The repetitions exclude delays of a busy machine. */
const MAX_ATTEMPTS = 5;

/**
 * Returns the result of `work` when one run takes less than this CPU time. For work whose time could be quadratic in its
 * input, not for small differences.
 */
export function withinCpuTime<T>(milliseconds: number, work: () => T): T {
  const slow: number[] = [];
  while (slow.length < MAX_ATTEMPTS) {
    const began = process.cpuUsage();
    const result = work();
    const { user, system } = process.cpuUsage(began);
    const took = (user + system) / 1000;
    if (took < milliseconds) return result;
    slow.push(Math.round(took));
  }
  throw new Error(`Slow each time: ${slow.join(', ')} ms`);
}
