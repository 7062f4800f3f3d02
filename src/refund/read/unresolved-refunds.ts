import { type EntityManager, In, MoreThanOrEqual } from 'typeorm';
import { Refund } from '../refund.entity.js';

/** Days for which a failed refund is shown to staff. */
const LOOK_BACK_DAYS = 30;
/** Newest failed refunds that are read. More of them have a common cause and need not be listed. */
const MAX_FAILED = 1000;

const COLUMNS = {
  id: true,
  refundNo: true,
  outTradeNo: true,
  amountFen: true,
  requestedAt: true,
  completedAt: true,
} as const;
type ComparedRefund = Pick<Refund, keyof typeof COLUMNS>;

/** States in which a later refund replaces a failed one. */
const REPLACING_STATUSES = ['REQUESTED', 'PROCESSING', 'ABNORMAL', 'SUCCEEDED'] as const;

/**
 * Refunds that failed within the last 30 days and that no later refunds of their payment cover: the buyer has not received
 * the promised money. Another refund of the payment, requested after the failure, resolves them.
 */
export async function findUnresolvedRefunds(manager: EntityManager, now: Date): Promise<ComparedRefund[]> {
  const completedAt = MoreThanOrEqual(new Date(now.getTime() - LOOK_BACK_DAYS * 86_400_000));
  const where = { status: 'FAILED', completedAt } as const;
  const failed = await manager.find(Refund, { select: COLUMNS, where, order: { id: 'DESC' }, take: MAX_FAILED });
  if (failed.length === 0) return [];
  const outTradeNo = In([...new Set(failed.map((refund) => refund.outTradeNo))]);
  const others = await manager.find(Refund, { select: COLUMNS, where: { outTradeNo, status: In(REPLACING_STATUSES) } });
  return filterUnresolved(failed, others);
}

/**
 * Each refund covers refunds of its payment that had failed when it was requested, up to its amount, the newest failure
 * first. A refund that was requested before the failure is for something else.
 * @param others the refunds that have not failed.
 */
export function filterUnresolved(
  failed: readonly ComparedRefund[],
  others: readonly ComparedRefund[],
): ComparedRefund[] {
  const left = new Map(others.map(({ id, amountFen }) => [id, amountFen]));
  return failed
    .toSorted((one, other) => failedAt(other) - failedAt(one))
    .filter((refund) => {
      let missingFen = refund.amountFen;
      for (const { id, outTradeNo, requestedAt } of others) {
        if (outTradeNo !== refund.outTradeNo || requestedAt.getTime() < failedAt(refund)) continue;
        const takenFen = Math.min(missingFen, left.get(id) ?? 0);
        left.set(id, (left.get(id) ?? 0) - takenFen);
        missingFen -= takenFen;
      }
      return missingFen > 0;
    });
}

/** A failed refund always has `completedAt`. */
function failedAt({ completedAt, requestedAt }: ComparedRefund): number {
  return (completedAt ?? requestedAt).getTime();
}
