/** The largest amount of one order, in fen: ten million yuan, far below what the columns and WeChat take. */
export const MAX_FEN = 1_000_000_000;

/** Fen as people read it, `¥1,234.05`: put together from the digits, never by arithmetic with fractions. */
export function formatYuan(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  const yuan = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${fen < 0 ? '-' : ''}¥${yuan}.${digits.slice(-2)}`;
}

/** An amount as WeChat writes it: digits alone, at least 1. Null for anything else. */
export function parseFen(text: string | undefined): number | null {
  if (text === undefined || !/^[1-9]\d{0,15}$/.test(text)) return null;
  const fen = Number(text);
  return Number.isSafeInteger(fen) ? fen : null;
}
