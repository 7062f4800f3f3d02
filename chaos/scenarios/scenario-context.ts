import { setTimeout as pause } from 'node:timers/promises';
import type { BuyerActor } from '../clients/buyer-actor.ts';
import type { MerchantSystem } from '../clients/merchant-system.ts';
import type { ScenarioServices } from '../clients/scenario-services.ts';
import type { StaffActor } from '../clients/staff-actor.ts';
import type { SharedClock } from '../environment/fleet.ts';

/** The shared state of all scenarios. */
export interface ScenarioContext {
  clients: ScenarioServices;
  time: SharedClock;
  concurrency: ConcurrencyLimit;
  staff: StaffActor[];
  /** Sells a part of the orders by its API key. */
  merchant: MerchantSystem;
  products: { productId: string; weight: number; isScarce: boolean }[];
  buyers: BuyerActor[];
  couponId: string;
  seed: number;
  /** The number of events, by name. */
  tally: Record<string, number>;
}

export function countEvent({ tally }: ScenarioContext, what: string): void {
  tally[what] = (tally[what] ?? 0) + 1;
}

/** Limits the number of active users. A waiting scenario releases its slot. */
export class ConcurrencyLimit {
  #free;

  #waiting: (() => void)[] = [];

  constructor(size: number) {
    this.#free = size;
  }

  /** @returns when a slot is free */
  acquire(): Promise<void> {
    if (this.#free > 0) {
      this.#free--;
      return Promise.resolve();
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  release() {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free++;
  }

  /** @param timeoutMs timeout in real time */
  async waitWithoutSlot(timeoutMs: number, condition: () => boolean) {
    this.release();
    const deadline = performance.now() + timeoutMs;
    while (!condition() && performance.now() < deadline) await pause(50);
    await this.acquire();
  }
}
