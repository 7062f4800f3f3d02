import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../common/time/clock.js';
import { ClockMonitor } from '../common/time/clock-monitor.js';
import { purgeOldRows } from '../database/purge-old-rows.js';
import { duePurges } from '../database/retention.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { ScheduledJob } from '../jobs/scheduled-job.js';
import { ClockCheck } from './clock-check.js';

/**
 * Deletes old rows by the rules that their entities declare. There is no rule for rows about payments or refunds, and
 * nothing is deleted while the clock is not trusted.
 */
@Injectable()
export class HousekeepingJob extends ScheduledJob {
  readonly task = 'housekeeping';
  readonly intervalMs = 60_000;
  private readonly log = new Logger(HousekeepingJob.name);

  constructor(
    private readonly clock: Clock,
    private readonly clockMonitor: ClockMonitor,
    private readonly clockCheck: ClockCheck,
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
  ) {
    super();
  }

  /** Never throws: a failed purge does not stop the others and is repeated at the next run. */
  override async run(): Promise<void> {
    await this.clockCheck.run();
    if (this.clockMonitor.untrustedReason !== null) return;
    for (const purge of duePurges(this.dataSource, this.clock.now())) {
      try {
        await purgeOldRows(this.unitOfWork, purge);
      } catch (error) {
        const { tableName } = this.dataSource.getMetadata(purge.entity);
        this.log.warn(`Could not delete old rows of ${tableName}; the next run tries again: ${String(error)}`);
      }
    }
  }
}
