import { NO_PAYMENT, type RefusedNotice } from './refused-notice.entity.js';

/** Maximum number of counts per flush. Further notices are counted without their payment. */
export const MAX_BUFFERED = 200;

/** A count that has not been written yet. */
export type RefusedNoticeCount = Pick<
  RefusedNotice,
  'kind' | 'result' | 'outTradeNo' | 'notices' | 'firstAt' | 'lastAt' | 'raw'
>;

/** Counts rejected notices in memory, so that a flood of them does not load the database. Its size is limited. */
export class RefusedNoticeBuffer {
  private counts = new Map<string, RefusedNoticeCount>();

  add(refusal: RefusedNoticeCount): void {
    const key = countKeyOf(refusal);
    const known = this.counts.get(key);
    if (known) {
      this.counts.set(key, mergeCount(known, refusal));
      return;
    }
    // A number stated in a notice may be any text. Counts without a payment have one key per kind and reason.
    const isFull = this.counts.size >= MAX_BUFFERED && refusal.outTradeNo !== NO_PAYMENT;
    if (isFull) this.add({ ...refusal, outTradeNo: NO_PAYMENT });
    else this.counts.set(key, refusal);
  }

  /** Returns all counts and empties the buffer. */
  drain(): RefusedNoticeCount[] {
    const counts = [...this.counts.values()];
    this.counts = new Map();
    return counts;
  }
}

/** Merges the counts of the same payment, kind and reason. */
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
