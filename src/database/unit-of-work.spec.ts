import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import fc from 'fast-check';
import {
  Column,
  DataSource,
  Entity,
  type EntityManager,
  PrimaryColumn,
  QueryFailedError,
  type QueryRunner,
} from 'typeorm';
import {
  isOnMysql,
  type ScratchDatabase,
  createScratchDatabase,
} from '../../test/support/database/scratch-database.js';
import { DomainError } from '../common/problem/domain-error.js';
import { dataSourceOptions } from './data-source/data-source-options.js';
import { isConflict, isConnectionLoss, isUniqueViolation } from './database-errors.js';
import { openDataSource } from './data-source/open-data-source.js';
import { UnitOfWork } from './unit-of-work.js';

@Entity('drawers')
class Drawer {
  @PrimaryColumn('varchar', { length: 8 })
  name!: string;

  @Column('integer')
  fen!: number;
}

const databases: { where: string; open: () => Promise<ScratchDatabase> }[] = [
  { where: 'SQLite in memory', open: () => Promise.resolve({ url: 'sqlite::memory:', drop: () => Promise.resolve() }) },
  ...(isOnMysql ? [{ where: 'MySQL', open: createScratchDatabase }] : []),
];

Logger.overrideLogger(false);

/** A driver's error, with a code, a number, or both. */
function driverError(code: string, errno?: number): Error {
  return Object.assign(new Error(code), { code, ...(errno !== undefined && { errno }) });
}

const queryFailure = (cause: Error): QueryFailedError => new QueryFailedError('UPDATE drawers', [], cause);

describe.each(databases)('unit of work on $where', ({ open }) => {
  let scratch: ScratchDatabase;
  let dataSource: DataSource;
  let unitOfWork: UnitOfWork;

  beforeEach(async () => {
    scratch = await open();
    dataSource = await openDataSource(dataSourceOptions({ url: scratch.url, entities: [Drawer], migrations: [] }));
    await dataSource.synchronize();
    unitOfWork = new UnitOfWork(dataSource);
    await unitOfWork.run((tx) =>
      tx.insert(Drawer, [
        { name: 'left', fen: 100 },
        { name: 'right', fen: 0 },
      ]),
    );
  });

  afterEach(async () => {
    await dataSource.destroy();
    await scratch.drop();
  });

  const fenIn = async (name: string): Promise<number | undefined> =>
    (await unitOfWork.read((manager) => manager.findOneBy(Drawer, { name })))?.fen;

  const moves = async (tx: EntityManager, fen: number): Promise<void> => {
    await tx.decrement(Drawer, { name: 'left' }, 'fen', fen);
    await tx.increment(Drawer, { name: 'right' }, 'fen', fen);
  };

  it('commits the changes and returns the result', async () => {
    expect(await unitOfWork.run((tx) => moves(tx, 30).then(() => 'moved'))).toBe('moved');
    expect([await fenIn('left'), await fenIn('right')]).toEqual([70, 30]);
  });

  it('rolls back and rethrows if the work throws', async () => {
    const error = new DomainError('ORDER_NOT_FOUND');
    const work = async (tx: EntityManager): Promise<void> => {
      await moves(tx, 30);
      throw error;
    };
    await expect(unitOfWork.run(work)).rejects.toBe(error);
    expect([await fenIn('left'), await fenIn('right')]).toEqual([100, 0]);
  });

  it('rolls back after a failed statement and can be used again', async () => {
    const work = async (tx: EntityManager): Promise<void> => {
      await moves(tx, 30);
      await tx.insert(Drawer, { name: 'left', fen: 1 });
    };
    const error: unknown = await unitOfWork.run(work).catch((error: unknown) => error);
    expect(isUniqueViolation(error)).toBe(true);
    expect([await fenIn('left'), await fenIn('right')]).toEqual([100, 0]);
    await unitOfWork.run((tx) => moves(tx, 5));
    expect(await fenIn('right')).toBe(5);
  });

  it('isolates concurrent units from each other', async () => {
    const takeTen = (tx: EntityManager): Promise<boolean> =>
      tx
        .createQueryBuilder()
        .update(Drawer)
        .set({ fen: () => 'fen - 10' })
        .where('name = :name AND fen >= 10', { name: 'left' })
        .execute()
        .then(({ affected }) => affected === 1);
    const results = await Promise.all(
      Array.from({ length: 30 }, (_, turn) =>
        unitOfWork
          .run(async (tx) => {
            const isTaken = await takeTen(tx);
            if (isTaken) await tx.increment(Drawer, { name: 'right' }, 'fen', 10);
            if (turn % 3 === 0) throw new Error('rolled back on purpose');
            return isTaken;
          })
          .catch(() => false),
      ),
    );
    const taken = results.filter(Boolean).length;
    expect(taken).toBe(10);
    expect([await fenIn('left'), await fenIn('right')]).toEqual([0, 100]);
  });

  it('keeps the total of two rows with concurrent transfers and failures', async () => {
    const plans = fc.array(fc.record({ fen: fc.integer({ min: -20, max: 20 }), fails: fc.constantFrom(0, 1, 2) }), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        const before = (await fenIn('right')) ?? Number.NaN;
        await Promise.all(
          plan.map(({ fen, fails }) =>
            unitOfWork
              .run(async (tx) => {
                await tx.decrement(Drawer, { name: 'left' }, 'fen', fen);
                if (fails === 1) throw new Error('between the drawers');
                await tx.increment(Drawer, { name: 'right' }, 'fen', fen);
                if (fails === 2) throw new Error('at the end');
              })
              .catch(() => undefined),
          ),
        );
        const moved = plan.filter(({ fails }) => fails === 0).reduce((sum, { fen }) => sum + fen, 0);
        expect(await fenIn('right')).toBe(before + moved);
        expect(await fenIn('left')).toBe(100 - before - moved);
      }),
      { numRuns: 25 },
    );
  });

  it.each([
    ['a deadlock', driverError('ER_LOCK_DEADLOCK', 1213)],
    ['a lock timeout', driverError('ER_LOCK_WAIT_TIMEOUT', 1205)],
    ['a busy SQLite', driverError('SQLITE_BUSY')],
    ['a changed snapshot', driverError('SQLITE_BUSY_SNAPSHOT')],
    ['a lost connection', driverError('PROTOCOL_CONNECTION_LOST')],
  ])('is retried as a whole after %s and takes effect once', async (_what, cause) => {
    let attempts = 0;
    await unitOfWork.run(async (tx) => {
      attempts += 1;
      await moves(tx, 30);
      if (attempts < 3) throw queryFailure(cause);
    });
    expect(attempts).toBe(3);
    expect([await fenIn('left'), await fenIn('right')]).toEqual([70, 30]);
  });

  it('is not retried for permanent errors', async () => {
    for (const error of [
      new Error('bug'),
      queryFailure(driverError('ER_DUP_ENTRY', 1062)),
      queryFailure(driverError('ER_PARSE_ERROR', 1064)),
    ]) {
      const work = jest.fn(() => Promise.reject(error));
      await expect(unitOfWork.run(work)).rejects.toBe(error);
      expect(work).toHaveBeenCalledTimes(1);
    }
  });

  it('gives up on a permanent conflict before the caller times out', async () => {
    let attempts = 0;
    const start = performance.now();
    const endless = unitOfWork.run(() => {
      attempts += 1;
      return Promise.reject(queryFailure(driverError('ER_LOCK_DEADLOCK')));
    });
    await expect(endless).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(attempts).toBeGreaterThan(1);
    expect(performance.now() - start).toBeLessThan(5000);
  });

  /** Replaces the commit of the next unit, once. */
  const nextCommit = (instead: (runner: QueryRunner, commit: () => Promise<void>) => Promise<void>): void => {
    const original = dataSource.createQueryRunner.bind(dataSource);
    jest.spyOn(dataSource, 'createQueryRunner').mockImplementationOnce((mode) => {
      const runner = original(mode);
      const commit = runner.commitTransaction.bind(runner);
      runner.commitTransaction = async () => {
        runner.commitTransaction = commit; // SQLite's runner is reused
        await instead(runner, commit);
      };
      return runner;
    });
  };

  it.each([
    ['another node was first', driverError('ER_LOCK_DEADLOCK', 1213)],
    ['a lock timed out', driverError('ER_LOCK_WAIT_TIMEOUT', 1205)],
    ['the node is outside its cluster', driverError('ER_UNKNOWN_COM_ERROR', 1047)],
    ['the group rejected it', driverError('ER_TRANSACTION_ROLLBACK_DURING_COMMIT', 3101)],
  ])('is retried as a whole if a cluster reports at the commit that %s', async (_what, cause) => {
    // As Galera's certification: the statements succeed, but the commit is rolled back.
    nextCommit(async (runner) => {
      await runner.query('ROLLBACK');
      throw queryFailure(cause);
    });
    const work = jest.fn((tx: EntityManager) => moves(tx, 30));
    await unitOfWork.run(work);
    expect(work).toHaveBeenCalledTimes(2);
    expect([await fenIn('left'), await fenIn('right')]).toEqual([70, 30]);
  });

  it.each([
    ['the connection breaks', driverError('ECONNRESET')],
    ['the node leaves its cluster', queryFailure(driverError('ER_ERROR_DURING_COMMIT', 1180))],
  ])('throws SERVICE_UNAVAILABLE without a retry if %s during the commit', async (_what, cause) => {
    nextCommit(async (_runner, commit) => {
      await commit();
      throw cause;
    });
    const work = jest.fn((tx: EntityManager) => moves(tx, 30));
    await expect(unitOfWork.run(work)).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(work).toHaveBeenCalledTimes(1);
    // The commit took place, and the next unit gets a working connection.
    expect([await fenIn('left'), await fenIn('right')]).toEqual([70, 30]);
  });

  it('throws if it is started inside another one, for writing and for reading', async () => {
    const nested = [
      () => unitOfWork.run(() => unitOfWork.run(() => Promise.resolve(1))),
      () => unitOfWork.run(() => unitOfWork.read(() => Promise.resolve(1))),
      () => unitOfWork.read(() => unitOfWork.run(() => Promise.resolve(1))),
    ];
    for (const begin of nested) await expect(begin()).rejects.toThrow('pass tx instead');
    expect(await unitOfWork.run(() => Promise.resolve('alive'))).toBe('alive');
  });

  it('may run after and beside another one in the same call', async () => {
    await unitOfWork.run((tx) => moves(tx, 1));
    await Promise.all([unitOfWork.run((tx) => moves(tx, 1)), unitOfWork.run((tx) => moves(tx, 1))]);
    expect(await fenIn('right')).toBe(3);
  });

  it('is visible to readers only after its commit', async () => {
    let finish: () => void = () => undefined;
    const isHeld = new Promise<void>((resolve) => (finish = resolve));
    const unit = unitOfWork.run(async (tx) => {
      await moves(tx, 30);
      await isHeld;
    });
    const reading = fenIn('right');
    // On MySQL the reader does not wait. On SQLite's only connection it waits and sees all changes.
    if (dataSource.options.type === 'mysql') expect(await reading).toBe(0);
    finish();
    await unit;
    if (dataSource.options.type !== 'mysql') expect(await reading).toBe(30);
    expect(await fenIn('right')).toBe(30);
  });

  it('works after a failed read', async () => {
    await expect(unitOfWork.read(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await fenIn('left')).toBe(100);
  });
});

describe('database errors', () => {
  it.each([
    ['ER_DUP_ENTRY', { unique: true }],
    ['SQLITE_CONSTRAINT_UNIQUE', { unique: true }],
    ['SQLITE_CONSTRAINT_PRIMARYKEY', { unique: true }],
    ['SQLITE_CONSTRAINT_NOTNULL', {}],
    ['ER_LOCK_DEADLOCK', { conflict: true }],
    ['ER_LOCK_WAIT_TIMEOUT', { conflict: true }],
    ['ER_CHECKREAD', { conflict: true }],
    ['SQLITE_BUSY', { conflict: true }],
    ['SQLITE_LOCKED_SHAREDCACHE', { conflict: true }],
    ['ECONNREFUSED', { loss: true }],
    ['PROTOCOL_CONNECTION_LOST', { loss: true }],
    ['ER_SERVER_SHUTDOWN', { loss: true }],
    ['ER_ERROR_DURING_COMMIT', { loss: true }],
    ['ER_OPTION_PREVENTS_STATEMENT', { loss: true }],
    ['ER_NO_SUCH_TABLE', {}],
  ])(
    '%s is classified, with and without TypeORM’s wrapper',
    (
      code,
      { unique = false, conflict = false, loss = false }: { unique?: boolean; conflict?: boolean; loss?: boolean },
    ) => {
      for (const error of [driverError(code), queryFailure(driverError(code))]) {
        expect([isUniqueViolation(error), isConflict(error), isConnectionLoss(error)]).toEqual([
          unique,
          conflict,
          loss,
        ]);
      }
    },
  );

  it.each([[1213], [1205], [1020], [1047], [3101], [9007], [8002], [8022], [8028]])(
    'the number %d alone is a conflict',
    (errno) => {
      expect(isConflict(queryFailure(Object.assign(new Error('?'), { errno })))).toBe(true);
    },
  );

  it.each([[null], [undefined], ['ER_DUP_ENTRY'], [42], [{}]])('%j is not a database error', (thrown) => {
    expect([isUniqueViolation(thrown), isConflict(thrown), isConnectionLoss(thrown)]).toEqual([false, false, false]);
  });
});
