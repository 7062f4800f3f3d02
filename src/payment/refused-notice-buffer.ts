import { NO_PAYMENT, type RefusedNotice } from './refused-notice.entity.js';

/** Payments, kinds and reasons that one flush writes. More of them are counted together. */
export const MAX_BUFFERED = 200;

/** A count that has not been written yet. */
export type RefusedNoticeCount = Pick<
  RefusedNotice,
  'kind' | 'result' | 'outTradeNo' | 'notices' | 'firstAt' | 'lastAt' | 'raw'
>;

/** Counts refused notices in memory, so that a flood of them costs the database nothing. Its size is bounded. */
export class RefusedNoticeBuffer {
  private counts = new Map<string, RefusedNoticeCount>();

  add(refusal: RefusedNoticeCount): void {
    const key = countKeyOf(refusal);
    const known = this.counts.get(key);
    if (known) {
      this.counts.set(key, mergeCount(known, refusal));
      return;
    }
    // What names a payment may be any text. What names none has no more keys than there are reasons.
    const isFull = this.counts.size >= MAX_BUFFERED && refusal.outTradeNo !== NO_PAYMENT;
    if (isFull) this.add({ ...refusal, outTradeNo: NO_PAYMENT });
    else this.counts.set(key, refusal);
  }

  /** Hands everything over and begins again. */
  take(): RefusedNoticeCount[] {
    const taken = [...this.counts.values()];
    this.counts = new Map();
    return taken;
  }
}

/** Adds up those of one payment, kind and reason. */
export function mergeCounts(refusals: readonly RefusedNoticeCount[]): RefusedNoticeCount[] {
  const counts = new Map<string, RefusedNoticeCount>();
  for (const refusal of refusals) {
    const known = counts.get(countKeyOf(refusal));
    counts.set(countKeyOf(refusal), known ? mergeCount(known, refusal) : refusal);
  }
  return [...counts.values()];
}

function countKeyOf({ kind, result, outTradeNo }: RefusedNoticeCount): string {
  return `${kind} ${result} ${outTradeNo}`;
}

function mergeCount(one: RefusedNoticeCount, other: RefusedNoticeCount): RefusedNoticeCount {
  const [first, last] = one.firstAt <= other.firstAt ? [one, other] : [other, one];
  const lastAt = one.lastAt >= other.lastAt ? one.lastAt : other.lastAt;
  return { ...first, notices: one.notices + other.notices, lastAt, raw: first.raw ?? last.raw };
}
