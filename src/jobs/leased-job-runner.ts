import { Logger } from '@nestjs/common';
import type { Clock } from '../common/time/clock.js';
import { withTimeout } from '../common/time/with-timeout.js';
import { claimDue, type DueRow, releaseClaim } from './claim-due.js';
import type { UnitOfWork } from '../database/unit-of-work.js';

/** Maximum number of rows in progress, without slow ones. More would flood WeChat when many rows are due at once. */
const CONCURRENCY = 10;
/** A row that takes longer waits for a slow response and no longer counts towards CONCURRENCY. */
const SLOW_AFTER_MS = 1000;
/**
 * Maximum number of rows in progress, with slow ones. Three jobs share 128 connections to WeChat Pay with the buyers'
 * calls.
 */
const MAX_IN_FLIGHT = 30;
/** Maximum number of rows per wake-up, so that rows that are due again immediately cannot keep an instance busy. */
const MAX_ROWS_PER_WAKE = 1000;
/** At shutdown, work in flight may take this long before its claims are released. */
const SHUTDOWN_TIMEOUT_MS = 7000;

export interface LeasedJobOptions<Row extends DueRow> {
  name: string;
  entity: new () => Row;
  /** Longer than the work on one row can take. */
  leaseMs: number;
  /** The longest time that a row waits. A later date was written by a wrong clock and counts as due. */
  maxWaitMs: number;
  /** Must set the row's next date, or clear it. If it throws, the row is due again when its lease expires. */
  work: (row: Row) => Promise<void>;
}

interface WorkInFlight<Row> {
  row: Row;
  isSlow: boolean;
  end: Promise<void>;
}

/**
 * Claims due rows and processes each under a lease. The scheduler only wakes it, so that a slow row does not delay the
 * others. It may run on any number of instances, and an instance may crash at any point.
 */
export class LeasedJobRunner<Row extends DueRow> {
  private readonly log: Logger;
  private readonly inFlight = new Set<WorkInFlight<Row>>();
  private claiming: Promise<void> | null = null;
  /** False after a claim that found no due row, until the next wake-up. */
  private mayBeDue = false;
  private rowsLeft = 0;
  private startedRows = 0;
  private isStopping = false;

  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly options: LeasedJobOptions<Row>,
  ) {
    this.log = new Logger(options.name);
  }

  /**
   * Claims due rows and starts their work. Resolves when no further rows are due or all workers are busy; a worker that
   * becomes free claims the next row. Never throws.
   */
  wake(): Promise<void> {
    this.mayBeDue = true;
    this.rowsLeft = MAX_ROWS_PER_WAKE;
    return this.claimRows();
  }

  /**
   * Wakes the workers and waits until all of them are idle. Never throws. @returns how many rows were started
   * meanwhile.
   */
  async tick(): Promise<number> {
    const before = this.startedRows;
    await this.wake();
    await this.waitUntilIdle();
    return this.startedRows - before;
  }

  /** Stops claiming, waits for rows in flight, and releases the claims of rows that do not end in time. */
  async stop(): Promise<void> {
    this.isStopping = true;
    await withTimeout(this.waitUntilIdle(), SHUTDOWN_TIMEOUT_MS, () => undefined);
    const now = this.clock.now();
    for (const { row } of this.inFlight) {
      await this.unitOfWork.run((tx) => releaseClaim(tx, this.options.entity, row, now)).catch(() => undefined);
    }
  }

  private async waitUntilIdle(): Promise<void> {
    while (this.claiming !== null || this.inFlight.size > 0) {
      await Promise.all([this.claiming, ...[...this.inFlight].map(({ end }) => end)]);
    }
  }

  /** Claims one row after the other, so that the workers of this instance do not compete for the same row. */
  private claimRows(): Promise<void> {
    if (this.claiming === null) {
      if (!this.mayBeDue || !this.isAnyWorkerFree()) return Promise.resolve();
      this.claiming = this.claimWhileWorkersAreFree();
    }
    return this.claiming;
  }

  private async claimWhileWorkersAreFree(): Promise<void> {
    try {
      while (this.mayBeDue && this.isAnyWorkerFree()) {
        this.mayBeDue = false; // a wake-up during the claim sets it again
        const row = await this.claimOne();
        if (row === undefined) continue;
        this.mayBeDue = true;
        this.start(row);
      }
    } catch (error) {
      this.log.warn(`Could not claim due rows; the next run tries again: ${String(error)}`);
    } finally {
      this.claiming = null; // in the same turn of the event loop as the last claim, so that a worker that ends now starts a new one
    }
  }

  private isAnyWorkerFree(): boolean {
    const slow = [...this.inFlight].filter(({ isSlow }) => isSlow).length;
    const { size } = this.inFlight;
    return !this.isStopping && this.rowsLeft > 0 && size < MAX_IN_FLIGHT && size - slow < CONCURRENCY;
  }

  /** Tries the next due row when another instance has claimed the first one. */
  private async claimOne(): Promise<Row | undefined> {
    for (;;) {
      const now = this.clock.now();
      const until = new Date(now.getTime() + this.options.leaseMs);
      const latestPlausible = new Date(now.getTime() + this.options.maxWaitMs);
      const lease = { now, until, latestPlausible };
      const { row, isAnyDue } = await this.unitOfWork.run((tx) => claimDue(tx, this.options.entity, lease));
      if (row || !isAnyDue) return row;
    }
  }

  private start(row: Row): void {
    this.rowsLeft -= 1;
    this.startedRows += 1;
    const work: WorkInFlight<Row> = { row, isSlow: false, end: Promise.resolve() };
    const timer = setTimeout(() => {
      work.isSlow = true;
      void this.claimRows();
    }, SLOW_AFTER_MS);
    work.end = this.workOn(row).finally(() => {
      clearTimeout(timer);
      this.inFlight.delete(work);
      void this.claimRows();
    });
    this.inFlight.add(work);
  }

  private async workOn(row: Row): Promise<void> {
    try {
      await this.options.work(row);
    } catch (error) {
      this.log.warn(`Job failed for row ${row.id}; it will be retried when the lease expires: ${String(error)}`);
    }
  }
}
