import { Injectable } from '@nestjs/common';
import { type FindOperator, In, LessThan, MoreThan } from 'typeorm';
import { Clock } from '../common/clock.js';
import { Settings } from '../config/settings.js';
import { isUniqueViolation } from '../database/database-errors.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { CallBudget } from './call-budget.entity.js';

/** Calls that may come at once from a user who has been quiet. */
export const BURST_CALLS = 100;
const MINUTE_MS = 60_000;
/** What the clocks of two instances may differ by. A date that lies further ahead than a budget can reach was written by a wrong clock. */
const CLOCK_DIFFERENCE_MS = 10 * 60_000;
/** The row may appear, and be purged, between two statements. */
const MAX_TRIES = 3;
/** Users whose refusal is remembered here, so that a flood of calls does not reach the database. */
const MAX_REFUSALS_KEPT = 10_000;
const PURGE_BATCH_SIZE = 500;
const MAX_PURGE_BATCHES = 100;

/**
 * Counts the calls of each user, for all instances together: USER_CALLS_PER_MINUTE, and BURST_CALLS at once. One short
 * statement a call; users who are refused do not reach the database until their time is up.
 */
@Injectable()
export class CallBudgets {
  /** Milliseconds since 1970 until which this instance refuses a user without asking. */
  private readonly refusedUntil = new Map<string, number>();
  private readonly stepMs: number;

  constructor(
    settings: Settings,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
  ) {
    this.stepMs = Math.max(1, Math.round(MINUTE_MS / settings.USER_CALLS_PER_MINUTE));
  }

  /** @returns 0 when the call may go on, otherwise the milliseconds until the next one may. */
  async take(userId: string): Promise<number> {
    const now = this.clock.now().getTime();
    const known = (this.refusedUntil.get(userId) ?? 0) - now;
    if (known > 0 && known <= this.stepMs + CLOCK_DIFFERENCE_MS) return known;
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const waitMs = await this.tryTake(userId, now);
      if (waitMs === null) continue;
      if (waitMs > 0) this.remember(userId, now + waitMs);
      else this.refusedUntil.delete(userId);
      return waitMs;
    }
    return 0;
  }

  /** Forgets users whose whole burst is free again, in small batches. */
  async purge(): Promise<void> {
    const now = this.clock.now().getTime();
    const free = [LessThan(now), MoreThan(this.impossibleFrom(now))];
    for (const freeAt of free) await this.purgeWhere(freeAt);
  }

  private async purgeWhere(freeAt: FindOperator<number>): Promise<void> {
    for (let batch = 0; batch < MAX_PURGE_BATCHES; batch++) {
      const gone = await this.unitOfWork.run(async (tx) => {
        const rows = await tx.find(CallBudget, { where: { freeAt }, take: PURGE_BATCH_SIZE });
        const userId = In(rows.map((row) => row.userId));
        if (rows.length > 0) await tx.delete(CallBudget, { freeAt, userId });
        return rows.length;
      });
      if (gone < PURGE_BATCH_SIZE) return;
    }
  }

  /** Null when another call has just made the row. */
  private async tryTake(userId: string, now: number): Promise<number | null> {
    const latest = now + (BURST_CALLS - 1) * this.stepMs;
    const impossible = this.impossibleFrom(now);
    try {
      return await this.unitOfWork.run(async (tx) => {
        const { affected } = await tx
          .createQueryBuilder()
          .update(CallBudget)
          .set({ freeAt: () => 'CASE WHEN free_at < :now OR free_at > :impossible THEN :now ELSE free_at END + :step' })
          .where('user_id = :userId AND (free_at <= :latest OR free_at > :impossible)', { userId, latest, impossible })
          .setParameters({ now, step: this.stepMs })
          .execute();
        if (affected === 1) return 0;
        const row = await tx.findOneBy(CallBudget, { userId });
        if (row) return Math.max(1, row.freeAt - latest);
        await tx.insert(CallBudget, { userId, freeAt: now + this.stepMs });
        return 0;
      });
    } catch (error) {
      if (isUniqueViolation(error)) return null;
      throw error;
    }
  }

  /** Milliseconds since 1970. No budget reaches so far: a later date counts as now. */
  private impossibleFrom(now: number): number {
    return now + BURST_CALLS * this.stepMs + CLOCK_DIFFERENCE_MS;
  }

  private remember(userId: string, until: number): void {
    if (this.refusedUntil.size >= MAX_REFUSALS_KEPT) this.refusedUntil.clear();
    this.refusedUntil.set(userId, until);
  }
}
