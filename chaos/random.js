/**
 * A seeded random generator (mulberry32) for all random choices. Each scenario has its own stream, so that the actions of one
 * user do not depend on the timing of another.
 */
export class Random {
  #state;

  /**
   * @param {number} seed
   * @param {string} [name] name of the stream; another name gives another stream for the same seed
   */
  constructor(seed, name = '') {
    this.#state = seed | 0;
    for (const character of name) this.#state = Math.imul(this.#state ^ character.charCodeAt(0), 0x01000193);
    for (let warm = 0; warm < 4; warm++) this.next();
  }

  /** @returns {number} from 0, below 1 */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** @param {number} probability */
  chance(probability) {
    return this.next() < probability;
  }

  /**
   * @param {number} least
   * @param {number} most included
   */
  int(least, most) {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  /**
   * @template T
   * @param {readonly T[]} list
   * @returns {T}
   */
  pick(list) {
    return /** @type {T} */ (list[this.int(0, list.length - 1)]);
  }

  /**
   * @template {string} T
   * @param {Readonly<Record<T, number>>} weights
   * @returns {T}
   */
  weighted(weights) {
    const entries = /** @type {[T, number][]} */ (Object.entries(weights));
    let left = this.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [value, weight] of entries) {
      left -= weight;
      if (left < 0) return value;
    }
    return /** @type {[T, number]} */ (entries.at(-1))[0];
  }
}
