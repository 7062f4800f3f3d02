import { Injectable } from '@nestjs/common';
import { type EntityManager, LessThanOrEqual, MoreThan, MoreThanOrEqual } from 'typeorm';
import { LoginCounter } from '../../../auth/login-counter.entity.js';
import { BoundedMap } from '../../../common/bounded-map.js';
import { Clock, MAX_CLOCK_SKEW_MS } from '../../../common/time/clock.js';
import { DomainError } from '../../../common/problem/domain-error.js';
import { sha256 } from '../../../common/ids.js';
import { Settings } from '../../../config/settings.js';
import type { CallerTrust } from '../passwords.js';

const WINDOW_MS = 15 * 60_000;
/** Maximum number of rejections kept in memory; the oldest are dropped first. */
const MAX_REMEMBERED_REFUSALS = 10_000;
/**
 * Maximum audit log lines about failed logins of one kind per window, so that a distributed flood cannot fill the log.
 */
const MAX_AUDIT_LINES_PER_WINDOW = 200;
/** Retry-After when another instance has used up a limit between two statements. */
const RACE_RETRY_AFTER_MS = 1000;
const NO_LIMIT = 2 ** 31 - 1;

/** Where a login attempt comes from, and which username it tries. */
export interface LoginOrigin {
  readonly network: string;
  readonly name: string;
  readonly trust: CallerTrust;
}

/** `spacingMs`: above `maxFailures`, one attempt per `spacingMs` is allowed; null allows none. */
interface FailureLimit {
  readonly key: string;
  readonly maxFailures: number;
  readonly spacingMs: number | null;
}

/**
 * Limits failed staff logins by network and by username, in the database for all instances together. A window starts
 * with its first failure. An attempt is counted before its password is checked, and subtracted again when the password
 * was right. Rejections are kept in memory until they expire, so that a flood does not reach the database.
 */
@Injectable()
export class StaffLoginRateLimiter {
  /** Milliseconds since 1970. */
  private readonly refusedUntil = new BoundedMap<string, number>(MAX_REMEMBERED_REFUSALS);

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /** Uses no database. @throws DomainError TOO_MANY_ATTEMPTS when memory holds a rejection. */
  assertNotRefused(origin: LoginOrigin): void {
    const now = this.now();
    for (const { key } of this.limitsOf(origin)) {
      const waitMs = (this.refusedUntil.get(memoryKey(origin, key)) ?? 0) - now;
      if (waitMs > 0 && waitMs <= WINDOW_MS) throw tooManyAttempts(waitMs);
    }
  }

  /** @param now milliseconds since 1970. @throws DomainError TOO_MANY_ATTEMPTS: the transaction must then roll back. */
  async countAttempt(tx: EntityManager, origin: LoginOrigin, now: number): Promise<void> {
    for (const limit of this.limitsOf(origin)) {
      const waitMs = await this.incrementOrWait(tx, limit, now);
      if (waitMs === 0) continue;
      this.refusedUntil.set(memoryKey(origin, limit.key), now + waitMs);
      throw tooManyAttempts(waitMs);
    }
  }

  /**
   * Call it when the attempt did not fail. @param countedAt milliseconds since 1970: later windows do not contain it.
   */
  async decrementAttempt(tx: EntityManager, origin: LoginOrigin, countedAt: number): Promise<void> {
    const latest = countedAt + MAX_CLOCK_SKEW_MS;
    for (const { key } of this.limitsOf(origin)) {
      const counter = { counterKeyHash: sha256(key), failures: MoreThan(0), since: LessThanOrEqual(latest) };
      await tx.update(LoginCounter, counter, { failures: () => 'failures - 1' });
    }
  }

  /** Returns which limits this failure has reached. Each limit is reported once per window. */
  async markReachedLimits(tx: EntityManager, origin: LoginOrigin): Promise<{ isRefused: boolean; isSlowed: boolean }> {
    const [ofNetwork, ofName] = [networkKey(origin), nameKey(origin)];
    return {
      isRefused: await this.markLimitOnce(tx, ofNetwork, this.maxFailuresOfNetwork(origin.trust)),
      isSlowed: await this.markLimitOnce(tx, ofName, this.settings.staff.STAFF_LOGIN_FAILURES_PER_NAME),
    };
  }

  /** Marks the event. @returns whether it is the first one of its window. */
  markFirstInWindow(tx: EntityManager, event: string): Promise<boolean> {
    return this.countInWindow(tx, `event ${event}`, 1);
  }

  /** Counts an audit log line of this kind. @returns false when the window already has the maximum. */
  consumeAuditLine(tx: EntityManager, kind: string): Promise<boolean> {
    return this.countInWindow(tx, `lines ${kind}`, MAX_AUDIT_LINES_PER_WINDOW);
  }

  private async countInWindow(tx: EntityManager, key: string, max: number): Promise<boolean> {
    return (await this.incrementOrWait(tx, { key, maxFailures: max, spacingMs: null }, this.now())) === 0;
  }

  private limitsOf(origin: LoginOrigin): FailureLimit[] {
    const { STAFF_LOGIN_FAILURES_PER_NAME: maxFailuresPerName, STAFF_LOGIN_SPACING_SECONDS: spacing } =
      this.settings.staff;
    return [
      { key: networkKey(origin), maxFailures: this.maxFailuresOfNetwork(origin.trust), spacingMs: null },
      {
        key: nameKey(origin),
        maxFailures: origin.trust === 'KNOWN' ? NO_LIMIT : maxFailuresPerName,
        spacingMs: spacing * 1000,
      },
    ];
  }

  private maxFailuresOfNetwork(trust: CallerTrust): number {
    const { STAFF_LOGIN_FAILURES_PER_NETWORK, STAFF_LOGIN_FAILURES_PER_KNOWN_NETWORK } = this.settings.staff;
    return trust === 'KNOWN' ? STAFF_LOGIN_FAILURES_PER_KNOWN_NETWORK : STAFF_LOGIN_FAILURES_PER_NETWORK;
  }

  /** @returns 0 when counted, otherwise the milliseconds until the next attempt is allowed. */
  private async incrementOrWait(tx: EntityManager, limit: FailureLimit, now: number): Promise<number> {
    const [counterKeyHash, { spacingMs }] = [sha256(limit.key), limit];
    if (await this.tryIncrement(tx, limit, now)) return 0;
    const row = await tx.findOneBy(LoginCounter, { counterKeyHash });
    if (row && row.failures >= limit.maxFailures)
      return Math.max(1, (spacingMs === null ? row.since + WINDOW_MS : row.lastAt + spacingMs) - now);
    // No row yet, or another login has inserted or reset it after the update above.
    const first = { counterKeyHash, failures: 0, since: now, lastAt: now, isAudited: false };
    await tx.createQueryBuilder().insert().into(LoginCounter).values(first).orIgnore().execute();
    return (await this.tryIncrement(tx, limit, now)) ? 0 : RACE_RETRY_AFTER_MS;
  }

  /** Two statements, each correct on its own even if other instances write between them. */
  private async tryIncrement(
    tx: EntityManager,
    { key, maxFailures, spacingMs }: FailureLimit,
    now: number,
  ): Promise<boolean> {
    const counterKeyHash = sha256(key);
    // A window that starts in the future was written by a wrong clock.
    const bounds = { counterKeyHash, oldest: now - WINDOW_MS, latest: now + MAX_CLOCK_SKEW_MS };
    await tx
      .createQueryBuilder()
      .update(LoginCounter)
      .set({ failures: 0, since: now, isAudited: false })
      .where('counter_key_hash = :counterKeyHash AND (since <= :oldest OR since > :latest)', bounds)
      .execute();
    const free = spacingMs === null ? -1 : now - spacingMs;
    const { affected } = await tx
      .createQueryBuilder()
      .update(LoginCounter)
      .set({ failures: () => 'failures + 1', lastAt: now })
      .where('counter_key_hash = :counterKeyHash AND (failures < :maxFailures OR last_at <= :free)', {
        counterKeyHash,
        maxFailures,
        free,
      })
      .execute();
    return affected === 1;
  }

  /** Marks the window. @returns false when it is already marked or has not reached the limit. */
  private async markLimitOnce(tx: EntityManager, key: string, maxFailures: number): Promise<boolean> {
    const unmarked = { counterKeyHash: sha256(key), isAudited: false, failures: MoreThanOrEqual(maxFailures) };
    const { affected } = await tx.update(LoginCounter, unmarked, { isAudited: true });
    return affected === 1;
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}

const networkKey = ({ network }: LoginOrigin): string => `network ${network}`;
const nameKey = ({ name }: LoginOrigin): string => `name ${name}`;
/** Includes `trust`, because a network that becomes known has another limit. */
const memoryKey = ({ trust }: LoginOrigin, key: string): string => `${trust} ${key}`;

export function tooManyAttempts(waitMs: number): DomainError {
  return new DomainError('TOO_MANY_ATTEMPTS', { retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) });
}
