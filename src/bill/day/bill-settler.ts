import { Injectable } from '@nestjs/common';
import { type EntityManager, MoreThan } from 'typeorm';
import { addDays } from '../../common/time/beijing-days.js';
import { Clock } from '../../common/time/clock.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Bill } from '../bill.entity.js';
import { findOnOtherBills } from '../compare/entry-comparison.js';
import { checkFundFlow } from '../compare/fund-flow.js';
import { missingThere } from '../compare/found-difference.js';
import { BillDifference } from '../difference/bill-difference.entity.js';
import { findOurEntries, signOf } from '../entries/our-entry.js';
import type { BillLease } from './bill-lease.js';
import { movementsOf } from './fund-step.js';
import { isTradeCompared, OtherBills } from './other-bills.js';

const BATCH_SIZE = 200;

/** What is decided again when another bill arrives. */
const SETTLED = [
  { kind: 'MISSING_THERE', status: 'WAITING' },
  { kind: 'MISSING_THERE', status: 'OPEN' },
  { kind: 'AMOUNT', status: 'WAITING' }, // an entry of another day, see `listedTwice`
] as const;
type Settled = (typeof SETTLED)[number] & { entryType: 'PAYMENT' | 'REFUND' };

/** Our record of an entry, and whether another bill lists it. */
type Placed = Awaited<ReturnType<typeof findOnOtherBills>>[number];

/** Decides the entries of a day that wait for the bill of another day, or seemed to be missing, once that bill is there. */
@Injectable()
export class BillSettler {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** May be repeated. What waits for another bill keeps waiting. @throws LeaseLostError. */
  async settle(bill: Bill, lease: BillLease): Promise<void> {
    const otherBills = await this.unitOfWork.read((manager) => OtherBills.load(manager, bill.date));
    for (const entryType of ['PAYMENT', 'REFUND'] as const)
      for (const settled of SETTLED) await this.settleAll(bill, { ...settled, entryType }, otherBills, lease);
    await this.settleFundFlow(bill, lease);
  }

  private async settleAll(bill: Bill, settled: Settled, otherBills: OtherBills, lease: BillLease): Promise<void> {
    for (let after = 0; ;) {
      const where = { billId: bill.id, ...settled, id: MoreThan(after) };
      const rows = await this.unitOfWork.read((manager) =>
        manager.find(BillDifference, { where, order: { id: 'ASC' }, take: BATCH_SIZE }),
      );
      if (rows.length > 0) await this.settleBatch(bill, settled, rows, otherBills, lease);
      after = rows.at(-1)?.id ?? after;
      if (rows.length < BATCH_SIZE) return;
    }
  }

  private async settleBatch(
    bill: Bill,
    settled: Settled,
    rows: readonly BillDifference[],
    otherBills: OtherBills,
    lease: BillLease,
  ): Promise<void> {
    const numbers = rows.map(({ number }) => number);
    const entries = await this.unitOfWork.read((manager) => findOurEntries(manager, settled.entryType, numbers));
    const placed = await findOnOtherBills(this.unitOfWork, otherBills, entries);
    await lease.run(async (tx) => {
      for (const one of placed) {
        const otherDaysFen =
          settled.kind === 'AMOUNT'
            ? await this.settleListed(tx, bill, settled, one, otherBills)
            : await this.settleMissing(tx, bill, settled, one);
        if (otherDaysFen !== 0) await tx.increment(Bill, { id: bill.id }, 'otherDaysFen', otherDaysFen);
      }
    });
  }

  /** Our entry is not on this bill. @returns the change of `otherDaysFen`. */
  private async settleMissing(tx: EntityManager, bill: Bill, settled: Settled, [ours, place]: Placed): Promise<number> {
    const row = { billId: bill.id, ...settled, number: ours.number };
    const netFen = signOf(ours) * ours.fen;
    if (settled.status === 'WAITING') {
      if (place === 'OTHER_BILL') await tx.delete(BillDifference, row);
      if (place !== 'NOWHERE') return 0;
      // Until now it counted as an entry of another day.
      const { affected } = await tx.update(BillDifference, row, missingThere(ours, 'OPEN'));
      return affected === 1 ? netFen : 0;
    }
    if (place !== 'OTHER_BILL') return 0;
    const resolved = {
      status: 'RESOLVED',
      resolution: 'ON_OTHER_BILL',
      effectFen: 0,
      endedAt: this.clock.now(),
    } as const;
    const { affected } = await tx.update(BillDifference, row, resolved);
    return affected === 1 ? -netFen : 0;
  }

  /** This bill has an entry of another day, which may be on the bill of its own day too. @returns as `settleMissing`. */
  private async settleListed(
    tx: EntityManager,
    bill: Bill,
    settled: Settled,
    [ours, place]: Placed,
    otherBills: OtherBills,
  ): Promise<number> {
    const row = { billId: bill.id, ...settled, number: ours.number };
    if (place !== 'OTHER_BILL') {
      if (!otherBills.isOwnBillAwaited(ours)) await tx.delete(BillDifference, row);
      return 0;
    }
    const netFen = signOf(ours) * ours.fen;
    const { affected } = await tx.update(BillDifference, row, { status: 'OPEN', effectFen: netFen });
    return affected === 1 ? -netFen : 0;
  }

  /** Entries of this day that the next bill lists have moved the account on this day. */
  private async settleFundFlow(bill: Bill, lease: BillLease): Promise<void> {
    const next = await this.unitOfWork.read((manager) => manager.findOneBy(Bill, { date: addDays(bill.date, 1) }));
    if (!next || !isTradeCompared(next)) return;
    const { id: billId, date } = bill;
    const difference = checkFundFlow(date, movementsOf(bill), bill.settledFen + next.earlierSettledFen);
    await lease.run(async (tx) => {
      const waiting = { billId, kind: 'FUND_FLOW', status: 'WAITING' } as const;
      if (difference === null) await tx.delete(BillDifference, waiting);
      else await tx.update(BillDifference, waiting, difference);
    });
  }
}
