/** A yuan amount has two decimals in fen, and eight in millionths of a fen. */
export const FEN_DECIMALS = 2;
export const MICRO_FEN_DECIMALS = 8;

const MICRO_FEN_PER_FEN = 1_000_000;
const [MINUS, DOT, ZERO, NINE] = [0x2d, 0x2e, 0x30, 0x39];
/** Sums are moved to a bigint before a number becomes inexact. */
const MAX_LOW = 2 ** 52;

/**
 * Reads a decimal text, such as `-0.09000`, as a whole number of its smallest unit, digit by digit and without floating-point
 * arithmetic: `12.88` with two decimals is 1288.
 * @returns null for anything else: an empty text, an exponent, a digit below the smallest unit, or a number too large.
 */
export function parseDecimal(text: string, decimals: number): number | null {
  if (text === '0.00') return 0;
  const isNegative = text.charCodeAt(0) === MINUS;
  let value = 0;
  let digits = 0;
  /** -1 before the decimal point. */
  let fraction = -1;
  for (let at = isNegative ? 1 : 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === DOT && fraction === -1 && digits > 0) {
      fraction = 0;
      continue;
    }
    if (code < ZERO || code > NINE) return null;
    digits++;
    if (fraction === decimals) {
      if (code !== ZERO) return null;
      continue;
    }
    value = value * 10 + (code - ZERO);
    if (fraction !== -1) fraction++;
    if (value > Number.MAX_SAFE_INTEGER) return null;
  }
  if (digits === 0 || text.charCodeAt(text.length - 1) === DOT) return null;
  for (let missing = Math.max(fraction, 0); missing < decimals; missing++) value *= 10;
  if (value > Number.MAX_SAFE_INTEGER) return null;
  return isNegative && value !== 0 ? -value : value;
}

/** Same for a sum, which may be too large for a number. */
export function parseExactDecimal(text: string, decimals: number): bigint | null {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d{1,30})(?:\.(\d{1,30}))?$/.exec(text) ?? [];
  if (whole === '' || /[^0]/.test(fraction.slice(decimals))) return null;
  return BigInt(`${sign}${whole}${fraction.slice(0, decimals).padEnd(decimals, '0')}`);
}

/** Rounds to fen, half away from zero. */
export function microFenToFen(microFen: number): number {
  const half = MICRO_FEN_PER_FEN / 2;
  const size = Math.abs(microFen);
  const rest = size % MICRO_FEN_PER_FEN;
  const fen = (size - rest) / MICRO_FEN_PER_FEN + (rest >= half ? 1 : 0);
  return microFen < 0 && fen !== 0 ? -fen : fen;
}

/** Same for a sum. */
export function microFenSumToFen(microFen: bigint): number {
  const perFen = BigInt(MICRO_FEN_PER_FEN);
  const size = microFen < 0n ? -microFen : microFen;
  const fen = Number((size + perFen / 2n) / perFen);
  return microFen < 0n && fen !== 0 ? -fen : fen;
}

/** Adds whole numbers without ever losing a digit. */
export class ExactSum {
  private low = 0;
  private high = 0n;

  /** @param value a safe integer. */
  add(value: number): void {
    if (value > MAX_LOW || value < -MAX_LOW) {
      this.high += BigInt(value);
      return;
    }
    this.low += value;
    if (this.low > MAX_LOW || this.low < -MAX_LOW) {
      this.high += BigInt(this.low);
      this.low = 0;
    }
  }

  get value(): bigint {
    return this.high + BigInt(this.low);
  }
}
