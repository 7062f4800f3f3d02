import { SimulatorClock } from '../clock.js';

/** Counts events in a sliding window of virtual time. */
export class RateWindow {
  private moments: number[] = [];

  constructor(
    private readonly clock: SimulatorClock,
    private readonly lengthMs: number,
  ) {}

  /** @param limit 0: unlimited */
  isFull(limit: number): boolean {
    const since = this.clock.now().getTime() - this.lengthMs;
    this.moments = this.moments.filter((moment) => moment > since);
    return limit > 0 && this.moments.length >= limit;
  }

  add(): void {
    this.moments.push(this.clock.now().getTime());
  }

  /** Counts one more event if the limit allows it. */
  tryAdd(limit: number): boolean {
    if (this.isFull(limit)) return false;
    this.add();
    return true;
  }

  clear(): void {
    this.moments = [];
  }
}
