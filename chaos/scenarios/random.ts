/**
 * A seeded random generator (mulberry32) for all random choices. Each scenario has its own stream, so that the actions of one
 * user do not depend on the timing of another.
 */
export class Random {
  #state;

  /** @param name name of the stream; another name gives another stream for the same seed */
  constructor(seed: number, name = '') {
    this.#state = seed | 0;
    for (const character of name) this.#state = Math.imul(this.#state ^ character.charCodeAt(0), 0x01000193);
    for (let warm = 0; warm < 4; warm++) this.next();
  }

  /** @returns from 0, below 1 */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  chance(probability: number) {
    return this.next() < probability;
  }

  /** @param most included */
  int(least: number, most: number) {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  pick<T>(list: readonly T[]): T {
    return list[this.int(0, list.length - 1)] as T;
  }

  weighted<T extends string>(weights: Readonly<Record<T, number>>): T {
    const entries = Object.entries(weights) as [T, number][];
    let left = this.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [value, weight] of entries) {
      left -= weight;
      if (left < 0) return value;
    }
    const [last] = entries.at(-1) ?? [];
    if (last === undefined) throw new Error('There is nothing to choose from.');
    return last;
  }
}
