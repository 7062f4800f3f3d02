import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { LoginFailure } from '../auth/login-failure.entity.js';
import { Clock } from '../common/clock.js';
import { DomainError } from '../common/domain-error.js';
import { newId, sha256 } from '../common/ids.js';
import { Settings } from '../config/settings.js';
import { isUniqueViolation } from '../database/database-errors.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { StaffLoginLimiter, type LoginOrigin } from './staff-login-limiter.js';

const WINDOW_SECONDS = 15 * 60;
/** Longer than any password takes to look at; a guess whose instance died stays counted as a failure. */
const MAX_CHECK_SECONDS = 10;
/** The clocks of two instances may differ by so much. */
const MAX_CLOCK_SKEW_MS = 60_000;
/** How long a guess waits for the one before it on another instance, and how often it looks. */
const WAIT_TIMEOUT_MS = 5000;
const POLL_INTERVAL_MS = 25;

/** A guess that may be looked at, and is counted as a failure until it is known to be right. */
export interface CountedAttempt {
  readonly who: string;
  readonly id: string;
  /** When it fails, the next one has to wait. */
  readonly isLastAllowed: boolean;
  /** By what else it is counted. Null: a password that is changed. */
  readonly origin: LoginOrigin | null;
  /** Milliseconds since 1970. */
  readonly countedAt: number;
}

/** A guess that is not counted yet. */
type UncountedAttempt = Pick<CountedAttempt, 'who' | 'id' | 'origin'>;

/**
 * Counts failed logins for each name and address, known or not, so that passwords cannot be guessed at leisure: in the
 * database, for all instances together. A guess is counted before it is looked at, and they are looked at one after the
 * other for each name: many at once would all see the limit before the first has failed.
 */
@Injectable()
export class LoginLockoutService {
  private readonly queues = new Map<string, Promise<unknown>>();

  constructor(
    private readonly settings: Settings,
    private readonly limiter: StaffLoginLimiter,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** One guess after the other on this instance, so that the database is not asked by all who wait. */
  async runInTurn<T>(who: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.queues.get(who) ?? Promise.resolve()).then(work);
    const end = turn.catch(() => undefined);
    this.queues.set(who, end);
    try {
      return await turn;
    } finally {
      if (this.queues.get(who) === end) this.queues.delete(who);
    }
  }

  /** Counts the guess. @throws DomainError TOO_MANY_ATTEMPTS when there were too many, or others keep being looked at. */
  async beginAttempt(who: string, origin: LoginOrigin | null): Promise<CountedAttempt> {
    const [key, id, deadline] = [sha256(who), newId(), performance.now() + WAIT_TIMEOUT_MS];
    for (;;) {
      const guess = await this.tryBegin({ who: key, id, origin });
      if (guess) return guess;
      if (performance.now() > deadline) throw new DomainError('TOO_MANY_ATTEMPTS', { retryAfterSeconds: 1 });
      await pause(POLL_INTERVAL_MS);
    }
  }

  /** It was right: whatever failed before is forgotten. */
  async clearFailures(tx: EntityManager, guess: CountedAttempt): Promise<void> {
    const { affected } = await tx.delete(LoginFailure, { who: guess.who, guessId: guess.id });
    // Once, also when the answer of a commit was lost.
    if (affected === 1) await this.uncountAttempt(tx, guess);
  }

  /** It was wrong, and stays counted. */
  async recordFailure(tx: EntityManager, { who, id }: CountedAttempt): Promise<void> {
    await tx.update(LoginFailure, { who, guessId: id }, { guessUntil: null });
  }

  /** It could not be looked at, and counts for nothing. */
  async cancelAttempt(guess: CountedAttempt): Promise<void> {
    const { who, id } = guess;
    await this.unitOfWork.run(async (tx) => {
      const row = await tx.findOneBy(LoginFailure, { who, guessId: id });
      if (!row?.guessUntil) return;
      const failedAt = JSON.stringify(failureTimesOf(row).slice(0, -1));
      await tx.update(LoginFailure, { who, guessId: id }, { failedAt, guessUntil: null });
      await this.uncountAttempt(tx, guess);
    });
  }

  private async uncountAttempt(tx: EntityManager, { origin, countedAt }: CountedAttempt): Promise<void> {
    if (origin) await this.limiter.uncountAttempt(tx, origin, countedAt);
  }

  /** Null when another guess is under way, or was a moment faster. */
  private async tryBegin(asked: UncountedAttempt): Promise<CountedAttempt | null> {
    try {
      return await this.unitOfWork.run((tx) => this.countAttempt(tx, asked));
    } catch (error) {
      if (isUniqueViolation(error)) return null;
      throw error;
    }
  }

  private async countAttempt(tx: EntityManager, { who, id, origin }: UncountedAttempt): Promise<CountedAttempt | null> {
    const { STAFF_LOGIN_FAILURES: allowed } = this.settings;
    const [now, row] = [this.clock.now(), await tx.findOneBy(LoginFailure, { who })];
    const recent = row ? failureTimesOf(row).filter((at) => isRecent(at, now)) : [];
    const guess = { who, id, origin, countedAt: now.getTime() };
    // A commit whose answer was lost: this guess is counted already.
    if (row?.guessId === id) return { ...guess, isLastAllowed: recent.length >= allowed };
    if (row?.guessUntil && isUnderCheck(row.guessUntil, now)) return null;
    if (recent.length >= allowed) throw lockedOut(recent, now);
    const failedAt = JSON.stringify([...recent, now.getTime()]);
    const next = { failedAt, guessId: id, guessUntil: this.clock.secondsFromNow(MAX_CHECK_SECONDS), lastAt: now };
    if (!row) await tx.insert(LoginFailure, { who, ...next });
    else if ((await tx.update(LoginFailure, { who, guessId: row.guessId }, next)).affected !== 1) return null;
    if (origin) await this.limiter.countAttempt(tx, origin, guess.countedAt);
    return { ...guess, isLastAllowed: recent.length + 1 >= allowed };
  }
}

/** A failure from the future was counted while a clock was wrong: it must not lock anybody out until then. */
function isRecent(at: number, now: Date): boolean {
  const sinceMs = now.getTime() - at;
  return sinceMs < WINDOW_SECONDS * 1000 && sinceMs > -MAX_CLOCK_SKEW_MS;
}

/** Within what one guess can take: a later date was written while a clock was wrong. */
function isUnderCheck(until: Date, now: Date): boolean {
  const restMs = until.getTime() - now.getTime();
  return restMs > 0 && restMs <= MAX_CHECK_SECONDS * 1000 + MAX_CLOCK_SKEW_MS;
}

function failureTimesOf({ failedAt }: LoginFailure): number[] {
  return JSON.parse(failedAt) as number[];
}

function lockedOut(recent: number[], now: Date): DomainError {
  const freeAt = Math.min(...recent) + WINDOW_SECONDS * 1000;
  const retryAfterSeconds = Math.max(1, Math.ceil((freeAt - now.getTime()) / 1000));
  return new DomainError('TOO_MANY_ATTEMPTS', { retryAfterSeconds });
}
