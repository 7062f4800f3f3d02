/** What is slow by itself is slow each time; a machine that is busy with other things lets one of these through. */
const MAX_ATTEMPTS = 5;

/**
 * What `work` returns, when it takes less than so many milliseconds of CPU at least once. For work whose time could grow with
 * the square of its input, not for work that could be a little faster.
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
