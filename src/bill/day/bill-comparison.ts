import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/time/clock.js';
import { updateRows } from '../../database/rows.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Bill } from '../bill.entity.js';
import { type ComparedFile, type TradeComparison, TradeBillComparer } from '../compare/trade-bill-comparer.js';
import { removeOutdated } from '../difference/remove-outdated.js';
import { BillFileStore } from '../files/bill-file-store.js';
import { BillDownloader, type DownloadedFile, type FailedDownload } from './bill-downloader.js';
import type { BillChange } from './bill-finisher.js';
import type { BillLease } from './bill-lease.js';
import { FundStep } from './fund-step.js';
import { isReconciled } from './other-bills.js';

const MAX_PROBLEM_LENGTH = 500;

/** WeChat never removes a bill within three months: the file of an earlier download stays valid. */
const LOST_FILE: FailedDownload = {
  state: 'UNKNOWN',
  problem: 'WeChat says that it has no statement of the day, although it sent one before.',
};

/** Downloads both files of a day and compares them with our records. */
@Injectable()
export class BillComparison {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly downloader: BillDownloader,
    private readonly store: BillFileStore,
    private readonly tradeBills: TradeBillComparer,
    private readonly fundStep: FundStep,
  ) {}

  /** May be repeated. @returns what the finisher has to complete. @throws LeaseLostError. */
  async downloadAndCompare(before: Bill, lease: BillLease): Promise<BillChange> {
    const { id: billId } = before;
    const trade = await this.downloader.download(before, 'TRADE', lease);
    if (trade.state !== 'AVAILABLE' && trade.state !== 'NONE') return this.withoutFile(before, trade);
    if (trade.state === 'NONE' && before.tradeFileId !== null) return this.withoutFile(before, LOST_FILE);
    const file = trade.state === 'NONE' ? null : await this.fileToCompare(before, trade);
    // Stored first: a comparison that a crash has ended keeps its number, and its differences are replaced.
    const runNo = before.runNo + 1;
    await lease.run((tx) => updateRows(tx, Bill, { id: billId }, { runNo }));
    const compared = await this.tradeBills.compare(before, runNo, lease, file);
    if (!compared.isComplete) return this.incomplete(before, lease, file, compared);
    const fund = await this.fundStep.download(before, lease, compared.settled.settledFen);
    const changes = { ...changesOf(compared), ...fund.changes, tradeState: trade.state, runNo, comparedRunNo: runNo };
    await this.fundStep.check({ ...before, ...changes }, lease);
    await removeOutdated(this.unitOfWork, this.clock, lease, { billId, runNo, fileId: file?.id ?? null });
    const now = this.clock.now();
    const committed = { ...changes, tradeFileId: file?.id ?? null, reconciledAt: now };
    await this.commit(before, lease, committed);
    const isOursEmpty = compared.ours.paymentCount + compared.ours.refundCount === 0;
    return {
      before,
      changes: { downloadedAt: now, problem: toProblem(fund.problem) },
      fileStatus: fund.isIncomplete ? 'INCOMPLETE' : 'RECONCILED',
      isNoneFinal: trade.state === 'NONE' && trade.isFinal && isOursEmpty,
    };
  }

  /** The bill is not there or was damaged on its way. A day that was compared before stays as it is, unless it is damaged. */
  private withoutFile(before: Bill, { state, problem }: FailedDownload): BillChange {
    const changes = { tradeState: state, problem: toProblem(problem) };
    if (state === 'CORRUPT')
      return { before, changes: { ...changes, downloadedAt: this.clock.now() }, fileStatus: 'INCOMPLETE' };
    const isKept = before.tradeFileId !== null || isReconciled(before);
    const kept = isKept ? { problem: changes.problem } : changes;
    const fileStatus = isReconciled(before) ? 'RECONCILED' : before.status === 'INCOMPLETE' ? 'INCOMPLETE' : 'WAITING';
    return { before, changes: kept, fileStatus };
  }

  /** The stored file when WeChat has sent the same bytes again, whose entries are stored too. */
  private async fileToCompare(
    before: Bill,
    downloaded: Extract<DownloadedFile, { state: 'AVAILABLE' }>,
  ): Promise<ComparedFile> {
    const isKnown = isReconciled(before) && before.tradeFileId !== null;
    const known = isKnown ? await this.store.findSame(before.tradeFileId, downloaded.sha1) : null;
    return known === null ? { id: downloaded.fileId, areEntriesNew: true } : { id: known, areEntriesNew: false };
  }

  /** Keeps the file of an earlier comparison, whose entries other days and exports use. */
  private async incomplete(
    before: Bill,
    lease: BillLease,
    file: ComparedFile | null,
    { theirs, problem }: Extract<TradeComparison, { isComplete: false }>,
  ): Promise<BillChange> {
    const hasEntries = before.reconciledAt !== null && before.tradeFileId !== null;
    if (file !== null && !hasEntries)
      await this.commit(before, lease, {
        tradeFileId: file.id,
        paymentCount: theirs.payments.count,
        paymentFen: theirs.payments.fen,
        refundCount: theirs.refunds.count,
        refundFen: theirs.refunds.fen,
        feesFen: theirs.feesFen,
      });
    const changes = { tradeState: 'AVAILABLE', problem: toProblem(problem), downloadedAt: this.clock.now() } as const;
    return { before, changes, fileStatus: 'INCOMPLETE' };
  }

  /** Makes files current, and the files that they replace obsolete. */
  private async commit(before: Bill, lease: BillLease, changes: Partial<Bill>): Promise<void> {
    await lease.run(async (tx) => {
      await updateRows(tx, Bill, { id: before.id }, changes);
      for (const column of ['tradeFileId', 'fundFileId'] as const) {
        const [old, current] = [before[column], changes[column]];
        if (current === undefined || current === old) continue;
        if (current !== null) await this.store.markCurrent(tx, current);
        if (old !== null) await this.store.markObsolete(tx, old);
      }
    });
  }
}

function changesOf({ theirs, ours, settled }: Extract<TradeComparison, { isComplete: true }>): Partial<Bill> {
  return {
    paymentCount: theirs.payments.count,
    paymentFen: theirs.payments.fen,
    refundCount: theirs.refunds.count,
    refundFen: theirs.refunds.fen,
    feesFen: theirs.feesFen,
    ourPaymentCount: ours.paymentCount,
    ourPaymentFen: ours.paymentFen,
    ourRefundCount: ours.refundCount,
    ourRefundFen: ours.refundFen,
    otherDaysFen: ours.otherDaysFen,
    ...settled,
  };
}

function toProblem(text: string | null): string | null {
  return text === null ? null : text.slice(0, MAX_PROBLEM_LENGTH).toWellFormed();
}
