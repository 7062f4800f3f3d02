import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../clock.js';

/** Everything that remembers something says here how it forgets, so that a reset misses nothing. */
@Injectable()
export class ResetRegistry {
  private readonly actions: (() => void)[] = [];

  /** Work that waits for its time would wake up in a world where its order is gone. */
  constructor(private readonly clock: SimulatorClock) {}

  onReset(forget: () => void): void {
    this.actions.push(forget);
  }

  resetAll(): void {
    this.clock.cancelAll();
    for (const forget of this.actions) forget();
  }
}
