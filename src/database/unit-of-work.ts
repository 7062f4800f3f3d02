import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import { DomainError } from '../common/domain-error.js';
import type { DatabaseFailure } from '../common/metric-labels.js';
import type { Metrics } from '../common/metrics.js';
import { isConflict, isConnectionLoss, isStorageFailure } from './database-errors.js';
import { isStatementTimeout, ReadTimeLimit } from './read-time-limit.js';
import { SqliteGuard } from './sqlite-guard.js';

const MAX_ATTEMPTS = 20;
const MAX_BACKOFF_MS = 250;
/** After this long the caller hears SERVICE_UNAVAILABLE instead: WeChat waits five seconds for an answer, not more. */
const RETRY_TIMEOUT_MS = 4000;

/** Longer than any honest unit, lock waits included. */
const TRANSACTION_TIMEOUT_MS = 6000;

/** The error with which a connection is broken off. */
class ConnectionTimeoutError extends Error {
  readonly code = 'PROTOCOL_CONNECTION_LOST';
}

/** Raised instead of the driver's error when the connection broke while committing: nobody knows whether it took place. */
class CommitOutcomeUnknownError extends Error {}

/**
 * The only way to the tables. A unit is one transaction, begun anew as a whole after a deadlock or a lost connection, so
 * `work` may run several times and must touch nothing but `tx`. Never call WeChat inside one.
 *
 * SQLite has one connection, on which two transactions at once would fall into each other: there units wait in line.
 */
@Injectable()
export class UnitOfWork {
  private readonly log = new Logger(UnitOfWork.name);
  private readonly activeUnit = new AsyncLocalStorage<true>();
  private readonly readLimit = new AsyncLocalStorage<number>();
  private readonly timeLimit: ReadTimeLimit;
  /** On SQLite alone, which has one connection. */
  private readonly sqlite: SqliteGuard | null;
  private queue: Promise<unknown> = Promise.resolve();

  /** @param metrics where begun-anew and given-up units are counted, in the service. */
  constructor(
    private readonly dataSource: DataSource,
    private readonly metrics?: Metrics,
  ) {
    this.timeLimit = new ReadTimeLimit(dataSource);
    this.sqlite = dataSource.options.type === 'better-sqlite3' ? new SqliteGuard(dataSource) : null;
  }

  /**
   * @returns what `work` returned, after the commit.
   * @throws whatever `work` threw, after the rollback; DomainError SERVICE_UNAVAILABLE when the database is away or kept
   * refusing. The latter may follow a commit that did take place: callers must be safe to repeat.
   */
  run<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.enqueue(() => this.withRetries(() => this.runOnce(work)));
  }

  /** For reading alone: sees only what is committed, and costs no transaction on MySQL. */
  read<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const seconds = this.readLimit.getStore();
    const withRunner = (runner: QueryRunner): Promise<T> =>
      seconds === undefined
        ? work(runner.manager)
        : this.timeLimit.runWithLimit(runner, seconds, () => work(runner.manager));
    return this.enqueue(() => this.withRetries(() => this.onRunner(withRunner)));
  }

  /**
   * Limits each statement of the reads within `work`, on MySQL and MariaDB.
   * @throws DomainError SERVICE_UNAVAILABLE from a read that took longer, which the database has stopped.
   */
  limitReads<T>(seconds: number, work: () => Promise<T>): Promise<T> {
    return this.readLimit.run(seconds, work);
  }

  private enqueue<T>(task: () => Promise<T>): Promise<T> {
    if (this.activeUnit.getStore()) throw new Error('A unit of work was begun inside another: pass tx instead.');
    const isolated = (): Promise<T> => this.activeUnit.run(true, task);
    if (!this.sqlite) return isolated();
    const turn = this.queue.then(isolated);
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  private async withRetries<T>(task: () => Promise<T>): Promise<T> {
    const deadline = performance.now() + RETRY_TIMEOUT_MS;
    for (let attempt = 1; ; attempt++) {
      try {
        return await task();
      } catch (error) {
        if (isStatementTimeout(error)) {
          this.metrics?.limitReached('staff-read-time');
          throw new DomainError('SERVICE_UNAVAILABLE', { cause: error });
        }
        const trouble = classifyFailure(error);
        if (trouble === null) throw error;
        const isPassing = trouble === 'conflict' || trouble === 'connection';
        const isEnough = attempt === MAX_ATTEMPTS || performance.now() > deadline;
        if (!isPassing || isEnough) {
          this.metrics?.transactionAbandoned(trouble);
          throw new DomainError('SERVICE_UNAVAILABLE', { cause: error });
        }
        this.metrics?.transactionRetried(trouble);
        this.log.debug(`Unit of work begins again (${attempt}): ${String(error)}`);
        await pause(Math.random() * Math.min(MAX_BACKOFF_MS, 2 ** attempt * 5));
      }
    }
  }

  private runOnce<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    this.sqlite?.ensureNoTransaction();
    return this.onRunner(async (runner) => {
      await runner.startTransaction();
      const result = await this.rollBackOnError(runner, () => work(runner.manager));
      await this.commit(runner);
      return result;
    });
  }

  /** A network that swallows packets answers nothing, not even an error: the connection is broken off from this side. */
  private async onRunner<T>(work: (runner: QueryRunner) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    let limit: NodeJS.Timeout | undefined;
    try {
      const connection: unknown = await runner.connect();
      if (hasStream(connection))
        limit = setTimeout(() => connection.stream.destroy(new ConnectionTimeoutError()), TRANSACTION_TIMEOUT_MS);
      return await work(runner);
    } finally {
      clearTimeout(limit);
      await runner.release();
    }
  }

  private async rollBackOnError<T>(runner: QueryRunner, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      await this.rollBack(runner);
      throw error;
    }
  }

  private async commit(runner: QueryRunner): Promise<void> {
    try {
      await runner.commitTransaction();
    } catch (error) {
      await this.rollBack(runner);
      if (isConnectionLoss(error))
        throw new CommitOutcomeUnknownError('The connection broke while committing', { cause: error });
      throw error;
    }
  }

  /** A connection whose transaction may still be open must never be handed to the next: it is thrown away. */
  private async rollBack(runner: QueryRunner): Promise<void> {
    try {
      await runner.rollbackTransaction();
    } catch (error) {
      this.log.warn(`Rollback failed, the connection is dropped: ${String(error)}`);
      this.sqlite?.reset();
      const connection: unknown = await runner.connect().catch(() => undefined);
      if (hasStream(connection)) connection.stream.destroy(new ConnectionTimeoutError());
    }
  }
}

/** What the database, rather than the work, did wrong; null when it was the work. */
function classifyFailure(error: unknown): DatabaseFailure | null {
  if (isStorageFailure(error)) return 'storage';
  if (isConflict(error)) return 'conflict';
  if (isConnectionLoss(error)) return 'connection';
  return error instanceof CommitOutcomeUnknownError ? 'commit' : null;
}

/** What a connection of mysql2's has and better-sqlite3's has not. Its end fails the statements under way. */
function hasStream(connection: unknown): connection is { stream: { destroy(error: Error): void } } {
  return typeof connection === 'object' && connection !== null && 'stream' in connection;
}
