import { Between, type EntityManager } from 'typeorm';
import { addDays, beijingDateOf, daysBetween } from '../../common/time/beijing-days.js';
import { Bill, type BillStatus } from '../bill.entity.js';
import type { OurEntry } from '../entries/our-entry.js';

/** An entry this close to midnight may be on the bill of the neighbouring day. */
const MIDNIGHT_WINDOW_MS = 3600_000;
/** How far back entries are searched. WeChat keeps bills for three months. */
export const LOOK_BACK_DAYS = 92;

const RECONCILED: readonly BillStatus[] = ['BALANCED', 'DIFFERENCES'];

export function isReconciled({ status }: Pick<Bill, 'status'>): boolean {
  return RECONCILED.includes(status);
}

/** True once the trade bill of a day was compared, also if a later download or its fund-flow bill is incomplete. */
export function isTradeCompared({ reconciledAt }: Pick<Bill, 'reconciledAt'>): boolean {
  return reconciledAt !== null;
}

/** False when WeChat has no statement for a day on which we have payments or refunds: its sums and fees are not known. */
export function hasCompleteEntries(bill: Bill): boolean {
  return isReconciled(bill) && !(bill.tradeState === 'NONE' && bill.ourPaymentCount + bill.ourRefundCount > 0);
}

/** The bills around one day, on which its entries may be instead. */
export class OtherBills {
  private readonly byDate: ReadonlyMap<string, Bill>;
  private readonly firstDate: string;

  constructor(
    private readonly date: string,
    bills: readonly Bill[],
  ) {
    this.byDate = new Map(bills.map((bill) => [bill.date, bill]));
    this.firstDate = bills.map((bill) => bill.date).sort()[0] ?? date;
  }

  static async load(manager: EntityManager, date: string): Promise<OtherBills> {
    const near = Between(addDays(date, -LOOK_BACK_DAYS), addDays(date, 1));
    return new OtherBills(date, await manager.findBy(Bill, { date: near }));
  }

  /** The current trade files of the other days that are reconciled. */
  get fileIds(): number[] {
    return [...this.byDate.values()]
      .filter((bill) => bill.date !== this.date && isTradeCompared(bill))
      .flatMap(({ tradeFileId }) => tradeFileId ?? []);
  }

  /**
   * Whether our entry may be on the bill of another day that is not reconciled yet. WeChat may count a payment near midnight
   * on either day, and may have accepted a refund long before we learned of it.
   */
  isAwaitedFor({ atMs, sinceMs }: Pick<OurEntry, 'atMs' | 'sinceMs'>): boolean {
    if (atMs === null) return false;
    const from = Math.min(atMs, sinceMs) - MIDNIGHT_WINDOW_MS;
    const earliest = addDays(this.date, -LOOK_BACK_DAYS);
    const first = beijingDateOf(new Date(from));
    const last = beijingDateOf(new Date(atMs + MIDNIGHT_WINDOW_MS));
    return daysBetween(first < earliest ? earliest : first, last).some((day) => this.isAwaited(day));
  }

  /** Whether the bill of the entry's own day is another one that is not reconciled yet. */
  isOwnBillAwaited({ atMs }: Pick<OurEntry, 'atMs'>): boolean {
    return atMs !== null && this.isAwaited(beijingDateOf(new Date(atMs)));
  }

  private isAwaited(day: string): boolean {
    if (day === this.date || day < this.firstDate) return false;
    const bill = this.byDate.get(day);
    return bill === undefined || !isFinal(bill);
  }
}

/** False while a bill may still come: WeChat says that it has none, and is asked again. */
function isFinal(bill: Bill): boolean {
  if (!isTradeCompared(bill)) return false;
  return bill.tradeFileId !== null || (hasCompleteEntries(bill) && bill.nextCheckAt === null);
}
