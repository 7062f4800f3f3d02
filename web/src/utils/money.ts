/** Decimal digits of a yuan amount. Money is calculated in whole fen, never in fractions. */
const FEN_DIGITS = 2;
/** Above every amount that the API accepts, and far below Number.MAX_SAFE_INTEGER. */
const MAX_DIGITS = 12;

/** Formats fen as `¥1,234.05`. */
export function formatYuan(fen: number): string {
  return `${fen < 0 ? '-' : ''}¥${formatPlainYuan(Math.abs(fen)).replace(/\B(?=(\d{3})+(?!\d))/g, ',')}`;
}

/** Formats fen as `1234.05`, for inputs and spreadsheets. */
export function formatPlainYuan(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(FEN_DIGITS + 1, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -FEN_DIGITS)}.${digits.slice(-FEN_DIGITS)}`;
}

/**
 * Converts a typed amount of yuan to fen by its digits, without floating-point arithmetic. Null for an invalid amount. `12`,
 * `12.3`, `12.30`, `1,234.05`, `¥12` and full-width digits are valid; `12.345`, `-1` and `1e3` are not.
 */
export function parseYuan(typed: string): number | null {
  const text = typed
    .normalize('NFKC')
    .trim()
    .replace(/^[¥￥]\s*/, '')
    .replace(/\s*元$/, '');
  const match = /^(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d{0,2}))?$/.exec(text);
  if (!match) return null;
  const digits = (match[1] ?? '').replaceAll(',', '') + (match[2] ?? '').padEnd(FEN_DIGITS, '0');
  return digits.length > MAX_DIGITS ? null : Number.parseInt(digits, 10);
}

/** The fen of an amount that a form has accepted. @throws Error for any other text. */
export function fenOf(typed: string): number {
  const fen = parseYuan(typed);
  if (fen === null) throw new Error('The form validates the amount before it submits.');
  return fen;
}

/** Whether an amount in fen is accepted (null: no valid amount was typed). Enables the dialog's button. */
export function isAmountAllowed(fen: number | null, maxFen: number): boolean {
  return fen !== null && fen >= 1 && fen <= maxFen;
}

/** An order item as needed for a partial refund. `payableFen` is the price of the whole quantity. */
export interface PaidLine {
  payableFen: number;
  quantity: number;
}

/**
 * The price in fen of a quantity of an item, after the quantity `before` was refunded. The price is not always
 * divisible by the quantity. Unit n costs the rounded-down price of n units less that of n − 1, so that all units add
 * up to the whole price.
 */
export function partialPriceFen({ payableFen, quantity }: PaidLine, before: number, count: number): number {
  const upTo = (n: number): number => Math.floor((payableFen * Math.min(n, quantity)) / quantity);
  return upTo(before + count) - upTo(before);
}
