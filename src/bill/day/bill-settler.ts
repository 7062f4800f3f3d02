import { Injectable } from '@nestjs/common';
import { In, MoreThan } from 'typeorm';
import { addDays } from '../../common/time/beijing-days.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Bill } from '../bill.entity.js';
import { findOnOtherBills } from '../compare/entry-comparison.js';
import { checkFundFlow } from '../compare/fund-flow.js';
import { missingThere } from '../compare/found-difference.js';
import { BillDifference } from '../difference/bill-difference.entity.js';
import { findOurEntries, type OurEntry, signOf } from '../entries/our-entry.js';
import type { BillLease } from './bill-lease.js';
import { movementsOf } from './fund-step.js';
import { isReconciled, OtherBills } from './other-bills.js';

const BATCH_SIZE = 200;

/** Decides the entries of a day that waited for the bill of a neighbouring day, once that bill is there. */
@Injectable()
export class BillSettler {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** May be repeated. What waits for another bill keeps waiting. @throws LeaseLostError. */
  async settle(bill: Bill, lease: BillLease): Promise<void> {
    const otherBills = await this.unitOfWork.read((manager) => OtherBills.load(manager, bill.date));
    for (const type of ['PAYMENT', 'REFUND'] as const) {
      for (let after = 0; ;) {
        const rows = await this.readWaiting(bill, type, after);
        await this.settleBatch(bill, type, rows, otherBills, lease);
        after = rows.at(-1)?.id ?? after;
        if (rows.length < BATCH_SIZE) break;
      }
    }
    await this.settleFundFlow(bill, lease);
  }

  private readWaiting(bill: Bill, entryType: 'PAYMENT' | 'REFUND', after: number): Promise<BillDifference[]> {
    const where = { billId: bill.id, status: 'WAITING', entryType, id: MoreThan(after) } as const;
    return this.unitOfWork.read((manager) =>
      manager.find(BillDifference, { where, order: { id: 'ASC' }, take: BATCH_SIZE }),
    );
  }

  private async settleBatch(
    bill: Bill,
    type: 'PAYMENT' | 'REFUND',
    rows: readonly BillDifference[],
    otherBills: OtherBills,
    lease: BillLease,
  ): Promise<void> {
    const numbers = rows.map(({ number }) => number);
    const entries = await this.unitOfWork.read((manager) => findOurEntries(manager, type, numbers));
    const placed = await findOnOtherBills(this.unitOfWork, otherBills, entries);
    const numbersAt = (place: (typeof placed)[number][1]): string[] =>
      placed.filter((one) => one[1] === place).map(([{ number }]) => number);
    const missing = placed.filter(([, place]) => place === 'NOWHERE').map(([ours]) => ours);
    const onOtherBill = numbersAt('OTHER_BILL');
    if (missing.length + onOtherBill.length === 0) return;
    await lease.run(async (tx) => {
      const waiting = { billId: bill.id, entryType: type, kind: 'MISSING_THERE', status: 'WAITING' } as const;
      if (onOtherBill.length > 0) await tx.delete(BillDifference, { ...waiting, number: In(onOtherBill) });
      for (const ours of missing) {
        const { affected } = await tx.update(
          BillDifference,
          { ...waiting, number: ours.number },
          missingThere(ours, 'OPEN'),
        );
        // It counted as an entry of another day.
        if (affected === 1) await tx.increment(Bill, { id: bill.id }, 'otherDaysFen', netOf(ours));
      }
    });
  }

  /** Entries of this day that the next bill lists have moved the account on this day. */
  private async settleFundFlow(bill: Bill, lease: BillLease): Promise<void> {
    const next = await this.unitOfWork.read((manager) => manager.findOneBy(Bill, { date: addDays(bill.date, 1) }));
    if (!next || !isReconciled(next)) return;
    const { id: billId, date } = bill;
    const difference = checkFundFlow(date, movementsOf(bill), bill.settledFen + next.earlierSettledFen);
    await lease.run(async (tx) => {
      const waiting = { billId, kind: 'FUND_FLOW', status: 'WAITING' } as const;
      if (difference === null) await tx.delete(BillDifference, waiting);
      else await tx.update(BillDifference, waiting, difference);
    });
  }
}

function netOf(ours: OurEntry): number {
  return signOf(ours) * ours.fen;
}
