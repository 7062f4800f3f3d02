import { Injectable, Logger } from '@nestjs/common';
import { type FindOperator, In, LessThan, MoreThan } from 'typeorm';
import { Clock } from '../common/clock.js';
import { sha256 } from '../common/ids.js';
import { Settings } from '../config/settings.js';
import { isUniqueViolation } from '../database/database-errors.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { CallBudget } from './call-budget.entity.js';

/** Calls that a user may make at once after a pause. */
const BURST_CALLS = 100;
const MINUTE_MS = 60_000;
/** A stored time that is later than possible by more than this was written by a wrong clock. */
const MAX_CLOCK_ERROR_MS = 10 * 60_000;
/** Another call may insert or purge the row between two statements. */
const MAX_ATTEMPTS = 3;
/** A rate limit must not stop a payment: after this time without a database response the call is allowed and not counted. */
const TIMEOUT_MS = 1000;
/** At most one log line per interval reports that calls are not counted. */
const LOG_INTERVAL_MS = 60_000;
/** Maximum number of refusals kept in memory, so that a flood of calls does not reach the database. */
const MAX_REMEMBERED_REFUSALS = 10_000;
const PURGE_BATCH_SIZE = 500;
const MAX_PURGE_BATCHES = 100;

/** `burst` calls are allowed at once, then one call per `msPerCall`. */
interface CallRate {
  readonly burst: number;
  readonly msPerCall: number;
}

/**
 * Limits the rate of calls across all instances: calls of each user by USER_CALLS_PER_MINUTE with a burst of BURST_CALLS, and
 * buyer logins of each network by LOGIN_LIMIT_PER_MINUTE. Each call costs one short statement; refused callers do not reach
 * the database until their refusal expires.
 */
@Injectable()
export class CallRateLimiter {
  private readonly log = new Logger(CallRateLimiter.name);
  /** Caller → milliseconds since 1970 until which this instance refuses it without a database call. */
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

  /** @returns 0 when the call is allowed (also when it cannot be counted), otherwise the milliseconds until the next is. */
  consumeCall(userId: string): Promise<number> {
    return this.takeWithTimeout(userId, this.userRate);
  }

  /** The same for buyer logins. @param origin the route and the network, stored as a hash. */
  consumeLogin(origin: string): Promise<number> {
    return this.takeWithTimeout(`net-${sha256(origin).slice(0, 20)}`, this.loginRate);
  }

  /** Returns 0 when the database does not answer in time: an uncounted call is better than a lost payment. */
  private async takeWithTimeout(caller: string, rate: CallRate): Promise<number> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<number>((resolve) => {
      timer = setTimeout(() => resolve(this.allowUncounted('no response from the database in time')), TIMEOUT_MS);
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
    if (now < this.nextLogAt) return 0;
    this.nextLogAt = now + LOG_INTERVAL_MS;
    this.log.warn(`Rate limits are not enforced, calls are allowed uncounted: ${String(why)}`);
    return 0;
  }

  private async take(caller: string, rate: CallRate): Promise<number> {
    const now = this.clock.now().getTime();
    const remainingMs = (this.refusedUntil.get(caller) ?? 0) - now;
    if (remainingMs > 0 && remainingMs <= rate.msPerCall + MAX_CLOCK_ERROR_MS) return remainingMs;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const waitMs = await this.tryTake(caller, rate, now);
      if (waitMs === null) continue;
      if (waitMs > 0) this.rememberRefusal(caller, now + waitMs);
      else this.refusedUntil.delete(caller);
      return waitMs;
    }
    return 0;
  }

  /** Deletes callers whose whole burst is available again, in small batches. */
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
      const deleted = await this.unitOfWork.run(async (tx) => {
        const rows = await tx.find(CallBudget, { where: { freeAt }, take: PURGE_BATCH_SIZE });
        const callerKey = In(rows.map((row) => row.callerKey));
        if (rows.length > 0) await tx.delete(CallBudget, { freeAt, callerKey });
        return rows.length;
      });
      if (deleted < PURGE_BATCH_SIZE) return;
    }
  }

  /** Returns null when another call has just inserted the row. */
  private async tryTake(callerKey: string, rate: CallRate, now: number): Promise<number | null> {
    const { burst, msPerCall } = rate;
    const latest = now + (burst - 1) * msPerCall;
    const impossible = maxPlausibleFreeAt(now, rate);
    try {
      return await this.unitOfWork.run(async (tx) => {
        const { affected } = await tx
          .createQueryBuilder()
          .update(CallBudget)
          .set({ freeAt: () => 'CASE WHEN free_at < :now OR free_at > :impossible THEN :now ELSE free_at END + :step' })
          .where('caller_key = :callerKey AND (free_at <= :latest OR free_at > :impossible)', {
            callerKey,
            latest,
            impossible,
          })
          .setParameters({ now, step: msPerCall })
          .execute();
        if (affected === 1) return 0;
        const row = await tx.findOneBy(CallBudget, { callerKey });
        if (row) return Math.max(1, row.freeAt - latest);
        await tx.insert(CallBudget, { callerKey, freeAt: now + msPerCall });
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

/** The latest plausible `freeAt` in milliseconds since 1970. A later value was written by a wrong clock and counts as now. */
function maxPlausibleFreeAt(now: number, { burst, msPerCall }: CallRate): number {
  return now + burst * msPerCall + MAX_CLOCK_ERROR_MS;
}
