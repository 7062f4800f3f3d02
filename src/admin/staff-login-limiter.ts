import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { LoginCount } from '../auth/login-count.entity.js';
import { Clock } from '../common/clock.js';
import { DomainError } from '../common/domain-error.js';
import { sha256 } from '../common/ids.js';
import { Settings } from '../config/settings.js';
import type { CallerTrust } from './password-hash-queue.js';

const WINDOW_MS = 15 * 60_000;
/** The clocks of two instances may differ by so much. */
const MAX_CLOCK_SKEW_MS = 60_000;
/** Refusals of networks and names that are remembered here; the oldest are forgotten first. */
const MAX_REMEMBERED_REFUSALS = 10_000;
/** Lines of the audit log about failed logins of one kind in a window, so that a flood from everywhere cannot fill it. */
const MAX_AUDIT_LINES_PER_WINDOW = 200;
/** To wait when another instance has used up a limit between two statements. */
const RACE_RETRY_AFTER_MS = 1000;
const NO_LIMIT = 2 ** 31 - 1;

/** From where a guess comes, and at which name. */
export interface LoginOrigin {
  readonly network: string;
  readonly name: string;
  readonly trust: CallerTrust;
}

/** `spacingMs`: beyond `most`, one guess after each such time is let through; null lets none through. */
interface FailureLimit {
  readonly key: string;
  readonly maxFailures: number;
  readonly spacingMs: number | null;
}

/**
 * Counts failed logins by network and by name, in the database, for all instances together: the failures of a window that
 * begins with the first. A guess is counted before it is looked at, and taken back when it was right. A refusal is
 * remembered in memory, so that a flood does not reach the database again before its time is up.
 */
@Injectable()
export class StaffLoginLimiter {
  /** Milliseconds since 1970. */
  private readonly refusedUntil = new Map<string, number>();

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /** Costs no database. @throws DomainError TOO_MANY_ATTEMPTS when a refusal is remembered. */
  assertNotRefused(origin: LoginOrigin): void {
    const now = this.now();
    for (const { key } of this.limitsOf(origin)) {
      const waitMs = (this.refusedUntil.get(memoryKey(origin, key)) ?? 0) - now;
      if (waitMs > 0 && waitMs <= WINDOW_MS) throw tooManyAttempts(waitMs);
    }
  }

  /** Counts a guess. @param now milliseconds since 1970. @throws DomainError TOO_MANY_ATTEMPTS: the transaction must end with it. */
  async countAttempt(tx: EntityManager, origin: LoginOrigin, now: number): Promise<void> {
    for (const limit of this.limitsOf(origin)) {
      const waitMs = await this.incrementOrWait(tx, limit, now);
      if (waitMs === 0) continue;
      this.rememberRefusal(memoryKey(origin, limit.key), now + waitMs);
      throw tooManyAttempts(waitMs);
    }
  }

  /** It was no failure. @param countedAt milliseconds since 1970: a window that began later does not have it. */
  async uncountAttempt(tx: EntityManager, origin: LoginOrigin, countedAt: number): Promise<void> {
    const latest = countedAt + MAX_CLOCK_SKEW_MS;
    for (const { key } of this.limitsOf(origin)) {
      await tx
        .createQueryBuilder()
        .update(LoginCount)
        .set({ failures: () => 'failures - 1' })
        .where('counted = :counted AND failures > 0 AND since <= :latest', { counted: sha256(key), latest })
        .execute();
    }
  }

  /** Which limits this failure has reached: each is said once in its window. */
  async markReachedLimits(tx: EntityManager, origin: LoginOrigin): Promise<{ isRefused: boolean; isSlowed: boolean }> {
    const [ofNetwork, ofName] = [networkKey(origin), nameKey(origin)];
    return {
      isRefused: await this.markLimitOnce(tx, ofNetwork, this.maxFailuresOfNetwork(origin.trust)),
      isSlowed: await this.markLimitOnce(tx, ofName, this.settings.STAFF_LOGIN_FAILURES_PER_NAME),
    };
  }

  /** Whether the window has had no such event yet. */
  async markFirstInWindow(tx: EntityManager, event: string): Promise<boolean> {
    return (
      (await this.incrementOrWait(tx, { key: `event ${event}`, maxFailures: 1, spacingMs: null }, this.now())) === 0
    );
  }

  /** Whether the audit log takes one more line of this kind in this window. */
  async takeAuditLine(tx: EntityManager, kind: string): Promise<boolean> {
    return (
      (await this.incrementOrWait(
        tx,
        { key: `lines ${kind}`, maxFailures: MAX_AUDIT_LINES_PER_WINDOW, spacingMs: null },
        this.now(),
      )) === 0
    );
  }

  private limitsOf(origin: LoginOrigin): FailureLimit[] {
    const { STAFF_LOGIN_FAILURES_PER_NAME: mostOfName, STAFF_LOGIN_SPACING_SECONDS: spacing } = this.settings;
    return [
      { key: networkKey(origin), maxFailures: this.maxFailuresOfNetwork(origin.trust), spacingMs: null },
      {
        key: nameKey(origin),
        maxFailures: origin.trust === 'KNOWN' ? NO_LIMIT : mostOfName,
        spacingMs: spacing * 1000,
      },
    ];
  }

  private maxFailuresOfNetwork(lane: CallerTrust): number {
    const { STAFF_LOGIN_FAILURES_PER_NETWORK: stranger, STAFF_LOGIN_FAILURES_PER_KNOWN_NETWORK: known } = this.settings;
    return lane === 'KNOWN' ? known : stranger;
  }

  /** @returns 0 when it is counted, otherwise the milliseconds until the next one may be. */
  private async incrementOrWait(tx: EntityManager, limit: FailureLimit, now: number): Promise<number> {
    const [counted, { spacingMs }] = [sha256(limit.key), limit];
    if (await this.tryIncrement(tx, limit, now)) return 0;
    const row = await tx.findOneBy(LoginCount, { counted });
    if (row) return Math.max(1, (spacingMs === null ? row.since + WINDOW_MS : row.lastAt + spacingMs) - now);
    const first = { counted, failures: 0, since: now, lastAt: now, isNoted: false };
    await tx.createQueryBuilder().insert().into(LoginCount).values(first).orIgnore().execute();
    return (await this.tryIncrement(tx, limit, now)) ? 0 : RACE_RETRY_AFTER_MS;
  }

  /** Two statements that each are right on their own, whatever other instances do between them. */
  private async tryIncrement(
    tx: EntityManager,
    { key, maxFailures: most, spacingMs }: FailureLimit,
    now: number,
  ): Promise<boolean> {
    const counted = sha256(key);
    // A window from the future began while a clock was wrong.
    const bounds = { counted, oldest: now - WINDOW_MS, latest: now + MAX_CLOCK_SKEW_MS };
    await tx
      .createQueryBuilder()
      .update(LoginCount)
      .set({ failures: 0, since: now, isNoted: false })
      .where('counted = :counted AND (since <= :oldest OR since > :latest)', bounds)
      .execute();
    const free = spacingMs === null ? -1 : now - spacingMs;
    const { affected } = await tx
      .createQueryBuilder()
      .update(LoginCount)
      .set({ failures: () => 'failures + 1', lastAt: now })
      .where('counted = :counted AND (failures < :most OR last_at <= :free)', { counted, most, free })
      .execute();
    return affected === 1;
  }

  /** Marks the window; false when it is marked already, or has not reached the limit. */
  private async markLimitOnce(tx: EntityManager, key: string, most: number): Promise<boolean> {
    const { affected } = await tx
      .createQueryBuilder()
      .update(LoginCount)
      .set({ isNoted: true })
      .where('counted = :counted AND is_noted = :isNoted AND failures >= :most')
      .setParameters({ counted: sha256(key), isNoted: false, most })
      .execute();
    return affected === 1;
  }

  private rememberRefusal(key: string, until: number): void {
    this.refusedUntil.delete(key);
    this.refusedUntil.set(key, until);
    const oldest = this.refusedUntil.keys().next().value;
    if (this.refusedUntil.size > MAX_REMEMBERED_REFUSALS && oldest !== undefined) this.refusedUntil.delete(oldest);
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}

const networkKey = ({ network }: LoginOrigin): string => `network ${network}`;
const nameKey = ({ name }: LoginOrigin): string => `name ${name}`;
/** A network that becomes known has another limit. */
const memoryKey = ({ trust: lane }: LoginOrigin, key: string): string => `${lane} ${key}`;

export function tooManyAttempts(waitMs: number): DomainError {
  return new DomainError('TOO_MANY_ATTEMPTS', { retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) });
}
