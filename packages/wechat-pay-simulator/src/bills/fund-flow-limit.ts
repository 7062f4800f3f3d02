import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../clock.js';
import { Behaviours } from '../state/behaviours.js';
import { RateWindow } from '../state/rate-window.js';
import { ResetRegistry } from '../state/reset-registry.js';

const SECOND_MS = 1000;

/** The rate limit of fund-flow bills, which both protocols share. */
@Injectable()
export class FundFlowLimit {
  private readonly window: RateWindow;

  constructor(
    private readonly behaviours: Behaviours,
    clock: SimulatorClock,
    resets: ResetRegistry,
  ) {
    this.window = new RateWindow(clock, SECOND_MS);
    resets.onReset(() => {
      this.window.clear();
    });
  }

  /** Counts one more request if the limit allows it. */
  tryAdd(): boolean {
    return this.window.tryAdd(this.behaviours.current.fundFlowsPerSecond);
  }
}
