import { Injectable, Logger } from '@nestjs/common';
import { Between, IsNull, MoreThan, Not, type EntityManager } from 'typeorm';
import { addDays } from '../../common/time/beijing-days.js';
import { Clock } from '../../common/time/clock.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { freeLeaseConditions } from '../../jobs/claim-due.js';
import { Bill } from '../bill.entity.js';
import { BillHealer } from '../heal/bill-healer.js';
import { BillComparison } from './bill-comparison.js';
import { type BillChange, BillFinisher } from './bill-finisher.js';
import { type BillLease, BillLeases } from './bill-lease.js';
import { nextBillCheckAt, needsDownload } from './bill-schedule.js';
import { BillSettler } from './bill-settler.js';
import { isTradeCompared, LOOK_BACK_DAYS } from './other-bills.js';

/** Seconds for which a claimed day is left to the claimer before it takes the day's lease. */
export const BILL_CLAIM_SECONDS = 60;

/**
 * What to do with a day. `DOWNLOAD`: everything · `CONTINUE`: what the day still needs · `CONTINUE_OFFLINE`: the same, without
 * downloads of the job's own.
 */
export type BillWork = 'DOWNLOAD' | 'CONTINUE' | 'CONTINUE_OFFLINE';

/**
 * Works on one day: downloads, compares, settles entries near midnight, and heals. Only the holder of the day's lease works
 * on it, and a crash at any point leaves the day due again at the end of the lease. Every step may be repeated.
 */
@Injectable()
export class BillReconciler {
  private readonly log = new Logger(BillReconciler.name);

  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly leases: BillLeases,
    private readonly comparison: BillComparison,
    private readonly settler: BillSettler,
    private readonly healer: BillHealer,
    private readonly finisher: BillFinisher,
  ) {}

  /**
   * @returns the day as it is afterwards; null while another instance, job or member of staff works on it.
   * @throws DomainError SERVICE_UNAVAILABLE; errors of the disk. The day is due again after a back-off.
   */
  async work(billId: number, work: BillWork): Promise<Bill | null> {
    const lease = await this.leases.acquire(billId);
    if (lease === null) return null;
    let attempts = 0;
    try {
      const before = await this.read(billId);
      ({ attempts } = before);
      const change = isDownloadNeeded(before, work)
        ? await this.comparison.downloadAndCompare(before, lease)
        : continued(before);
      return await this.finish(change, lease);
    } catch (error) {
      await lease.release(attempts);
      throw error;
    }
  }

  /** Ends all work in progress at its next step, before the process ends. */
  stop(): void {
    this.leases.stop();
  }

  private async finish(change: BillChange, lease: BillLease): Promise<Bill> {
    let unanswered = 0;
    const bill = await this.read(change.before.id);
    if (isTradeCompared(bill)) {
      await this.settler.settle(bill, lease);
      unanswered = await this.healer.heal(bill, lease);
    }
    const result = { unanswered, isNoneFinal: change.isNoneFinal ?? true };
    const finished = await lease.finish(async (tx) => {
      const written = await this.finisher.finish(tx, change);
      // The back-off begins again when the day has changed.
      const tried = { ...written, attempts: hasProgressed(change.before, written) ? 0 : written.attempts };
      const nextCheckAt = nextBillCheckAt(tried, result, this.clock);
      const dates = { nextCheckAt, attempts: nextCheckAt === null ? 0 : tried.attempts + 1 };
      await tx.update(Bill, { id: written.id }, dates);
      const after = { ...written, ...dates };
      if (isNewToOthers(change.before, after)) await this.wakeNeighbours(tx, after);
      return after;
    });
    this.log.log(`Bill ${finished.date}: ${finished.status}, ${finished.openDifferences} open differences`);
    return finished;
  }

  /** Days with entries that may be on this bill are due now: they wait for it, or seemed to be missing there. */
  private async wakeNeighbours(tx: EntityManager, { date, id }: Bill): Promise<void> {
    const now = this.clock.now();
    const near = {
      date: Between(addDays(date, -1), addDays(date, LOOK_BACK_DAYS)),
      reconciledAt: Not(IsNull()),
    };
    const neighbours = await tx.find(Bill, {
      select: { id: true },
      where: [
        { ...near, waitingEntries: MoreThan(0) },
        { ...near, openDifferences: MoreThan(0) },
      ],
    });
    for (const neighbour of neighbours) {
      if (neighbour.id === id) continue;
      const free = freeLeaseConditions(now).map((leaseUntil) => ({ id: neighbour.id, leaseUntil }));
      await tx.createQueryBuilder().update(Bill).set({ nextCheckAt: now }).where(free).execute();
    }
  }

  private read(id: number): Promise<Bill> {
    return this.unitOfWork.read((manager) => manager.findOneByOrFail(Bill, { id }));
  }
}

/** Without BILL_DOWNLOAD, only a comparison that a crash has interrupted is repeated. */
function isDownloadNeeded(before: Bill, work: BillWork): boolean {
  if (work === 'CONTINUE_OFFLINE') return before.runNo !== before.comparedRunNo;
  return work === 'DOWNLOAD' || needsDownload(before);
}

/** Other days look at this one again only then: two days that wait for each other would otherwise never end. */
function isNewToOthers(before: Bill, after: Bill): boolean {
  if (!isTradeCompared(after)) return false;
  const isNoneForGood = after.tradeState === 'NONE' && after.nextCheckAt === null;
  return !isTradeCompared(before) || before.tradeFileId !== after.tradeFileId || isNoneForGood;
}

function hasProgressed(before: Bill, after: Bill): boolean {
  const isSameState = before.tradeState === after.tradeState && before.fundState === after.fundState;
  return before.status !== after.status || !isSameState;
}

/** A day whose files are not requested now. */
function continued(before: Bill): BillChange {
  const fileStatus = before.status === 'WAITING' || before.status === 'INCOMPLETE' ? before.status : 'RECONCILED';
  return { before, changes: {}, fileStatus };
}
