import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { KeyedQueues } from '../../../common/bounded-queue.js';
import { LoginFailure } from '../../../auth/login-failure.entity.js';
import { Clock, MAX_CLOCK_SKEW_MS } from '../../../common/time/clock.js';
import { DomainError } from '../../../common/problem/domain-error.js';
import { newId, sha256 } from '../../../common/ids.js';
import { Settings } from '../../../config/settings.js';
import { isUniqueViolation } from '../../../database/database-errors.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { StaffLoginRateLimiter, type LoginOrigin } from './staff-login-rate-limiter.js';

const WINDOW_SECONDS = 15 * 60;
/** Longer than any password check takes. An attempt whose instance crashed stays counted as a failure. */
const MAX_CHECK_SECONDS = 10;
/** How long an attempt waits for the previous one on another instance, and how often it polls. */
const WAIT_TIMEOUT_MS = 5000;
const POLL_INTERVAL_MS = 25;

/** An attempt whose password may be checked. It counts as a failure until the password is found right. */
export interface CountedAttempt {
  /** SHA-256 of the lockout key. */
  readonly lockoutKeyHash: string;
  readonly id: string;
  /** If this attempt fails, the next one is rejected. */
  readonly isLastAllowed: boolean;
  /** Also counted by network and username. Null for a password change. */
  readonly origin: LoginOrigin | null;
  /** Milliseconds since 1970. */
  readonly countedAt: number;
}

/** An attempt that is not counted yet. */
type NewAttempt = Pick<CountedAttempt, 'lockoutKeyHash' | 'id' | 'origin'>;

/**
 * Locks a username for a network after too many failed logins, whether the account exists or not. The counts are in the
 * database for all instances. An attempt is counted before its password is checked, and attempts on the same lock are
 * checked one after another: otherwise many concurrent attempts would all pass before the first one fails.
 */
@Injectable()
export class StaffLockoutService {
  private readonly queues = new KeyedQueues({ concurrency: 1, maxWaiting: Infinity });

  constructor(
    private readonly settings: Settings,
    private readonly limiter: StaffLoginRateLimiter,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Runs attempts with the same key one after another on this instance, so that waiting attempts do not poll the
   * database.
   */
  runInTurn<T>(lockoutKey: string, work: () => Promise<T>): Promise<T> {
    return this.queues.run(lockoutKey, work);
  }

  /**
   * Counts the attempt. @throws DomainError TOO_MANY_ATTEMPTS after too many failures, or when other attempts do not
   * finish.
   */
  async beginAttempt(lockoutKey: string, origin: LoginOrigin | null): Promise<CountedAttempt> {
    const [lockoutKeyHash, id, deadline] = [sha256(lockoutKey), newId(), performance.now() + WAIT_TIMEOUT_MS];
    for (;;) {
      const attempt = await this.tryBegin({ lockoutKeyHash, id, origin });
      if (attempt) return attempt;
      if (performance.now() > deadline) throw new DomainError('TOO_MANY_ATTEMPTS', { retryAfterSeconds: 1 });
      await pause(POLL_INTERVAL_MS);
    }
  }

  /** Deletes all failures after a right password. */
  async clearFailures(tx: EntityManager, attempt: CountedAttempt): Promise<void> {
    const { affected } = await tx.delete(LoginFailure, {
      lockoutKeyHash: attempt.lockoutKeyHash,
      attemptId: attempt.id,
    });
    // Only once, also when the response of a commit was lost.
    if (affected === 1) await this.decrementAttempt(tx, attempt);
  }

  /** Keeps the attempt counted after a wrong password. */
  async recordFailure(tx: EntityManager, { lockoutKeyHash, id }: CountedAttempt): Promise<void> {
    await tx.update(LoginFailure, { lockoutKeyHash, attemptId: id }, { attemptUntil: null });
  }

  /** Subtracts an attempt whose password could not be checked. */
  async cancelAttempt(attempt: CountedAttempt): Promise<void> {
    const { lockoutKeyHash, id } = attempt;
    await this.unitOfWork.run(async (tx) => {
      const row = await tx.findOneBy(LoginFailure, { lockoutKeyHash, attemptId: id });
      if (!row?.attemptUntil) return;
      const failedAt = JSON.stringify(failureTimesOf(row).slice(0, -1));
      await tx.update(LoginFailure, { lockoutKeyHash, attemptId: id }, { failedAt, attemptUntil: null });
      await this.decrementAttempt(tx, attempt);
    });
  }

  private async decrementAttempt(tx: EntityManager, { origin, countedAt }: CountedAttempt): Promise<void> {
    if (origin) await this.limiter.decrementAttempt(tx, origin, countedAt);
  }

  /** Returns null while another attempt is being checked, or when another one won the race for the row. */
  private async tryBegin(attempt: NewAttempt): Promise<CountedAttempt | null> {
    try {
      return await this.unitOfWork.run((tx) => this.countAttempt(tx, attempt));
    } catch (error) {
      if (isUniqueViolation(error)) return null;
      throw error;
    }
  }

  private async countAttempt(
    tx: EntityManager,
    { lockoutKeyHash, id, origin }: NewAttempt,
  ): Promise<CountedAttempt | null> {
    const { STAFF_LOGIN_FAILURES: maxFailures } = this.settings.staff;
    const [now, row] = [this.clock.now(), await tx.findOneBy(LoginFailure, { lockoutKeyHash })];
    const recent = row ? failureTimesOf(row).filter((at) => isRecent(at, now)) : [];
    const attempt = { lockoutKeyHash, id, origin, countedAt: now.getTime() };
    // The response of an earlier commit was lost: this attempt is already counted.
    if (row?.attemptId === id) return { ...attempt, isLastAllowed: recent.length >= maxFailures };
    if (row?.attemptUntil && isUnderCheck(row.attemptUntil, now)) return null;
    if (recent.length >= maxFailures) throw lockedOut(recent, now);
    const failedAt = JSON.stringify([...recent, now.getTime()]);
    const next = { failedAt, attemptId: id, attemptUntil: this.clock.secondsFromNow(MAX_CHECK_SECONDS), lastAt: now };
    if (!row) await tx.insert(LoginFailure, { lockoutKeyHash, ...next });
    else if ((await tx.update(LoginFailure, { lockoutKeyHash, attemptId: row.attemptId }, next)).affected !== 1)
      return null;
    if (origin) await this.limiter.countAttempt(tx, origin, attempt.countedAt);
    return { ...attempt, isLastAllowed: recent.length + 1 >= maxFailures };
  }
}

/** A failure in the future was counted by a wrong clock and must not lock anyone out. */
function isRecent(at: number, now: Date): boolean {
  const sinceMs = now.getTime() - at;
  return sinceMs < WINDOW_SECONDS * 1000 && sinceMs > -MAX_CLOCK_SKEW_MS;
}

/**
 * Whether the check of an attempt is still running. A later time than a check can take was written by a wrong clock.
 */
function isUnderCheck(until: Date, now: Date): boolean {
  const remainingMs = until.getTime() - now.getTime();
  return remainingMs > 0 && remainingMs <= MAX_CHECK_SECONDS * 1000 + MAX_CLOCK_SKEW_MS;
}

function failureTimesOf({ failedAt }: LoginFailure): number[] {
  return JSON.parse(failedAt) as number[];
}

function lockedOut(recent: number[], now: Date): DomainError {
  const freeAt = Math.min(...recent) + WINDOW_SECONDS * 1000;
  const retryAfterSeconds = Math.max(1, Math.ceil((freeAt - now.getTime()) / 1000));
  return new DomainError('TOO_MANY_ATTEMPTS', { retryAfterSeconds });
}
