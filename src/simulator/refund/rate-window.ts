import { SimulatorClock } from '../clock.js';

/** Counts what happened in the last while, by the virtual clock. */
export class RateWindow {
  private moments: number[] = [];

  constructor(
    private readonly clock: SimulatorClock,
    private readonly lengthMs: number,
  ) {}

  /** @param limit 0 is never full */
  isFull(limit: number): boolean {
    const since = this.clock.now().getTime() - this.lengthMs;
    this.moments = this.moments.filter((moment) => moment > since);
    return limit > 0 && this.moments.length >= limit;
  }

  add(): void {
    this.moments.push(this.clock.now().getTime());
  }

  /** Counts one more if there is room for it. */
  tryAdd(limit: number): boolean {
    if (this.isFull(limit)) return false;
    this.add();
    return true;
  }

  clear(): void {
    this.moments = [];
  }
}
