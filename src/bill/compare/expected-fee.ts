import type { TradeEntry } from '../../wechat/pay/bills/bill-entries.js';

/** Fen by which a fee may differ from its rate: WeChat rounds it to fen. */
const ROUNDING_FEN = 1n;

/**
 * The fee that follows from the rate, in fen, rounded half away from zero; null when the fee fits, or when there is no rate to
 * check it by. A refund gives back the fee of what was settled or of what was requested, whichever the bill uses.
 */
export function expectedFeeFen({
  type,
  feeRate,
  feeFen,
  settledFen,
  amountFen,
}: Pick<TradeEntry, 'type' | 'feeRate' | 'feeFen' | 'settledFen' | 'amountFen'>): number | null {
  const rate = parseRate(feeRate);
  if (rate === null || type === 'REVOKED') return null; // no rule is known for the fee of a reversed payment
  const sign = type === 'PAYMENT' ? 1n : -1n;
  const bases = type === 'PAYMENT' ? [settledFen] : [settledFen, amountFen];
  const fits = bases.some((base) => {
    const exact = sign * BigInt(base) * rate.numerator;
    const deviation = BigInt(feeFen) * rate.denominator - exact;
    return (deviation < 0n ? -deviation : deviation) < ROUNDING_FEN * rate.denominator;
  });
  if (fits) return null;
  const product = BigInt(settledFen) * rate.numerator;
  const rounded = (2n * product + rate.denominator) / (2n * rate.denominator);
  return Number(sign * rounded);
}

/** `0.60%` as a fraction; null for a text that is no rate. */
function parseRate(text: string | null): { numerator: bigint; denominator: bigint } | null {
  const [, whole, decimals = ''] = /^(\d{1,3})(?:\.(\d{1,6}))?%$/.exec(text?.trim() ?? '') ?? [];
  if (whole === undefined) return null;
  return { numerator: BigInt(whole + decimals), denominator: 100n * 10n ** BigInt(decimals.length) };
}
