import { Logger } from '@nestjs/common';
import type { Clock } from '../common/clock.js';
import { claimDue, type DueRow, releaseClaim } from '../database/claim-due.js';
import type { UnitOfWork } from '../database/unit-of-work.js';

/** Rows in work at the same time, slow ones not counted: more would flood WeChat after a quiet hour. */
const CONCURRENCY = 10;
/** A row that takes longer waits for a slow answer. From then on it does not count towards CONCURRENCY. */
const SLOW_AFTER_MS = 1000;
/** Rows in work at the same time, slow ones included. Three jobs call WeChat Pay over 128 connections: buyers need the rest. */
const MAX_IN_FLIGHT = 30;
/** Rows claimed after one wake-up, so that rows which are due again at once cannot keep an instance busy. */
const MAX_ROWS_PER_WAKE = 1000;
/** When the process stops, work in flight gets this long before its claims are released. */
const SHUTDOWN_TIMEOUT_MS = 7000;

export interface LeasedJobOptions<Row extends DueRow> {
  name: string;
  entity: new () => Row;
  /** Longer than one row's work can take. */
  leaseMs: number;
  /** The longest that a row ever waits. A later date was written while a clock was wrong, and counts as due. */
  maxWaitMs: number;
  /** Must say when the row is due next, or end its waiting. When it throws, the row is due again as its lease ends. */
  work: (row: Row) => Promise<void>;
}

interface WorkInFlight<Row> {
  row: Row;
  isSlow: boolean;
  end: Promise<void>;
}

/**
 * Claims due rows and works on each under a lease. The schedule only wakes it: a row that waits for a slow answer holds up
 * no other row. Any number of instances may do the same at once, and any may die at any point.
 */
export class LeasedJobRunner<Row extends DueRow> {
  private readonly log: Logger;
  private readonly inFlight = new Set<WorkInFlight<Row>>();
  private claiming: Promise<void> | null = null;
  /** False after a look that found nothing, until the next wake-up. */
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
   * Claims what is due and starts to work on it. Resolves when nothing more is due or every worker is busy; a worker that
   * becomes free goes on by itself. Never throws.
   */
  wake(): Promise<void> {
    this.mayBeDue = true;
    this.rowsLeft = MAX_ROWS_PER_WAKE;
    return this.claimRows();
  }

  /** Wakes the workers and waits until all of them are idle. Never throws. @returns how many rows were begun meanwhile. */
  async tick(): Promise<number> {
    const before = this.startedRows;
    await this.wake();
    await this.waitUntilIdle();
    return this.startedRows - before;
  }

  /** Claims no more rows, waits for those in flight, and releases the claims of those that do not end in time. */
  async stop(): Promise<void> {
    this.isStopping = true;
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise((resolve) => (timer = setTimeout(resolve, SHUTDOWN_TIMEOUT_MS)));
    await Promise.race([this.waitUntilIdle(), timeout]);
    clearTimeout(timer);
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

  /** One claim after the other, so that our own workers do not compete for the same row. */
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
        this.mayBeDue = false; // a wake-up during the look sets it again
        const row = await this.claimOne();
        if (row === undefined) continue;
        this.mayBeDue = true;
        this.start(row);
      }
    } catch (error) {
      this.log.warn(`Could not look for due rows; the next tick tries again: ${String(error)}`);
    } finally {
      this.claiming = null; // in the same turn as the last look, so that a worker that ends now begins another
    }
  }

  private isAnyWorkerFree(): boolean {
    const slow = [...this.inFlight].filter(({ isSlow }) => isSlow).length;
    const { size } = this.inFlight;
    return !this.isStopping && this.rowsLeft > 0 && size < MAX_IN_FLIGHT && size - slow < CONCURRENCY;
  }

  /** Another instance may have taken the first due row a moment before; then the next one is tried. */
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
      this.log.warn(`Row ${row.id} failed; it is tried again when its lease ends: ${String(error)}`);
    }
  }
}
