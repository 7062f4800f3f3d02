/** The largest amount of one order, in fen: ten million yuan, far below the limits of the columns and of WeChat. */
export const MAX_FEN = 1_000_000_000;

/** Formats fen for people as `¥1,234.05`, by digits and without floating-point arithmetic. */
export function formatYuan(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  const yuan = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${fen < 0 ? '-' : ''}¥${yuan}.${digits.slice(-2)}`;
}

/** Parses an amount in WeChat's format: digits only, at least 1. Null for anything else. */
export function parseFen(text: string | undefined): number | null {
  if (text === undefined || !/^[1-9]\d{0,15}$/.test(text)) return null;
  const fen = Number(text);
  return Number.isSafeInteger(fen) ? fen : null;
}
