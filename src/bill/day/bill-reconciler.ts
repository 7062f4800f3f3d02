import { Injectable, Logger } from '@nestjs/common';
import { Between, In, IsNull, LessThanOrEqual, MoreThan, type EntityManager } from 'typeorm';
import { addDays } from '../../common/time/beijing-days.js';
import { Clock } from '../../common/time/clock.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Bill, type BillStatus } from '../bill.entity.js';
import { BillHealer } from '../heal/bill-healer.js';
import { BillComparison } from './bill-comparison.js';
import { type BillChange, BillFinisher } from './bill-finisher.js';
import { type BillLease, BillLeases } from './bill-lease.js';
import { nextBillCheckAt, needsDownload } from './bill-schedule.js';
import { BillSettler } from './bill-settler.js';
import { isReconciled, LOOK_BACK_DAYS } from './other-bills.js';

/** Seconds for which a claimed day is left to the claimer before it takes the day's lease. */
export const BILL_CLAIM_SECONDS = 60;

/** What to do with a day. `DOWNLOAD`: everything · `CONTINUE`: what the day still needs. */
export type BillWork = 'DOWNLOAD' | 'CONTINUE';

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
   * @throws DomainError SERVICE_UNAVAILABLE; errors of the disk. The day is due again a minute later.
   */
  async work(billId: number, work: BillWork): Promise<Bill | null> {
    const lease = await this.leases.acquire(billId);
    if (lease === null) return null;
    try {
      const before = await this.read(billId);
      const isComplete = work === 'DOWNLOAD' || needsDownload(before);
      const change = isComplete ? await this.comparison.downloadAndCompare(before, lease) : continued(before);
      return await this.finish(change, lease);
    } catch (error) {
      await lease.release();
      throw error;
    }
  }

  /** Ends all work in progress at its next step, before the process ends. */
  stop(): void {
    this.leases.stop();
  }

  private async finish(change: BillChange, lease: BillLease): Promise<Bill> {
    let unanswered = 0;
    if (change.fileStatus === 'RECONCILED') {
      const bill = await this.read(change.before.id);
      await this.settler.settle(bill, lease);
      unanswered = await this.healer.heal(bill, lease);
    }
    const bill = await lease.finish(async (tx) => {
      const finished = await this.finisher.finish(tx, change);
      if (isNewToOthers(change.before, finished)) await this.wakeNeighbours(tx, finished);
      const nextCheckAt = nextBillCheckAt(finished, unanswered, this.clock);
      const attempts = nextCheckAt === null ? 0 : finished.attempts + 1;
      await tx.update(Bill, { id: finished.id }, { nextCheckAt, attempts });
      return { ...finished, nextCheckAt, attempts };
    });
    this.log.log(`Bill ${bill.date}: ${bill.status}, ${bill.openDifferences} open differences`);
    return bill;
  }

  /** Days with entries that may be on this bill are due now: they wait for it, or seemed to be missing there. */
  private async wakeNeighbours(tx: EntityManager, { date, id }: Bill): Promise<void> {
    const now = this.clock.now();
    const near = {
      date: Between(addDays(date, -1), addDays(date, LOOK_BACK_DAYS)),
      status: In(['BALANCED', 'DIFFERENCES'] satisfies BillStatus[]),
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
      const free = [IsNull(), LessThanOrEqual(now)].map((leaseUntil) => ({ id: neighbour.id, leaseUntil }));
      await tx.createQueryBuilder().update(Bill).set({ nextCheckAt: now }).where(free).execute();
    }
  }

  private read(id: number): Promise<Bill> {
    return this.unitOfWork.read((manager) => manager.findOneByOrFail(Bill, { id }));
  }
}

/** Other days look at this one again only then: two days that wait for each other would otherwise never end. */
function isNewToOthers(before: Bill, after: Bill): boolean {
  const isSameFile = before.tradeFileId === after.tradeFileId && before.tradeState === after.tradeState;
  return isReconciled(after) && !(isReconciled(before) && isSameFile);
}

/** A day that was compared before. */
function continued(before: Bill): BillChange {
  return { before, changes: {}, fileStatus: 'RECONCILED' };
}
