import { Injectable } from '@nestjs/common';
import { type EntityManager, In, Like, MoreThan } from 'typeorm';
import { BYTE_ORDER_MARK, csvLine } from '../../common/csv.js';
import { addDays, beijingDateOf, daysBetween } from '../../common/time/beijing-days.js';
import { Clock } from '../../common/time/clock.js';
import { StaffReadService } from '../../database/staff-read/staff-read.service.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Order } from '../../order/order.entity.js';
import { PaymentAttempt } from '../../payment/attempt/payment-attempt.entity.js';
import { Bill } from '../bill.entity.js';
import { hasCompleteEntries, isReconciled } from '../day/other-bills.js';
import { BillEntry, type BillEntryType } from '../entries/bill-entry.entity.js';
import { EXPORT_HEAD, type ExportedOrder, exportLine, type IncompleteDay, incompleteLine } from './export-line.js';

/** Entries of one read. */
const PAGE_SIZE = 500;

/** A month for accounting. */
export interface MonthExport {
  /** Days without a complete bill, and why. Empty for a complete month. */
  incompleteDays: readonly IncompleteDay[];
  /** The CSV file in pieces. Fails when a day was reconciled again meanwhile, so that its lines would not be complete. */
  lines: AsyncGenerator<string>;
}

/** Writes one line for each payment and refund of WeChat's bills of a month, with bounded memory. */
@Injectable()
export class MonthExportService {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly reads: StaffReadService,
  ) {}

  /** @param month `yyyy-MM`. */
  async open(month: string): Promise<MonthExport> {
    const bills = await this.reads.run(() =>
      this.unitOfWork.read((manager) =>
        manager.find(Bill, { where: { date: Like(`${month}-%`) }, order: { date: 'ASC' } }),
      ),
    );
    const incompleteDays = findIncompleteDays(month, bills, beijingDateOf(this.clock.now()));
    return { incompleteDays, lines: this.writeLines(bills, incompleteDays) };
  }

  private async *writeLines(bills: readonly Bill[], incompleteDays: readonly IncompleteDay[]): AsyncGenerator<string> {
    yield BYTE_ORDER_MARK + csvLine(EXPORT_HEAD) + incompleteDays.map((day) => csvLine(incompleteLine(day))).join('');
    for (const bill of bills) {
      if (bill.tradeFileId === null) continue;
      for await (const page of this.readPages(bill.date, bill.tradeFileId)) yield page;
    }
  }

  private async *readPages(date: string, fileId: number): AsyncGenerator<string> {
    let last: Pick<BillEntry, 'type' | 'number'> | null = null;
    for (;;) {
      const after: typeof last = last;
      const { entries, orders, isCurrent } = await this.reads.run(() =>
        this.unitOfWork.read(async (manager) => {
          const entries = await readPage(manager, fileId, after);
          return {
            entries,
            orders: await findOrders(manager, entries),
            isCurrent: await hasFile(manager, date, fileId),
          };
        }),
      );
      if (!isCurrent) throw new Error(`The bill of ${date} was replaced during the export.`);
      yield entries.map((entry) => csvLine(exportLine(date, entry, orders.get(entry.outTradeNo)))).join('');
      last = entries.at(-1) ?? null;
      if (entries.length < PAGE_SIZE) return;
    }
  }
}

/** In the order of the primary key. */
async function readPage(
  manager: EntityManager,
  fileId: number,
  after: Pick<BillEntry, 'type' | 'number'> | null,
): Promise<BillEntry[]> {
  const order = { type: 'ASC', number: 'ASC' } as const;
  if (after === null) return manager.find(BillEntry, { where: { fileId }, order, take: PAGE_SIZE });
  const rest = { fileId, type: after.type, number: MoreThan(after.number) };
  const page = await manager.find(BillEntry, { where: rest, order, take: PAGE_SIZE });
  if (page.length === PAGE_SIZE) return page;
  const later = { fileId, type: MoreThan<BillEntryType>(after.type) };
  return [...page, ...(await manager.find(BillEntry, { where: later, order, take: PAGE_SIZE - page.length }))];
}

/** The orders of the entries, by `outTradeNo`. Entries of other systems have none. */
async function findOrders(
  manager: EntityManager,
  entries: readonly BillEntry[],
): Promise<ReadonlyMap<string, ExportedOrder>> {
  const outTradeNo = In([...new Set(entries.map((entry) => entry.outTradeNo))]);
  const attempts = await manager.find(PaymentAttempt, {
    select: { id: true, outTradeNo: true, orderNo: true },
    where: { outTradeNo },
  });
  const orders = await manager.find(Order, {
    select: { id: true, orderNo: true, merchantOrderNo: true },
    where: { orderNo: In([...new Set(attempts.map(({ orderNo }) => orderNo))]) },
  });
  const byNumber = new Map(orders.map((order) => [order.orderNo, order.merchantOrderNo]));
  return new Map(
    attempts.map((attempt) => [
      attempt.outTradeNo,
      { orderNo: attempt.orderNo, merchantOrderNo: byNumber.get(attempt.orderNo) ?? null },
    ]),
  );
}

/** A file that is no longer current is deleted some time later. */
function hasFile(manager: EntityManager, date: string, tradeFileId: number): Promise<boolean> {
  return manager.existsBy(Bill, { date, tradeFileId });
}

/** Every day of the month must have a reconciled bill. */
function findIncompleteDays(month: string, bills: readonly Bill[], today: string): IncompleteDay[] {
  const first = `${month}-01`;
  const nextMonth = addDays(first, 31).slice(0, 7);
  const days = daysBetween(first, addDays(`${nextMonth}-01`, -1));
  const byDate = new Map(bills.map((bill) => [bill.date, bill]));
  return days.flatMap((date): IncompleteDay[] => {
    if (date >= today) return [{ date, reason: 'NOT_OVER' }];
    const bill = byDate.get(date);
    if (bill === undefined) return [{ date, reason: 'NO_BILL' }];
    if (hasCompleteEntries(bill)) return [];
    if (isReconciled(bill)) return [{ date, reason: 'NO_STATEMENT' }];
    return [{ date, reason: bill.status === 'INCOMPLETE' ? 'INCOMPLETE' : 'WAITING' }];
  });
}
