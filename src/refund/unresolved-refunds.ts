import { type EntityManager, In, MoreThanOrEqual } from 'typeorm';
import { Refund } from './refund.entity.js';

/** Days for which a failed refund is shown to staff. */
const LOOK_BACK_DAYS = 30;
/** Newest failed refunds that are read. More of them have a common cause and need not be listed. */
const MAX_FAILED = 1000;

type FailedRefund = Pick<Refund, 'id' | 'refundNo' | 'orderNo' | 'amountFen'>;

/** States in which a later refund replaces a failed one. */
const REPLACING_STATES = ['REQUESTED', 'PROCESSING', 'ABNORMAL', 'SUCCEEDED'] as const;

/**
 * Refunds that failed within the last 30 days and that no later refunds of their order cover: the buyer has not received
 * the promised money. Another refund of the order resolves them.
 */
export async function findUnresolvedRefunds(manager: EntityManager, now: Date): Promise<FailedRefund[]> {
  const completedAt = MoreThanOrEqual(new Date(now.getTime() - LOOK_BACK_DAYS * 86_400_000));
  const select = { id: true, refundNo: true, orderNo: true, amountFen: true } as const;
  const where = { status: 'FAILED', completedAt } as const;
  const failed = await manager.find(Refund, { select, where, order: { id: 'DESC' }, take: MAX_FAILED });
  if (failed.length === 0) return [];
  const orderNo = In([...new Set(failed.map((refund) => refund.orderNo))]);
  const later = await manager.find(Refund, { select, where: { orderNo, status: In(REPLACING_STATES) } });
  return filterUnresolved(failed, later);
}

/** Each later refund of an order covers failed refunds before it up to its amount, the newest failed refund first. */
export function filterUnresolved(failed: readonly FailedRefund[], later: readonly FailedRefund[]): FailedRefund[] {
  const left = new Map(later.map(({ id, amountFen }) => [id, amountFen]));
  return failed
    .toSorted((one, other) => other.id - one.id)
    .filter((refund) => {
      let missingFen = refund.amountFen;
      for (const { id, orderNo } of later) {
        if (orderNo !== refund.orderNo || id < refund.id) continue;
        const takenFen = Math.min(missingFen, left.get(id) ?? 0);
        left.set(id, (left.get(id) ?? 0) - takenFen);
        missingFen -= takenFen;
      }
      return missingFen > 0;
    });
}
