/** The time of the run: the machine's time plus all jumps. The simulator and all instances jump at about the same time. */
export class SharedClock {
  #offsetMs = 0;
  /** @type {((seconds: number) => Promise<void> | void)[]} */
  #followers = [];

  get offsetMs() {
    return this.#offsetMs;
  }

  now() {
    return Date.now() + this.#offsetMs;
  }

  /** @param {(seconds: number) => Promise<void> | void} follow called after each jump */
  onAdvance(follow) {
    this.#followers.push(follow);
  }

  /** @param {number} seconds to advance */
  async advance(seconds) {
    this.#offsetMs += seconds * 1000;
    for (const follow of this.#followers) await follow(seconds);
  }
}
