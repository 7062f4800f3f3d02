import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import { BoundedQueue } from '../common/bounded-queue.js';
import { DomainError } from '../common/problem/domain-error.js';
import { defineLimitCounter } from '../common/metrics/metric-definitions.js';
import type { Metrics } from '../common/metrics/metrics.js';
import { DATABASE_FAILED, DATABASE_RETRIES, type DatabaseFailure } from './database-metrics.js';
import { isConflict, isConnectionLoss, isStorageFailure } from './database-errors.js';
import { isStatementTimeout, ReadTimeLimit } from './staff-read/read-time-limit.js';
import { SqliteGuard } from './sqlite/sqlite-guard.js';

const STAFF_READ_TIME_LIMIT_REACHED = defineLimitCounter('staff-read-time');

const MAX_ATTEMPTS = 20;
const MAX_BACKOFF_MS = 250;
/** After this time the caller gets SERVICE_UNAVAILABLE, because WeChat waits only five seconds for a response. */
const RETRY_TIMEOUT_MS = 4000;

/** Longer than any regular transaction, including lock waits. */
const TRANSACTION_TIMEOUT_MS = 6000;

/** The error with which a connection is closed after a timeout. */
class ConnectionTimeoutError extends Error {
  readonly code = 'PROTOCOL_CONNECTION_LOST';
}

/** Replaces the driver's error if the connection broke during the commit: its outcome is unknown. */
class CommitOutcomeUnknownError extends Error {}

/**
 * The only access to the tables. A unit is one transaction. It is retried as a whole after a deadlock or a lost
 * connection, so `work` may run several times and must use nothing but `tx`. Never call WeChat inside it.
 *
 * SQLite has one connection, on which two transactions cannot run at the same time: there, units run one after another.
 */
@Injectable()
export class UnitOfWork {
  private readonly log = new Logger(UnitOfWork.name);
  private readonly activeUnit = new AsyncLocalStorage<true>();
  private readonly readLimit = new AsyncLocalStorage<number>();
  private readonly timeLimit: ReadTimeLimit;
  /** Only on SQLite, which has one connection. */
  private readonly sqlite: SqliteGuard | null;
  private readonly queue = new BoundedQueue({ concurrency: 1, maxWaiting: Infinity });
  private beforeCommit: ((tx: EntityManager) => Promise<void>) | null = null;
  private afterCommit: ((tx: EntityManager) => void) | null = null;

  /** @param metrics counts retried and failed units; absent outside the service. */
  constructor(
    private readonly dataSource: DataSource,
    private readonly metrics?: Metrics,
  ) {
    this.timeLimit = new ReadTimeLimit(dataSource);
    this.sqlite = dataSource.options.type === 'better-sqlite3' ? new SqliteGuard(dataSource) : null;
  }

  /**
   * @returns the result of `work`, after the commit.
   * @throws the error of `work`, after the rollback; DomainError SERVICE_UNAVAILABLE if the database is unreachable or
   * all retries failed. In the latter case the commit may have succeeded, so callers must be safe to repeat.
   */
  run<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.enqueue(() => this.withRetries(() => this.runOnce(work)));
  }

  /**
   * Sets what runs at the end of every transaction, before its commit and with all its rights and duties. Call it once,
   * during the start.
   */
  setBeforeCommit(hook: (tx: EntityManager) => Promise<void>): void {
    if (this.beforeCommit) throw new Error('The hook before the commit is set already.');
    this.beforeCommit = hook;
  }

  /**
   * Sets what runs after the commit of every transaction. It must not throw or wait, and may only note that the transaction is
   * committed: the process may end before it runs. Call it once, during the start.
   */
  setAfterCommit(hook: (tx: EntityManager) => void): void {
    if (this.afterCommit) throw new Error('The hook after the commit is set already.');
    this.afterCommit = hook;
  }

  /**
   * Runs a single statement that changes rows, without the two further statements of a transaction: the database commits it by
   * itself. Not for changes that are noted for events.
   * @returns and @throws as `run`. A lost connection is not retried, because the change may have been made.
   */
  runStatement<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const withRunner = async (runner: QueryRunner): Promise<T> => {
      try {
        return await work(runner.manager);
      } catch (error) {
        if (isConnectionLoss(error)) throw outcomeUnknown(error);
        throw error;
      }
    };
    return this.enqueue(() =>
      this.withRetries(() => {
        this.sqlite?.ensureNoTransaction();
        return this.onRunner(withRunner);
      }),
    );
  }

  /** For reads only: sees committed rows and needs no transaction on MySQL. */
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
   * @throws DomainError SERVICE_UNAVAILABLE if the database stopped a statement that exceeded the limit.
   */
  limitReads<T>(seconds: number, work: () => Promise<T>): Promise<T> {
    return this.readLimit.run(seconds, work);
  }

  private enqueue<T>(task: () => Promise<T>): Promise<T> {
    if (this.activeUnit.getStore()) throw new Error('A unit of work was started inside another one: pass tx instead.');
    const isolated = (): Promise<T> => this.activeUnit.run(true, task);
    return this.sqlite ? this.queue.run(isolated) : isolated();
  }

  private async withRetries<T>(task: () => Promise<T>): Promise<T> {
    const deadline = performance.now() + RETRY_TIMEOUT_MS;
    for (let attempt = 1; ; attempt++) {
      try {
        return await task();
      } catch (error) {
        if (isStatementTimeout(error)) {
          this.metrics?.increment(STAFF_READ_TIME_LIMIT_REACHED);
          throw new DomainError('SERVICE_UNAVAILABLE', { cause: error });
        }
        const failure = classifyFailure(error);
        if (failure === null) throw error;
        const isTemporary = failure === 'conflict' || failure === 'connection';
        const isLastAttempt = attempt === MAX_ATTEMPTS || performance.now() > deadline;
        if (!isTemporary || isLastAttempt) {
          this.metrics?.increment(DATABASE_FAILED, { cause: failure });
          throw new DomainError('SERVICE_UNAVAILABLE', { cause: error });
        }
        this.metrics?.increment(DATABASE_RETRIES, { cause: failure });
        this.log.debug(`Unit of work is retried (${attempt}): ${String(error)}`);
        await pause(Math.random() * Math.min(MAX_BACKOFF_MS, 2 ** attempt * 5));
      }
    }
  }

  private runOnce<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    this.sqlite?.ensureNoTransaction();
    return this.onRunner(async (runner) => {
      await runner.startTransaction();
      const result = await this.rollBackOnError(runner, async () => {
        const done = await work(runner.manager);
        await this.beforeCommit?.(runner.manager);
        return done;
      });
      await this.commit(runner);
      // Outside this unit, so that the hook can start work with units of its own.
      this.activeUnit.exit(() => this.afterCommit?.(runner.manager));
      return result;
    });
  }

  /** Closes the connection after a timeout, because a network that drops packets returns no error. */
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
      if (isConnectionLoss(error)) throw outcomeUnknown(error);
      throw error;
    }
  }

  /** Destroys a connection whose rollback failed, because its transaction may still be open. */
  private async rollBack(runner: QueryRunner): Promise<void> {
    try {
      await runner.rollbackTransaction();
    } catch (error) {
      this.log.warn(`Rollback failed, the connection is closed: ${String(error)}`);
      this.sqlite?.reset();
      const connection: unknown = await runner.connect().catch(() => undefined);
      if (hasStream(connection)) connection.stream.destroy(new ConnectionTimeoutError());
    }
  }
}

function outcomeUnknown(cause: unknown): CommitOutcomeUnknownError {
  return new CommitOutcomeUnknownError('The connection broke while committing', { cause });
}

/** Classifies a database failure; null if the error came from `work`. */
function classifyFailure(error: unknown): DatabaseFailure | null {
  if (isStorageFailure(error)) return 'storage';
  if (isConflict(error)) return 'conflict';
  if (isConnectionLoss(error)) return 'connection';
  return error instanceof CommitOutcomeUnknownError ? 'commit' : null;
}

/** True for a mysql2 connection. Destroying its stream makes the running statements fail. */
function hasStream(connection: unknown): connection is { stream: { destroy(error: Error): void } } {
  return typeof connection === 'object' && connection !== null && 'stream' in connection;
}
