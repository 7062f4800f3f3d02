import { Injectable } from '@nestjs/common';
import type { BillTotalsCheck, FundTotals } from '../../wechat/pay/bills/bill-entries.js';
import { readFundBill } from '../../wechat/pay/bills/parse/fund-bill.reader.js';
import { BillFileStore } from '../files/bill-file-store.js';
import type { FundMovements } from './fund-flow.js';

export type FundReading = { isComplete: true; movements: FundMovements } | { isComplete: false; problem: string };

/** Adds up the fund-flow bill of a day. Its rows stay in the file. */
@Injectable()
export class FundBillReader {
  constructor(private readonly store: BillFileStore) {}

  async read(fileId: number): Promise<FundReading> {
    let otherMovementsFen = 0;
    const bytes = this.store.read(await this.store.getById(fileId));
    const check: BillTotalsCheck<FundTotals> = await readFundBill(bytes, ({ category, direction, amountFen }) => {
      if (category === 'OTHER') otherMovementsFen += direction === 'IN' ? amountFen : -amountFen;
    });
    if (!check.ok) return { isComplete: false, problem: check.problems.join(' ') };
    const { openingFen, closingFen } = check.totals;
    return { isComplete: true, movements: { openingFen, closingFen, otherMovementsFen } };
  }
}
