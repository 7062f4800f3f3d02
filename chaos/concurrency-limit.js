import { setTimeout as pause } from 'node:timers/promises';

/** Limits the number of active users. A waiting scenario releases its slot. */
export class ConcurrencyLimit {
  #free;
  /** @type {(() => void)[]} */
  #waiting = [];

  /** @param {number} size */
  constructor(size) {
    this.#free = size;
  }

  /** @returns {Promise<void>} when a slot is free */
  acquire() {
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

  /**
   * @param {number} timeoutMs timeout in real time
   * @param {() => boolean} condition
   */
  async waitWithoutSlot(timeoutMs, condition) {
    this.release();
    const deadline = performance.now() + timeoutMs;
    while (!condition() && performance.now() < deadline) await pause(50);
    await this.acquire();
  }
}
