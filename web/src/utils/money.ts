/** Fen in one yuan, as digits: money is never a fraction here. */
const FEN_DIGITS = 2;
/** Above every amount that the API takes, and far below where integers stop being exact. */
const MAX_DIGITS = 12;

/** `¥1,234.05`, of whole fen. */
export function formatYuan(fen: number): string {
  return `${fen < 0 ? '-' : ''}¥${formatPlainYuan(Math.abs(fen)).replace(/\B(?=(\d{3})+(?!\d))/g, ',')}`;
}

/** `1234.05`, of whole fen: what stands in an input or a spreadsheet. */
export function formatPlainYuan(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(FEN_DIGITS + 1, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -FEN_DIGITS)}.${digits.slice(-FEN_DIGITS)}`;
}

/**
 * The fen that somebody meant who typed an amount of yuan, or null when it is none: by its digits, never by arithmetic with
 * fractions. `12`, `12.3`, `12.30`, `1,234.05`, `¥12` and full-width digits are amounts; `12.345`, `-1` and `1e3` are not.
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
