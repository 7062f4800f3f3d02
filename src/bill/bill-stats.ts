import { type EntityManager, In, LessThan, MoreThanOrEqual } from 'typeorm';
import { addDays, beijingDateOf, startOfBeijingDate } from '../common/time/beijing-days.js';
import { PaymentAttempt } from '../payment/attempt/payment-attempt.entity.js';
import { Bill, type BillStatus } from './bill.entity.js';
import { LOOK_BACK_DAYS } from './day/other-bills.js';

/** Milliseconds after midnight in Beijing: yesterday's bill should be balanced at noon. */
const NOON_MS = 12 * 3600_000;

/** What the bills of the last three months wait for. */
export interface BillStats {
  /** Days by status, without the balanced ones. */
  days: Record<Exclude<BillStatus, 'BALANCED'>, number>;
  openDifferences: number;
  /** The oldest day with open differences or an incomplete file; null without one. */
  firstDate: string | null;
  /** True from noon in Beijing while yesterday is not BALANCED, or has not been looked at. */
  isYesterdayOpen: boolean;
}

/** The cost depends on the days that are not balanced. */
export async function readBillStats(manager: EntityManager, now: Date): Promise<BillStats> {
  const today = beijingDateOf(now);
  const date = MoreThanOrEqual(addDays(today, -LOOK_BACK_DAYS));
  const open = await manager.find(Bill, {
    select: { id: true, date: true, status: true, openDifferences: true },
    where: { date, status: In(['WAITING', 'DIFFERENCES', 'INCOMPLETE'] satisfies BillStatus[]) },
    order: { date: 'ASC' },
  });
  const count = (status: BillStatus): number => open.filter((bill) => bill.status === status).length;
  return {
    days: { WAITING: count('WAITING'), DIFFERENCES: count('DIFFERENCES'), INCOMPLETE: count('INCOMPLETE') },
    openDifferences: open.reduce((sum, { openDifferences }) => sum + openDifferences, 0),
    firstDate: open.find(({ status }) => status !== 'WAITING')?.date ?? null,
    isYesterdayOpen: await isYesterdayOpen(manager, now, today),
  };
}

async function isYesterdayOpen(manager: EntityManager, now: Date, today: string): Promise<boolean> {
  const midnight = startOfBeijingDate(today);
  if (now.getTime() < midnight.getTime() + NOON_MS) return false;
  const yesterday = await manager.findOneBy(Bill, { date: addDays(today, -1) });
  if (yesterday) return yesterday.status !== 'BALANCED';
  // The job adds the days since the first payment. Without a payment there is nothing to compare.
  return manager.existsBy(PaymentAttempt, { createdAt: LessThan(midnight) });
}
