import { Injectable, Logger } from '@nestjs/common';
import { type FindOperator, In, LessThan, MoreThan } from 'typeorm';
import { Clock } from '../common/clock.js';
import { sha256 } from '../common/ids.js';
import { Settings } from '../config/settings.js';
import { isUniqueViolation } from '../database/database-errors.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { CallBudget } from './call-budget.entity.js';

/** Calls that may come at once from a user who has been quiet. */
const BURST_CALLS = 100;
const MINUTE_MS = 60_000;
/** What the clocks of two instances may differ by. A date that lies further ahead than a budget can reach was written by a wrong clock. */
const MAX_CLOCK_SKEW_MS = 10 * 60_000;
/** The row may appear, and be purged, between two statements. */
const MAX_ATTEMPTS = 3;
/** A limit must not stop a payment: after this long without an answer the call goes on uncounted. */
const TIMEOUT_MS = 1000;
/** One line a minute says that calls go on uncounted. */
const LOG_INTERVAL_MS = 60_000;
/** Users and networks whose refusal is remembered here, so that a flood of calls does not reach the database. */
const MAX_REMEMBERED_REFUSALS = 10_000;
const PURGE_BATCH_SIZE = 500;
const MAX_PURGE_BATCHES = 100;

/** `burst` calls may come at once, and one more in each `stepMs`. */
interface CallRate {
  readonly burst: number;
  readonly msPerCall: number;
}

/**
 * Counts calls for all instances together: those of each user by USER_CALLS_PER_MINUTE, with BURST_CALLS at once, and the
 * logins of buyers of each network by LOGIN_LIMIT_PER_MINUTE. One short statement a call; callers who are refused do not
 * reach the database until their time is up.
 */
@Injectable()
export class CallRateLimiter {
  private readonly log = new Logger(CallRateLimiter.name);
  /** Milliseconds since 1970 until which this instance refuses a caller without asking. */
  private readonly refusedUntil = new Map<string, number>();
  private readonly userRate: CallRate;
  private readonly loginRate: CallRate;
  private nextLogAt = 0;

  constructor(
    settings: Settings,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
  ) {
    this.userRate = { burst: BURST_CALLS, msPerCall: msPerCallOf(settings.USER_CALLS_PER_MINUTE) };
    this.loginRate = {
      burst: settings.LOGIN_LIMIT_PER_MINUTE,
      msPerCall: msPerCallOf(settings.LOGIN_LIMIT_PER_MINUTE),
    };
  }

  /** @returns 0 when the call may go on, also when it cannot be counted; otherwise the milliseconds until the next may. */
  takeCall(userId: string): Promise<number> {
    return this.takeWithTimeout(userId, this.userRate);
  }

  /** The same for logins of buyers. @param origin the route and the network, which are kept as a hash. */
  takeLogin(origin: string): Promise<number> {
    return this.takeWithTimeout(`net-${sha256(origin).slice(0, 20)}`, this.loginRate);
  }

  /** 0 also when the budgets cannot be read: better uncounted than unpaid. */
  private async takeWithTimeout(caller: string, rate: CallRate): Promise<number> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<number>((resolve) => {
      timer = setTimeout(() => resolve(this.allowUncounted('no answer in time')), TIMEOUT_MS);
    });
    const taken = this.take(caller, rate).catch((error: unknown) => this.allowUncounted(error));
    try {
      return await Promise.race([taken, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  private allowUncounted(why: unknown): 0 {
    const now = performance.now();
    if (now >= this.nextLogAt) this.log.warn(`Calls are not counted: ${String(why)}`);
    this.nextLogAt = Math.max(this.nextLogAt, now + LOG_INTERVAL_MS);
    return 0;
  }

  private async take(caller: string, rate: CallRate): Promise<number> {
    const now = this.clock.now().getTime();
    const known = (this.refusedUntil.get(caller) ?? 0) - now;
    if (known > 0 && known <= rate.msPerCall + MAX_CLOCK_SKEW_MS) return known;
    for (let tries = 0; tries < MAX_ATTEMPTS; tries++) {
      const waitMs = await this.tryTake(caller, rate, now);
      if (waitMs === null) continue;
      if (waitMs > 0) this.rememberRefusal(caller, now + waitMs);
      else this.refusedUntil.delete(caller);
      return waitMs;
    }
    return 0;
  }

  /** Forgets callers whose whole burst is free again, in small batches. */
  async purge(): Promise<void> {
    const now = this.clock.now().getTime();
    const free = [
      LessThan(now),
      MoreThan(Math.max(maxPlausibleFreeAt(now, this.userRate), maxPlausibleFreeAt(now, this.loginRate))),
    ];
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
  private async tryTake(userId: string, rate: CallRate, now: number): Promise<number | null> {
    const { burst, msPerCall: stepMs } = rate;
    const latest = now + (burst - 1) * stepMs;
    const impossible = maxPlausibleFreeAt(now, rate);
    try {
      return await this.unitOfWork.run(async (tx) => {
        const { affected } = await tx
          .createQueryBuilder()
          .update(CallBudget)
          .set({ freeAt: () => 'CASE WHEN free_at < :now OR free_at > :impossible THEN :now ELSE free_at END + :step' })
          .where('user_id = :userId AND (free_at <= :latest OR free_at > :impossible)', { userId, latest, impossible })
          .setParameters({ now, step: stepMs })
          .execute();
        if (affected === 1) return 0;
        const row = await tx.findOneBy(CallBudget, { userId });
        if (row) return Math.max(1, row.freeAt - latest);
        await tx.insert(CallBudget, { userId, freeAt: now + stepMs });
        return 0;
      });
    } catch (error) {
      if (isUniqueViolation(error)) return null;
      throw error;
    }
  }

  private rememberRefusal(caller: string, until: number): void {
    if (this.refusedUntil.size >= MAX_REMEMBERED_REFUSALS) this.refusedUntil.clear();
    this.refusedUntil.set(caller, until);
  }
}

const msPerCallOf = (callsPerMinute: number): number => Math.max(1, Math.round(MINUTE_MS / callsPerMinute));

/** Milliseconds since 1970. No budget reaches so far: a later date counts as now. */
function maxPlausibleFreeAt(now: number, { burst, msPerCall: stepMs }: CallRate): number {
  return now + burst * stepMs + MAX_CLOCK_SKEW_MS;
}
