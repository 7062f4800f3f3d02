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
import { LoginCounts, type Origin } from './login-counts.js';

export const WINDOW_SECONDS = 15 * 60;
/** Longer than any password takes to look at; a guess whose instance died stays counted as a failure. */
const GUESS_SECONDS = 10;
/** The clocks of two instances may differ by so much. */
const CLOCK_DIFFERENCE_MS = 60_000;
/** How long a guess waits for the one before it on another instance, and how often it looks. */
const PATIENCE_MS = 5000;
const LOOK_AGAIN_MS = 25;

/** A guess that may be looked at, and is counted as a failure until it is known to be right. */
export interface Guess {
  readonly who: string;
  readonly id: string;
  /** When it fails, the next one has to wait. */
  readonly isLast: boolean;
  /** By what else it is counted. Null: a password that is changed. */
  readonly origin: Origin | null;
  /** Milliseconds since 1970. */
  readonly countedAt: number;
}

/** A guess that is not counted yet. */
type Asked = Pick<Guess, 'who' | 'id' | 'origin'>;

/**
 * Counts failed logins for each name and address, known or not, so that passwords cannot be guessed at leisure: in the
 * database, for all instances together. A guess is counted before it is looked at, and they are looked at one after the
 * other for each name: many at once would all see the limit before the first has failed.
 */
@Injectable()
export class LoginFailures {
  private readonly lines = new Map<string, Promise<unknown>>();

  constructor(
    private readonly settings: Settings,
    private readonly counts: LoginCounts,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** One guess after the other on this instance, so that the database is not asked by all who wait. */
  async inLine<T>(who: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.lines.get(who) ?? Promise.resolve()).then(work);
    const end = turn.catch(() => undefined);
    this.lines.set(who, end);
    try {
      return await turn;
    } finally {
      if (this.lines.get(who) === end) this.lines.delete(who);
    }
  }

  /** Counts the guess. @throws DomainError TOO_MANY_ATTEMPTS when there were too many, or others keep being looked at. */
  async begin(who: string, origin: Origin | null): Promise<Guess> {
    const [key, id, deadline] = [sha256(who), newId(), performance.now() + PATIENCE_MS];
    for (;;) {
      const guess = await this.take({ who: key, id, origin });
      if (guess) return guess;
      if (performance.now() > deadline) throw new DomainError('TOO_MANY_ATTEMPTS', { retryAfterSeconds: 1 });
      await pause(LOOK_AGAIN_MS);
    }
  }

  /** It was right: whatever failed before is forgotten. */
  async forget(tx: EntityManager, guess: Guess): Promise<void> {
    const { affected } = await tx.delete(LoginFailure, { who: guess.who, guessId: guess.id });
    // Once, also when the answer of a commit was lost.
    if (affected === 1) await this.takeBack(tx, guess);
  }

  /** It was wrong, and stays counted. */
  async keep(tx: EntityManager, { who, id }: Guess): Promise<void> {
    await tx.update(LoginFailure, { who, guessId: id }, { guessUntil: null });
  }

  /** It could not be looked at, and counts for nothing. */
  async withdraw(guess: Guess): Promise<void> {
    const { who, id } = guess;
    await this.unitOfWork.run(async (tx) => {
      const row = await tx.findOneBy(LoginFailure, { who, guessId: id });
      if (!row?.guessUntil) return;
      const failedAt = JSON.stringify(timesIn(row).slice(0, -1));
      await tx.update(LoginFailure, { who, guessId: id }, { failedAt, guessUntil: null });
      await this.takeBack(tx, guess);
    });
  }

  private async takeBack(tx: EntityManager, { origin, countedAt }: Guess): Promise<void> {
    if (origin) await this.counts.takeBack(tx, origin, countedAt);
  }

  /** Null when another guess is under way, or was a moment faster. */
  private async take(asked: Asked): Promise<Guess | null> {
    try {
      return await this.unitOfWork.run((tx) => this.count(tx, asked));
    } catch (error) {
      if (isUniqueViolation(error)) return null;
      throw error;
    }
  }

  private async count(tx: EntityManager, { who, id, origin }: Asked): Promise<Guess | null> {
    const { STAFF_LOGIN_FAILURES: allowed } = this.settings;
    const [now, row] = [this.clock.now(), await tx.findOneBy(LoginFailure, { who })];
    const recent = row ? timesIn(row).filter((at) => isRecent(at, now)) : [];
    const guess = { who, id, origin, countedAt: now.getTime() };
    // A commit whose answer was lost: this guess is counted already.
    if (row?.guessId === id) return { ...guess, isLast: recent.length >= allowed };
    if (row?.guessUntil && isAhead(row.guessUntil, now)) return null;
    if (recent.length >= allowed) throw tooMany(recent, now);
    const failedAt = JSON.stringify([...recent, now.getTime()]);
    const next = { failedAt, guessId: id, guessUntil: this.clock.in(GUESS_SECONDS), lastAt: now };
    if (!row) await tx.insert(LoginFailure, { who, ...next });
    else if ((await tx.update(LoginFailure, { who, guessId: row.guessId }, next)).affected !== 1) return null;
    if (origin) await this.counts.add(tx, origin, guess.countedAt);
    return { ...guess, isLast: recent.length + 1 >= allowed };
  }
}

/** A failure from the future was counted while a clock was wrong: it must not lock anybody out until then. */
function isRecent(at: number, now: Date): boolean {
  const sinceMs = now.getTime() - at;
  return sinceMs < WINDOW_SECONDS * 1000 && sinceMs > -CLOCK_DIFFERENCE_MS;
}

/** Within what one guess can take: a later date was written while a clock was wrong. */
function isAhead(until: Date, now: Date): boolean {
  const restMs = until.getTime() - now.getTime();
  return restMs > 0 && restMs <= GUESS_SECONDS * 1000 + CLOCK_DIFFERENCE_MS;
}

function timesIn({ failedAt }: LoginFailure): number[] {
  return JSON.parse(failedAt) as number[];
}

function tooMany(recent: number[], now: Date): DomainError {
  const freeAt = Math.min(...recent) + WINDOW_SECONDS * 1000;
  const retryAfterSeconds = Math.max(1, Math.ceil((freeAt - now.getTime()) / 1000));
  return new DomainError('TOO_MANY_ATTEMPTS', { retryAfterSeconds });
}
