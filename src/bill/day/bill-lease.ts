import { setImmediate as yieldToOtherWork } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../common/time/clock.js';
import { updateRows } from '../../database/rows.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { backOffSeconds } from '../../jobs/back-off.js';
import { freeLeaseConditions } from '../../jobs/claim-due.js';
import { MAX_BILL_DOWNLOAD_SECONDS } from '../../wechat/pay/bills/bill.js';
import { Bill } from '../bill.entity.js';

/** Longer than a download during which no byte arrives. */
const LEASE_SECONDS = MAX_BILL_DOWNLOAD_SECONDS + 120;
/** Milliseconds of the machine's clock after which a lease in use is prolonged. */
const RENEW_AFTER_MS = 30_000;

/** Milliseconds of work without a pause. */
const YIELD_AFTER_MS = 20;
/** Seconds until a day is tried again whose work failed unexpectedly. */
const RETRY_SECONDS = [60, 300, 1800, 7200, 21_600];
/** The same when this process has interrupted it to stop. */
const STOP_SECONDS = 60;

/** Another instance works on the day now: what this one does is worthless. */
class LeaseLostError extends Error {}

/** The process ends before the work does. */
class ServiceStoppingError extends Error {}

/** The right to work on one day. Every transaction that changes the day proves it. */
export class BillLease {
  private renewedAtMs = performance.now();
  private yieldedAtMs = performance.now();

  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    readonly billId: number,
    private until: Date,
    private readonly isStopping: () => boolean,
  ) {}

  /** Runs `work` in a transaction that commits only while this lease is held, and prolongs it. @throws LeaseLostError. */
  async run<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    const { until: held } = this;
    const until = leaseEnd(this.clock, held);
    const result = await this.unitOfWork.run(async (tx) => {
      await this.prove(tx, held, until);
      return work(tx);
    });
    this.until = until;
    this.renewedAtMs = performance.now();
    return result;
  }

  /** The same, as the last transaction: the lease ends with it. */
  async finish<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    const { until: held } = this;
    return this.unitOfWork.run(async (tx) => {
      await this.prove(tx, held, null);
      return work(tx);
    });
  }

  /**
   * Prolongs the lease when it is older than half a minute, and lets other work of this process run. Call it between the steps
   * of long work: reading a bill of a million lines must not delay a notice.
   */
  readonly keep = async (): Promise<void> => {
    if (this.isStopping())
      throw new ServiceStoppingError('The service stops: the work on the bill is continued later.');
    const now = performance.now();
    if (now - this.renewedAtMs > RENEW_AFTER_MS) await this.run(() => Promise.resolve());
    else if (now - this.yieldedAtMs > YIELD_AFTER_MS) await yieldToOtherWork();
    else return;
    this.yieldedAtMs = performance.now();
  };

  /** Ends the lease after an error, so that the day is tried again. Never throws. @param attempts so far. */
  async release(attempts: number): Promise<void> {
    const nextCheckAt = this.clock.secondsFromNow(
      this.isStopping() ? STOP_SECONDS : backOffSeconds(RETRY_SECONDS, attempts),
    );
    const changes = { leaseUntil: null, nextCheckAt, attempts: attempts + 1 };
    await this.unitOfWork
      .run((tx) => updateRows(tx, Bill, { id: this.billId, leaseUntil: this.until }, changes))
      .catch(() => undefined); // the lease ends by itself
  }

  private async prove(tx: EntityManager, held: Date, until: Date | null): Promise<void> {
    const changes = until === null ? { leaseUntil: null } : { leaseUntil: until, nextCheckAt: until };
    const kept = await updateRows(tx, Bill, { id: this.billId, leaseUntil: held }, changes);
    if (kept !== 1) throw new LeaseLostError(`Another instance works on bill ${this.billId}.`);
  }
}

/** Gives out the leases of days. */
@Injectable()
export class BillLeases {
  private isStopping = false;

  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** From now on the work under every lease ends at its next step, and is due again a minute later. */
  stop(): void {
    this.isStopping = true;
  }

  /** Null while another instance, job or member of staff works on the day. A lease of a crashed instance expires. */
  async acquire(billId: number): Promise<BillLease | null> {
    const now = this.clock.now();
    const until = leaseEnd(this.clock, now);
    const isAcquired = await this.unitOfWork.run(async (tx) => {
      const where = freeLeaseConditions(now).map((free) => ({ id: billId, leaseUntil: free }));
      // With the end of the lease as the next check, the job continues the day when this process dies.
      const lease = { leaseUntil: until, nextCheckAt: until };
      const { affected } = await tx.createQueryBuilder().update(Bill).set(lease).where(where).execute();
      return affected === 1;
    });
    return isAcquired ? new BillLease(this.clock, this.unitOfWork, billId, until, () => this.isStopping) : null;
  }
}

/** Always another instant than the current end: MySQL does not count a row that an update leaves unchanged. */
function leaseEnd(clock: Clock, current: Date): Date {
  const until = clock.secondsFromNow(LEASE_SECONDS);
  return until.getTime() === current.getTime() ? new Date(until.getTime() + 1) : until;
}
