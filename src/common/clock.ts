import { Injectable } from '@nestjs/common';

/** Anything that can tell the time. */
export interface TimeSource {
  now(): Date;
  /** Milliseconds of a clock that is never set; without it, the machine's. */
  steadyMs?(): number;
}

/**
 * The shop's only clock: nothing else reads the machine's time for a decision about money.
 * With the simulator in the same process it follows WeChat's virtual clock, and in tests a clock moved by hand,
 * so that "twenty minutes later" takes no time.
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

  /** Milliseconds since some moment, on a clock that nobody sets: only differences mean something. */
  steadyMs(): number {
    return this.timeSource.steadyMs?.() ?? performance.now();
  }

  /** What it follows. Readings of two sources cannot be compared. */
  get source(): TimeSource {
    return this.timeSource;
  }

  /** True for a clock that jumps on purpose, as the simulator's does. A jump of the machine's clock is a fault. */
  get areJumpsDeliberate(): boolean {
    return this.isVirtual;
  }

  /** @param areJumpsDeliberate false for a source that stands for the machine's own clock. */
  follow(source: TimeSource, areJumpsDeliberate = true): void {
    this.timeSource = source;
    this.isVirtual = areJumpsDeliberate;
  }
}
