const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * The source of all random choices of the simulator. The same seed and the same calls give the same identifiers and
 * message shapes. Not for secrets.
 */
export class SeededRandom {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** Restarts the sequence. */
  reseed(seed: number): void {
    this.state = seed >>> 0;
  }

  /** A fraction in [0, 1), by mulberry32. */
  fraction(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  }

  /** An integer in [0, below). */
  integerBelow(below: number): number {
    return Math.floor(this.fraction() * below);
  }

  /** True once in `times` on average. */
  oneIn(times: number): boolean {
    return this.integerBelow(times) === 0;
  }

  digits(length: number): string {
    return this.characters('0123456789', length);
  }

  hex(length: number): string {
    return this.characters('0123456789abcdef', length);
  }

  alphanumeric(length: number): string {
    return this.characters(ALPHANUMERIC, length);
  }

  private characters(alphabet: string, length: number): string {
    return Array.from({ length }, () => alphabet.charAt(this.integerBelow(alphabet.length))).join('');
  }
}
