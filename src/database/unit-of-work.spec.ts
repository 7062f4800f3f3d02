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
import { isOnMysql, type ScratchDatabase, createScratchDatabase } from '../../test/support/scratch-database.js';
import { DomainError } from '../common/domain-error.js';
import { dataSourceOptions } from './data-source-options.js';
import { isConflict, isConnectionLoss, isUniqueViolation } from './database-errors.js';
import { openDataSource } from './open-data-source.js';
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

/** What the drivers throw: an Error with a word, a number, or both. */
function driverError(code: string, errno?: number): Error {
  return Object.assign(new Error(code), { code, ...(errno !== undefined && { errno }) });
}

const queryFailure = (cause: Error): QueryFailedError => new QueryFailedError('UPDATE drawers', [], cause);

describe.each(databases)('a unit of work on $where', ({ open }) => {
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

  it('keeps what was done and hands back what it returned', async () => {
    expect(await unitOfWork.run((tx) => moves(tx, 30).then(() => 'moved'))).toBe('moved');
    expect([await fenIn('left'), await fenIn('right')]).toEqual([70, 30]);
  });

  it('undoes everything when the work throws, and throws the same', async () => {
    const refusal = new DomainError('ORDER_NOT_FOUND');
    const work = async (tx: EntityManager): Promise<void> => {
      await moves(tx, 30);
      throw refusal;
    };
    await expect(unitOfWork.run(work)).rejects.toBe(refusal);
    expect([await fenIn('left'), await fenIn('right')]).toEqual([100, 0]);
  });

  it('undoes everything when a statement is refused, and can be used again', async () => {
    const work = async (tx: EntityManager): Promise<void> => {
      await moves(tx, 30);
      await tx.insert(Drawer, { name: 'left', fen: 1 });
    };
    const refusal: unknown = await unitOfWork.run(work).catch((error: unknown) => error);
    expect(isUniqueViolation(refusal)).toBe(true);
    expect([await fenIn('left'), await fenIn('right')]).toEqual([100, 0]);
    await unitOfWork.run((tx) => moves(tx, 5));
    expect(await fenIn('right')).toBe(5);
  });

  it('lets none of many at once see or spoil the half-done work of another', async () => {
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
            if (turn % 3 === 0) throw new Error('changed my mind');
            return isTaken;
          })
          .catch(() => false),
      ),
    );
    const taken = results.filter(Boolean).length;
    expect(taken).toBe(10);
    expect([await fenIn('left'), await fenIn('right')]).toEqual([0, 100]);
  });

  it('keeps the sum of two drawers, whatever moves at once and whatever fails', async () => {
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
    ['a lock that came too late', driverError('ER_LOCK_WAIT_TIMEOUT', 1205)],
    ['a busy SQLite', driverError('SQLITE_BUSY')],
    ['a changed snapshot', driverError('SQLITE_BUSY_SNAPSHOT')],
    ['a lost connection', driverError('PROTOCOL_CONNECTION_LOST')],
  ])('begins anew as a whole after %s, so that it counts once', async (_what, cause) => {
    let tries = 0;
    await unitOfWork.run(async (tx) => {
      tries += 1;
      await moves(tx, 30);
      if (tries < 3) throw queryFailure(cause);
    });
    expect(tries).toBe(3);
    expect([await fenIn('left'), await fenIn('right')]).toEqual([70, 30]);
  });

  it('does not begin anew for what would fail again', async () => {
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

  it('gives up on a conflict that never ends, in time to tell the caller', async () => {
    let tries = 0;
    const start = performance.now();
    const endless = unitOfWork.run(() => {
      tries += 1;
      return Promise.reject(queryFailure(driverError('ER_LOCK_DEADLOCK')));
    });
    await expect(endless).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(tries).toBeGreaterThan(1);
    expect(performance.now() - start).toBeLessThan(5000);
  });

  /** Puts something in place of the next unit's commit, once. */
  const nextCommit = (instead: (runner: QueryRunner, commit: () => Promise<void>) => Promise<void>): void => {
    const original = dataSource.createQueryRunner.bind(dataSource);
    jest.spyOn(dataSource, 'createQueryRunner').mockImplementationOnce((mode) => {
      const runner = original(mode);
      const commit = runner.commitTransaction.bind(runner);
      runner.commitTransaction = async () => {
        runner.commitTransaction = commit; // SQLite's runner serves the next unit too
        await instead(runner, commit);
      };
      return runner;
    });
  };

  it.each([
    ['another node was first', driverError('ER_LOCK_DEADLOCK', 1213)],
    ['a lock came too late', driverError('ER_LOCK_WAIT_TIMEOUT', 1205)],
    ['the node is outside of its cluster', driverError('ER_UNKNOWN_COM_ERROR', 1047)],
    ['the group refused it', driverError('ER_TRANSACTION_ROLLBACK_DURING_COMMIT', 3101)],
  ])('begins anew as a whole when a cluster says at the commit that %s', async (_what, cause) => {
    // What Galera's certification does: the work went through, and is rolled back instead of committed.
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
  ])('says that it is unavailable, rather than trying again, when %s in the commit', async (_what, cause) => {
    nextCommit(async (_runner, commit) => {
      await commit();
      throw cause;
    });
    const work = jest.fn((tx: EntityManager) => moves(tx, 30));
    await expect(unitOfWork.run(work)).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(work).toHaveBeenCalledTimes(1);
    // It did take place, and the next unit does not inherit a broken connection.
    expect([await fenIn('left'), await fenIn('right')]).toEqual([70, 30]);
  });

  it('refuses to be begun inside another, for writing and for reading, instead of waiting for itself', async () => {
    const nested = [
      () => unitOfWork.run(() => unitOfWork.run(() => Promise.resolve(1))),
      () => unitOfWork.run(() => unitOfWork.read(() => Promise.resolve(1))),
      () => unitOfWork.read(() => unitOfWork.run(() => Promise.resolve(1))),
    ];
    for (const begin of nested) await expect(begin()).rejects.toThrow('pass tx instead');
    expect(await unitOfWork.run(() => Promise.resolve('alive'))).toBe('alive');
  });

  it('may follow another, and stand beside another, in the same call', async () => {
    await unitOfWork.run((tx) => moves(tx, 1));
    await Promise.all([unitOfWork.run((tx) => moves(tx, 1)), unitOfWork.run((tx) => moves(tx, 1))]);
    expect(await fenIn('right')).toBe(3);
  });

  it('is read only when it is committed', async () => {
    let finish: () => void = () => undefined;
    const isHeld = new Promise<void>((resolve) => (finish = resolve));
    const unit = unitOfWork.run(async (tx) => {
      await moves(tx, 30);
      await isHeld;
    });
    const reading = fenIn('right');
    // On MySQL the reader does not wait; in the one connection of SQLite it does, and then sees all of it.
    if (dataSource.options.type === 'mysql') expect(await reading).toBe(0);
    finish();
    await unit;
    if (dataSource.options.type !== 'mysql') expect(await reading).toBe(30);
    expect(await fenIn('right')).toBe(30);
  });

  it('survives a reader that fails', async () => {
    await expect(unitOfWork.read(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await fenIn('left')).toBe(100);
  });
});

describe("a driver's error", () => {
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
    '%s is told apart, bare or wrapped',
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
    'of number %d alone is a conflict',
    (errno) => {
      expect(isConflict(queryFailure(Object.assign(new Error('?'), { errno })))).toBe(true);
    },
  );

  it.each([[null], [undefined], ['ER_DUP_ENTRY'], [42], [{}]])('is not seen in %j', (thrown) => {
    expect([isUniqueViolation(thrown), isConflict(thrown), isConnectionLoss(thrown)]).toEqual([false, false, false]);
  });
});
