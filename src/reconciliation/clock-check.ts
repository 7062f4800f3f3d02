import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/time/clock.js';
import { ClockMonitor } from '../common/time/clock-monitor.js';
import { isUniqueViolation } from '../database/database-errors.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { ClockMark } from './clock-mark.entity.js';

const ROW_ID = 1;

/** Compares the clock with the database's clock and with the latest time that any instance has stored. */
@Injectable()
export class ClockCheck implements OnModuleInit {
  private readonly log = new Logger(ClockCheck.name);
  private isResumed = false;

  constructor(
    private readonly clock: Clock,
    private readonly clockMonitor: ClockMonitor,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Before the first run of any job. */
  onModuleInit(): Promise<void> {
    return this.run();
  }

  /** Runs at the start and every minute. Never throws: without the database, no decision depends on the clock. */
  async run(): Promise<void> {
    try {
      const { mark, databaseNow } = await this.unitOfWork.read(readClocks);
      if (!this.isResumed) this.clockMonitor.checkDowntime(mark?.at ?? null);
      this.isResumed = true;
      this.clockMonitor.checkForJump();
      if (databaseNow !== null) this.clockMonitor.compareWith('the database', databaseNow);
      if (this.clockMonitor.untrustedReason === null) await this.saveMark(mark === null);
    } catch (error) {
      this.log.warn(`Could not compare the clock with the database's clock: ${String(error)}`);
    }
  }

  private async saveMark(isFirst: boolean): Promise<void> {
    const at = this.clock.now();
    try {
      await this.unitOfWork.run(async (tx) => {
        if (isFirst) await tx.insert(ClockMark, { id: ROW_ID, at });
        else await tx.update(ClockMark, { id: ROW_ID }, { at });
      });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error; // another instance inserted the row
    }
  }
}

/** `databaseNow` is null on SQLite, which has no clock of its own. */
async function readClocks(manager: EntityManager): Promise<{ mark: ClockMark | null; databaseNow: Date | null }> {
  const mark = await manager.findOneBy(ClockMark, { id: ROW_ID });
  if (manager.dataSource.options.type !== 'mysql') return { mark, databaseNow: null };
  const [row] = await manager.query<{ seconds: number | string }[]>('SELECT UNIX_TIMESTAMP(NOW(3)) AS seconds');
  return { mark, databaseNow: row ? new Date(Number(row.seconds) * 1000) : null };
}
