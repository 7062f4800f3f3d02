import { Injectable } from '@nestjs/common';

/** Milliseconds: the maximum difference between the clocks of two instances. */
export const MAX_CLOCK_SKEW_MS = 60_000;

/** A source of the current time. */
export interface TimeSource {
  now(): Date;
  /** Milliseconds of a monotonic clock; if absent, the machine's is used. */
  steadyMs?(): number;
}

/**
 * The only clock of the service: no other code reads the machine's time for a decision about money.
 * With the built-in simulator it uses the simulator's virtual clock, and tests set it, so that they do not have to wait.
 */
@Injectable()
export class Clock implements TimeSource {
  private timeSource: TimeSource = { now: () => new Date() };
  private isVirtual = false;

  now(): Date {
    return this.timeSource.now();
  }

  /** The instant `seconds` from now. */
  secondsFromNow(seconds: number): Date {
    return new Date(this.now().getTime() + seconds * 1000);
  }

  /** Milliseconds of a monotonic clock with an arbitrary start: only differences are meaningful. */
  steadyMs(): number {
    return this.timeSource.steadyMs?.() ?? performance.now();
  }

  /** The current time source. Readings of two sources cannot be compared. */
  get source(): TimeSource {
    return this.timeSource;
  }

  /** True for a clock that jumps intentionally, such as the simulator's. A jump of the machine's clock is an error. */
  get areJumpsDeliberate(): boolean {
    return this.isVirtual;
  }

  /** @param areJumpsDeliberate false for a source that replaces the machine's clock, for example in tests. */
  useTimeSource(source: TimeSource, areJumpsDeliberate = true): void {
    this.timeSource = source;
    this.isVirtual = areJumpsDeliberate;
  }
}
