/** Half up to whole fen. @param basisPoints hundredths of a percent: 60 is 0.60 % */
export function feeOf(settledFen: number, basisPoints: number): number {
  return Math.floor((settledFen * basisPoints + 5000) / 10_000);
}

/** As in a bill: `0.60%`. */
export function rateText(basisPoints: number): string {
  return `${Math.floor(basisPoints / 100)}.${String(basisPoints % 100).padStart(2, '0')}%`;
}

/** Yuan with two decimals, `-` for a negative amount: 1288 is `12.88`. */
export function yuan(fen: number): string {
  const size = Math.abs(fen);
  return `${fen < 0 ? '-' : ''}${Math.floor(size / 100)}.${String(size % 100).padStart(2, '0')}`;
}
