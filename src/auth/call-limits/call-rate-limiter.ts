import { Injectable, Logger } from '@nestjs/common';
import { BoundedMap } from '../../common/bounded-map.js';
import { Clock } from '../../common/time/clock.js';
import { withTimeout } from '../../common/time/with-timeout.js';
import { sha256 } from '../../common/ids.js';
import { Settings } from '../../config/settings.js';
import { isUniqueViolation } from '../../database/database-errors.js';
import { executeChange, findRow, insertRow } from '../../database/rows.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { BURST_CALLS, CallBudget, MAX_CLOCK_ERROR_MS } from './call-budget.entity.js';

const MINUTE_MS = 60_000;
/** Another call may insert or purge the row between two statements. */
const MAX_ATTEMPTS = 3;
/**
 * A rate limit must not stop a payment: after this time without a database response the call is allowed and not
 * counted.
 */
const TIMEOUT_MS = 1000;
/** At most one log line per interval reports that calls are not counted. */
const LOG_INTERVAL_MS = 60_000;
/**
 * Maximum number of rejections kept in memory, so that a flood of calls does not reach the database; the oldest are dropped
 * first.
 */
const MAX_REMEMBERED_REFUSALS = 10_000;

/**
 * `burst` calls are allowed at once, then one call per `msPerCall`. At least the calls of TIMEOUT_MS are allowed at once: a
 * call may wait that long for the database, so that calls that began after it have been counted before it.
 */
interface CallRate {
  readonly burst: number;
  readonly msPerCall: number;
}

/**
 * Limits the rate of calls across all instances: calls of each user by USER_CALLS_PER_MINUTE with a burst of
 * BURST_CALLS, and buyer logins of each network by LOGIN_LIMIT_PER_MINUTE. Each call costs one short statement;
 * rejected callers do not reach the database until their rejection expires.
 */
@Injectable()
export class CallRateLimiter {
  private readonly log = new Logger(CallRateLimiter.name);
  /** Caller → milliseconds since 1970 until which this instance rejects it without a database call. */
  private readonly refusedUntil = new BoundedMap<string, number>(MAX_REMEMBERED_REFUSALS);
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

  /**
   * @returns 0 when the call is allowed (also when it cannot be counted), otherwise the milliseconds until the next is.
   */
  consumeCall(userId: string): Promise<number> {
    return this.consumeWithTimeout(userId, this.userRate);
  }

  /** The same for buyer logins. @param origin the route and the network, stored as a hash. */
  consumeLogin(origin: string): Promise<number> {
    return this.consumeWithTimeout(`net-${sha256(origin).slice(0, 20)}`, this.loginRate);
  }

  /** Returns 0 when the database does not respond in time: an uncounted call is better than a lost payment. */
  private consumeWithTimeout(caller: string, rate: CallRate): Promise<number> {
    const waitMs = this.consume(caller, rate).catch((error: unknown) => this.allowUncounted(error));
    return withTimeout(waitMs, TIMEOUT_MS, () => this.allowUncounted('no response from the database in time'));
  }

  private allowUncounted(why: unknown): 0 {
    const now = performance.now();
    if (now < this.nextLogAt) return 0;
    this.nextLogAt = now + LOG_INTERVAL_MS;
    this.log.warn(`Rate limits are not enforced, calls are allowed uncounted: ${String(why)}`);
    return 0;
  }

  private async consume(caller: string, rate: CallRate): Promise<number> {
    const now = this.clock.now().getTime();
    const remainingMs = (this.refusedUntil.get(caller) ?? 0) - now;
    if (remainingMs > 0 && remainingMs <= rate.msPerCall + MAX_CLOCK_ERROR_MS) return remainingMs;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const waitMs = await this.tryConsume(caller, rate, now);
      if (waitMs === null) continue;
      if (waitMs > 0) this.refusedUntil.set(caller, now + waitMs);
      else this.refusedUntil.delete(caller);
      return waitMs;
    }
    return 0;
  }

  /** Returns null when another call has just inserted or refilled the row. */
  private async tryConsume(callerKey: string, rate: CallRate, now: number): Promise<number | null> {
    const latest = now + Math.max((rate.burst - 1) * rate.msPerCall, TIMEOUT_MS);
    const impossible = maxPlausibleFreeAt(now, rate);
    try {
      const affected = await this.unitOfWork.runStatement((manager) =>
        executeChange(
          manager,
          `UPDATE call_budgets SET free_at = CASE WHEN free_at < ? OR free_at > ? THEN ? ELSE free_at END + ?
           WHERE caller_key = ? AND (free_at <= ? OR free_at > ?)`,
          [now, impossible, now, rate.msPerCall, callerKey, latest, impossible],
        ),
      );
      if (affected === 1) return 0;
      const row = await this.unitOfWork.read((manager) => findRow(manager, CallBudget, ['freeAt'], { callerKey }));
      // A row with budget left was inserted or refilled after the update: consume from it in the next attempt.
      if (row) return row.freeAt > latest ? row.freeAt - latest : null;
      const first = { callerKey, freeAt: now + rate.msPerCall };
      await this.unitOfWork.runStatement((manager) => insertRow(manager, CallBudget, first));
      return 0;
    } catch (error) {
      if (isUniqueViolation(error)) return null;
      throw error;
    }
  }
}

const msPerCallOf = (callsPerMinute: number): number => Math.max(1, Math.round(MINUTE_MS / callsPerMinute));

/**
 * The latest plausible `freeAt` in milliseconds since 1970. A later value was written by a wrong clock and counts as
 * now.
 */
function maxPlausibleFreeAt(now: number, { burst, msPerCall }: CallRate): number {
  return now + burst * msPerCall + MAX_CLOCK_ERROR_MS;
}
