import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../clock.js';

/** Each store registers here how to clear itself, so that a reset misses nothing. */
@Injectable()
export class ResetRegistry {
  private readonly actions: (() => void)[] = [];

  /** Scheduled tasks are cancelled too, because their orders no longer exist after a reset. */
  constructor(private readonly clock: SimulatorClock) {}

  onReset(forget: () => void): void {
    this.actions.push(forget);
  }

  resetAll(): void {
    this.clock.cancelAll();
    for (const forget of this.actions) forget();
  }
}
