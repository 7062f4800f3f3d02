import { type EntityManager, In, MoreThanOrEqual } from 'typeorm';
import { Refund } from './refund.entity.js';

/** Days for which a failed refund waits for a person. */
const LOOK_BACK_DAYS = 30;
/** Failed refunds that are looked at, the newest. A shop with more has one cause to remove, not a thousand cases. */
const MAX_FAILED = 1000;

type FailedRefund = Pick<Refund, 'id' | 'refundNo' | 'orderNo' | 'amountFen'>;

/** States in which a refund takes the place of one that failed before it. */
const REPLACING_STATES = ['REQUESTED', 'PROCESSING', 'ABNORMAL', 'SUCCEEDED'] as const;

/**
 * Refunds that WeChat refused for good within the last 30 days, while no later refunds of their order cover them: the
 * buyer was promised money and has not got it. It ends with another refund of the order, or after 30 days.
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

/** Each later refund of an order covers as much of what failed before it comes to, the newest first. */
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
