import { Injectable, Logger } from '@nestjs/common';
import { BillCalendar } from '../bill/day/bill-calendar.js';
import { BILL_CLAIM_SECONDS, BillReconciler, type BillWork } from '../bill/day/bill-reconciler.js';
import { LONGEST_WAIT_SECONDS } from '../bill/day/bill-schedule.js';
import { Bill } from '../bill/bill.entity.js';
import { BillFileCleaner } from '../bill/files/bill-file-cleaner.js';
import { ClockMonitor } from '../common/time/clock-monitor.js';
import { Clock } from '../common/time/clock.js';
import { withTimeout } from '../common/time/with-timeout.js';
import { Settings } from '../config/settings.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { claimDue } from '../jobs/claim-due.js';
import { ScheduledJob } from '../jobs/scheduled-job.js';

/** How often one run works on the same day. */
const MAX_PASSES = 3;
/** At shutdown, the day in progress may take this long before it is interrupted. */
const SHUTDOWN_TIMEOUT_MS = 5000;
/** Afterwards, ending its lease may take this long. */
const RELEASE_TIMEOUT_MS = 2000;

/**
 * Downloads and compares WeChat's bills: each day from 10:20 Beijing time on the next day, and after an outage every missing
 * day of the last three months, oldest first. One day at a time on each instance, and each day on one instance.
 */
@Injectable()
export class BillReconciliationJob extends ScheduledJob {
  readonly task = 'bill-reconciliation';
  readonly intervalMs: number;
  private readonly log = new Logger(BillReconciliationJob.name);
  private running: Promise<void> = Promise.resolve();
  private isStopping = false;

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly clockMonitor: ClockMonitor,
    private readonly unitOfWork: UnitOfWork,
    private readonly calendar: BillCalendar,
    private readonly reconciler: BillReconciler,
    private readonly cleaner: BillFileCleaner,
  ) {
    super();
    this.intervalMs = settings.RECONCILE_INTERVAL_SECONDS * 1000;
  }

  /** Works on all days that are due. Never throws: a day that fails is due again later. */
  override run(): Promise<void> {
    this.running = this.running.then(() => this.runOnce());
    return this.running;
  }

  /** A day that takes longer is interrupted, and continued by any instance. */
  override async stop(): Promise<void> {
    this.isStopping = true;
    await withTimeout(this.running, SHUTDOWN_TIMEOUT_MS, () => undefined);
    this.reconciler.stop();
    await withTimeout(this.running, RELEASE_TIMEOUT_MS, () => undefined);
  }

  private async runOnce(): Promise<void> {
    // A wrong clock would add days that WeChat has no bills of yet.
    if (this.clockMonitor.untrustedReason !== null && !this.clock.areJumpsDeliberate) return;
    try {
      const isOn = this.settings.BILL_DOWNLOAD === 'on';
      if (isOn) await this.calendar.addMissingDays();
      // What staff have reconciled by hand is settled and healed in either case.
      await this.workOnDueDays(isOn ? 'CONTINUE' : 'CONTINUE_OFFLINE');
      await this.cleaner.run();
    } catch (error) {
      this.log.warn(`Could not reconcile bills; the next run tries again: ${String(error)}`);
    }
  }

  /** Each day at most a few times: another one may make it due again, but no day can keep the job busy. */
  private async workOnDueDays(work: BillWork): Promise<void> {
    const passes = new Map<number, number>();
    while (!this.isStopping) {
      const id = await this.claimDay();
      const count = id === null ? 0 : (passes.get(id) ?? 0);
      if (id === null || count === MAX_PASSES) return;
      passes.set(id, count + 1);
      try {
        await this.reconciler.work(id, work);
      } catch (error) {
        this.log.warn(`Could not reconcile a bill; it is tried again later: ${String(error)}`);
      }
    }
  }

  /** The claim ends with the day's own lease, which the work takes next. */
  private claimDay(): Promise<number | null> {
    const now = this.clock.now();
    const lease = {
      now,
      until: this.clock.secondsFromNow(BILL_CLAIM_SECONDS),
      latestPlausible: this.clock.secondsFromNow(LONGEST_WAIT_SECONDS),
    };
    return this.unitOfWork.run(async (tx) => (await claimDue(tx, Bill, lease)).row?.id ?? null);
  }
}
