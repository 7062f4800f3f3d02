import { setTimeout as pause } from 'node:timers/promises';
import { CheckoutError, type CheckoutEvent, type WxCheckout } from '@wx-checkout/client';
import { ReceivedEvents } from './received-events.ts';

const POLL_MS = 400;
const PAGE_SIZE = 100;

/** A system of the merchant that has no address and polls the events during the whole run. */
export class EventPoller {
  readonly received = new ReceivedEvents();
  /** Pages with events. */
  pages = 0;
  #cursor: string | undefined;
  #isOver = false;
  #running: Promise<void> = Promise.resolve();
  readonly #checkout: WxCheckout;

  constructor(checkout: WxCheckout) {
    this.#checkout = checkout;
  }

  start(): void {
    const poll = async (): Promise<void> => {
      while (!this.#isOver) {
        await this.#readToEnd();
        await pause(POLL_MS);
      }
    };
    this.#running = poll();
  }

  /** Reads the rest and stops. */
  async finish(): Promise<void> {
    this.#isOver = true;
    await this.#running;
    await this.#readToEnd();
  }

  /** A page is processed before its cursor is kept, and a failed call is repeated with the same cursor. */
  async #readToEnd(): Promise<void> {
    for (let hasMore = true; hasMore;) {
      const page = await this.#readPage();
      if (page === null) return;
      for (const event of page.items) this.received.add(event as CheckoutEvent);
      if (page.items.length > 0) this.pages++;
      this.#cursor = page.nextCursor ?? undefined;
      hasMore = page.hasMore;
    }
  }

  async #readPage() {
    try {
      const after = this.#cursor;
      return await this.#checkout.listEvents({ limit: PAGE_SIZE, ...(after !== undefined && { after }) });
    } catch (error) {
      if (error instanceof CheckoutError && error.isRetryable) return null;
      throw error;
    }
  }
}
