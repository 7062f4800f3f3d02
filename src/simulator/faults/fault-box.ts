import { Injectable } from '@nestjs/common';
import { Resets } from '../state/resets.js';
import { Endpoint, Fault, FaultTarget } from './fault.js';

/** The faults that were planted and have not all happened yet. */
@Injectable()
export class FaultBox {
  private faults: Fault[] = [];
  private taken = 0;

  constructor(resets: Resets) {
    resets.onReset(() => {
      this.clear();
    });
  }

  plant(fault: Omit<Fault, 'id'>): Fault {
    const planted = { id: ++this.taken, ...fault };
    this.faults.push(planted);
    return planted;
  }

  all(): readonly Fault[] {
    return this.faults;
  }

  clear(): void {
    this.faults = [];
  }

  /** Uses up the oldest fault that waits for this; one for a certain order or refund waits for that one. */
  take(endpoint: Endpoint, target: FaultTarget = {}): Fault | undefined {
    const fault = this.faults.find(
      (waiting) =>
        waiting.endpoint === endpoint &&
        (waiting.out_trade_no === undefined || waiting.out_trade_no === target.out_trade_no) &&
        (waiting.out_refund_no === undefined || waiting.out_refund_no === target.out_refund_no),
    );
    if (fault === undefined) return undefined;
    if (fault.timesLeft > 0) fault.timesLeft -= 1;
    if (fault.timesLeft === 0) this.faults = this.faults.filter((waiting) => waiting !== fault);
    return fault;
  }
}
