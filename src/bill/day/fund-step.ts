import { Injectable } from '@nestjs/common';
import { addDays } from '../../common/time/beijing-days.js';
import { Clock } from '../../common/time/clock.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Bill } from '../bill.entity.js';
import { FundBillReader } from '../compare/fund-bill-reader.js';
import { checkFundFlow, fundFlowDifference, type FundMovements } from '../compare/fund-flow.js';
import { BillDifference } from '../difference/bill-difference.entity.js';
import { DifferenceRecorder } from '../difference/difference-recorder.js';
import { BillDownloader } from './bill-downloader.js';
import type { BillLease } from './bill-lease.js';
import { isFundGivenUp } from './bill-schedule.js';

/** What the fund-flow bill of a day changes. */
export interface FundStepResult {
  changes: Partial<Pick<Bill, 'fundState' | 'fundFileId' | 'openingFen' | 'otherMovementsFen' | 'closingFen'>>;
  /** True when the file is corrupt or does not add up. */
  isIncomplete: boolean;
  problem: string | null;
}

/** A balance is never invented: the bill is requested again. */
const NO_BALANCES = { openingFen: null, otherMovementsFen: null, closingFen: null };
const MISSING_PROBLEM = 'Fund-flow bill: WeChat has none, although the trade bill has movements of the account.';

/** Downloads the fund-flow bill of a day, and checks that the balance follows from the trade bill. */
@Injectable()
export class FundStep {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly downloader: BillDownloader,
    private readonly reader: FundBillReader,
  ) {}

  /**
   * @param settledFen what the trade bill says that moved the account. Without a movement, the balance of the day before stays.
   *
   * May be repeated. A download that fails leaves what an earlier one found. @throws LeaseLostError.
   */
  async download(before: Bill, lease: BillLease, settledFen: number): Promise<FundStepResult> {
    const file = await this.downloader.download(before, 'FUND', lease);
    if (file.state !== 'AVAILABLE' && file.state !== 'NONE') {
      const isIncomplete = file.state === 'CORRUPT';
      const isKept = before.fundState === 'AVAILABLE' && !isIncomplete;
      const problem = file.problem === null ? null : `Fund-flow bill: ${file.problem}`;
      return { changes: isKept ? {} : { fundState: file.state }, isIncomplete, problem };
    }
    if (file.state === 'NONE' && before.fundState === 'AVAILABLE')
      return {
        changes: {},
        isIncomplete: false,
        problem: 'Fund-flow bill: WeChat says that it has none, although it sent one before.',
      };
    if (file.state === 'NONE' && settledFen !== 0) {
      const isGivenUp = before.fundState === 'NONE' || isFundGivenUp(before);
      const changes = { ...NO_BALANCES, fundState: isGivenUp ? 'NONE' : 'NOT_READY' } as const;
      return { changes, isIncomplete: false, problem: MISSING_PROBLEM };
    }
    const previousClosingFen = await this.previousClosingFen(before.date);
    if (file.state === 'NONE') {
      const balances = { openingFen: previousClosingFen, otherMovementsFen: 0, closingFen: previousClosingFen };
      return { changes: { fundState: 'NONE', fundFileId: null, ...balances }, isIncomplete: false, problem: null };
    }
    const read = await this.reader.read(file.fileId);
    const changes = { fundState: 'AVAILABLE', fundFileId: file.fileId } as const;
    if (!read.isComplete) return { changes, isIncomplete: true, problem: `Fund-flow bill: ${read.problem}` };
    const { openingFen, closingFen, otherMovementsFen } = read.movements;
    const balances = {
      openingFen: previousClosingFen ?? openingFen,
      otherMovementsFen,
      closingFen: closingFen ?? previousClosingFen,
    };
    return { changes: { ...changes, ...balances }, isIncomplete: false, problem: null };
  }

  /**
   * Records the difference of the balance, if there is one. While entries near midnight wait for the next bill, it waits too.
   * @param bill with its new values, and with the entries of the trade bill compared.
   */
  async check(bill: Bill, lease: BillLease): Promise<void> {
    const { id: billId, runNo, date } = bill;
    const next = await this.unitOfWork.read((manager) => manager.findOneBy(Bill, { date: addDays(date, 1) }));
    const settledFen = bill.settledFen + (next?.earlierSettledFen ?? 0);
    const isMissing = bill.fundState === 'NONE' && bill.settledFen !== 0;
    if (bill.fundState !== 'AVAILABLE' && !isMissing) return;
    const difference = isMissing
      ? fundFlowDifference(date, settledFen, 0)
      : checkFundFlow(date, movementsOf(bill), settledFen);
    if (difference === null) return;
    const isWaiting = await this.unitOfWork.read((manager) =>
      manager.existsBy(BillDifference, { billId, status: 'WAITING', seenRun: runNo }),
    );
    const recorder = new DifferenceRecorder(this.clock, lease, { billId, runNo });
    await recorder.add([{ ...difference, status: isWaiting ? 'WAITING' : 'OPEN' }]);
    await recorder.flush();
  }

  /** Null also when the balance of that day was already wrong: one error must not make every later day differ. */
  private previousClosingFen(date: string): Promise<number | null> {
    return this.unitOfWork.read(async (manager) => {
      const previous = await manager.findOneBy(Bill, { date: addDays(date, -1) });
      const isKnown = previous?.fundState === 'AVAILABLE' || previous?.fundState === 'NONE';
      if (!isKnown) return null;
      const isWrong = await manager.existsBy(BillDifference, { billId: previous.id, kind: 'FUND_FLOW' });
      return isWrong ? null : previous.closingFen;
    });
  }
}

export function movementsOf({ openingFen, closingFen, otherMovementsFen }: Bill): FundMovements {
  return { openingFen, closingFen, otherMovementsFen: otherMovementsFen ?? 0 };
}
