import { Injectable } from '@nestjs/common';
import { ResetRegistry } from '../state/reset-registry.js';
import { FaultEndpoint, Fault, FaultTarget } from './fault.js';

/** The faults that were planted and have not all happened yet. */
@Injectable()
export class FaultStore {
  private faults: Fault[] = [];
  private lastId = 0;

  constructor(resets: ResetRegistry) {
    resets.onReset(() => {
      this.clear();
    });
  }

  add(fault: Omit<Fault, 'id'>): Fault {
    const planted = { id: ++this.lastId, ...fault };
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
  consume(endpoint: FaultEndpoint, target: FaultTarget = {}): Fault | undefined {
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
