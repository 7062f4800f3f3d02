import { Injectable } from '@nestjs/common';

/** Anything that can tell the time. */
export interface TimeSource {
  now(): Date;
}

/**
 * The shop's only clock: nothing else reads the machine's time for a decision about money.
 * With the simulator in the same process it follows WeChat's virtual clock, and in tests a clock moved by hand,
 * so that "twenty minutes later" takes no time.
 */
@Injectable()
export class Clock implements TimeSource {
  private source: TimeSource = { now: () => new Date() };

  now(): Date {
    return this.source.now();
  }

  /** The instant `seconds` from now. */
  in(seconds: number): Date {
    return new Date(this.now().getTime() + seconds * 1000);
  }

  follow(source: TimeSource): void {
    this.source = source;
  }
}
