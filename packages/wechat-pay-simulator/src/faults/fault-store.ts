import { Injectable } from '@nestjs/common';
import { ResetRegistry } from '../state/reset-registry.js';
import { FaultEndpoint, Fault, FaultTarget } from './fault.js';

/** The injected faults that are still waiting. */
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
    const added = { id: ++this.lastId, ...fault };
    this.faults.push(added);
    return added;
  }

  all(): readonly Fault[] {
    return this.faults;
  }

  clear(): void {
    this.faults = [];
  }

  /**
   * Returns the oldest waiting fault for this endpoint and counts it down. A fault with an order or refund number waits
   * for that number.
   */
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
