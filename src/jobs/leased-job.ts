import type { Clock } from '../common/time/clock.js';
import type { Settings } from '../config/settings.js';
import type { UnitOfWork } from '../database/unit-of-work.js';
import type { DueRow } from './claim-due.js';
import { type LeasedJobOptions, LeasedJobRunner } from './leased-job-runner.js';
import { ScheduledJob } from './scheduled-job.js';

/** A job that works on the due rows of one table, each under a lease. */
export abstract class LeasedJob<Row extends DueRow> extends ScheduledJob {
  readonly intervalMs: number;
  readonly runner: LeasedJobRunner<Row>;

  constructor(
    settings: Settings,
    clock: Clock,
    unitOfWork: UnitOfWork,
    options: Pick<LeasedJobOptions<Row>, 'entity' | 'leaseMs' | 'maxWaitMs'>,
  ) {
    super();
    this.intervalMs = settings.RECONCILE_INTERVAL_SECONDS * 1000;
    const work = (row: Row): Promise<void> => this.work(row);
    this.runner = new LeasedJobRunner<Row>(clock, unitOfWork, { ...options, name: new.target.name, work });
  }

  override run(): Promise<void> {
    return this.runner.wake();
  }

  override stop(): Promise<void> {
    return this.runner.stop();
  }

  /** Must set the row's next date, or clear it. If it throws, the row is due again when its lease expires. */
  protected abstract work(row: Row): Promise<void>;
}
