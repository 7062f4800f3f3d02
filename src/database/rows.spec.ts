import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Column, type DataSource, Entity, In, LessThan, LessThanOrEqual, Not, PrimaryGeneratedColumn } from 'typeorm';
import {
  isOnMysql,
  type ScratchDatabase,
  createScratchDatabase,
} from '../../test/support/database/scratch-database.js';
import { dataSourceOptions } from './data-source/data-source-options.js';
import { isUniqueViolation } from './database-errors.js';
import { openDataSource } from './data-source/open-data-source.js';
import { findColumns, findRow, findRows, incrementRows, insertRow, updateRows } from './rows.js';
import { UnitOfWork } from './unit-of-work.js';

@Entity('parcels')
class TestRow {
  @PrimaryGeneratedColumn('increment', { type: 'integer' })
  id!: number;

  @Column('varchar', { length: 32, unique: true })
  labelNo!: string;

  @Column('varchar', { length: 16, default: 'NEW' })
  status!: string;

  @Column('integer', { default: 0 })
  weightGrams!: number;

  @Column('boolean', { default: false })
  isFragile!: boolean;

  @Column('datetime', { precision: 3, nullable: true })
  sentAt!: Date | null;

  /** A reserved word in both dialects. */
  @Column('varchar', { length: 16, nullable: true })
  order!: string | null;
}

const databases: { where: string; open: () => Promise<ScratchDatabase> }[] = [
  { where: 'SQLite in memory', open: () => Promise.resolve({ url: 'sqlite::memory:', drop: () => Promise.resolve() }) },
  ...(isOnMysql ? [{ where: 'MySQL', open: createScratchDatabase }] : []),
];

const SENT_AT = new Date('2026-11-21T04:05:06.078Z');

describe.each(databases)('row statements on $where', ({ open }) => {
  let scratch: ScratchDatabase;
  let dataSource: DataSource;
  let unitOfWork: UnitOfWork;

  beforeEach(async () => {
    scratch = await open();
    dataSource = await openDataSource(dataSourceOptions({ url: scratch.url, entities: [TestRow], migrations: [] }));
    await dataSource.synchronize();
    unitOfWork = new UnitOfWork(dataSource);
  });

  afterEach(async () => {
    await dataSource.destroy();
    await scratch.drop();
  });

  const parcels = (): Promise<TestRow[]> =>
    unitOfWork.read((manager) => manager.find(TestRow, { order: { labelNo: 'ASC' } }));
  const seed = (...rows: Partial<TestRow>[]): Promise<unknown> =>
    unitOfWork.run((tx) => tx.insert(TestRow, rows as object[]));

  it('findRows returns the same rows as TypeORM, in the order of the column', async () => {
    const row = { status: 'SENT', isFragile: true, sentAt: SENT_AT, order: "O'Hara" };
    await seed({ ...row, labelNo: 'A', weightGrams: 30 }, { ...row, labelNo: 'B', weightGrams: 20 }, { labelNo: 'C' });
    const ours = await unitOfWork.run((tx) => findRows(tx, TestRow, { status: 'SENT' }, 'weightGrams'));
    expect(ours.map(({ labelNo }) => labelNo)).toEqual(['B', 'A']);
    const theirs = await unitOfWork.read((manager) =>
      manager.find(TestRow, { where: { status: 'SENT' }, order: { weightGrams: 'ASC' } }),
    );
    expect(ours).toEqual(theirs.map((one) => ({ ...one })));
    expect(await unitOfWork.run((tx) => findRows(tx, TestRow, { status: 'LOST' }, 'id'))).toEqual([]);
  });

  it('findColumns returns the given columns of the first rows, in the order of several columns', async () => {
    const later = new Date(SENT_AT.getTime() + 1);
    await seed(
      { labelNo: 'A', sentAt: SENT_AT, weightGrams: 2 },
      { labelNo: 'B', sentAt: later, weightGrams: 0 },
      { labelNo: 'C', sentAt: SENT_AT, weightGrams: 1 },
      { labelNo: 'D', sentAt: null },
    );
    const find = (until: Date, limit?: number): Promise<unknown> =>
      unitOfWork.read((manager) =>
        findColumns(
          manager,
          TestRow,
          ['labelNo', 'sentAt'],
          { sentAt: LessThanOrEqual(until) },
          {
            orderBy: ['sentAt', 'weightGrams'],
            ...(limit !== undefined && { limit }),
          },
        ),
      );
    const [a, b, c] = [
      { labelNo: 'A', sentAt: SENT_AT },
      { labelNo: 'B', sentAt: later },
      { labelNo: 'C', sentAt: SENT_AT },
    ];
    expect(await find(later)).toEqual([c, a, b]);
    expect(await find(SENT_AT)).toEqual([c, a]);
    expect(await find(later, 1)).toEqual([c]);
  });

  it('incrementRows adds one to the rows that meet the conditions', async () => {
    await seed({ labelNo: 'A', weightGrams: 30 }, { labelNo: 'B', weightGrams: 20 });
    expect(await unitOfWork.run((tx) => incrementRows(tx, TestRow, { labelNo: 'A' }, 'weightGrams'))).toBe(1);
    expect((await parcels()).map(({ weightGrams }) => weightGrams)).toEqual([31, 20]);
  });

  it('insertRow stores the same values as TypeORM', async () => {
    const row = { status: 'SENT', weightGrams: 250, isFragile: true, sentAt: SENT_AT, order: "O'Hara\\`?" };
    await unitOfWork.run((tx) => insertRow(tx, TestRow, { labelNo: 'A', ...row }));
    await seed({ labelNo: 'B', ...row });
    const [ours, theirs] = await parcels();
    expect(ours).toMatchObject(row);
    expect(theirs).toMatchObject(row);
    const stored: unknown[] = await dataSource.query(
      'SELECT DISTINCT status, weight_grams, is_fragile, sent_at, `order` FROM parcels',
    );
    expect(stored).toHaveLength(1);
  });

  it('insertRow uses the table’s defaults for missing columns', async () => {
    await unitOfWork.run((tx) => insertRow(tx, TestRow, { labelNo: 'A', sentAt: null }));
    expect(await parcels()).toMatchObject([{ id: 1, status: 'NEW', weightGrams: 0, isFragile: false, sentAt: null }]);
  });

  it('findRow reads TypeORM’s rows, only the requested columns', async () => {
    await seed({ labelNo: 'A', isFragile: true, sentAt: SENT_AT }, { labelNo: 'B' });
    const found = await unitOfWork.run((tx) =>
      findRow(tx, TestRow, ['labelNo', 'isFragile', 'sentAt', 'order'], { labelNo: 'A' }),
    );
    expect(found).toEqual({ labelNo: 'A', isFragile: true, sentAt: SENT_AT, order: null });
    expect(await unitOfWork.run((tx) => findRow(tx, TestRow, ['id'], { labelNo: 'C' }))).toBeNull();
  });

  it('updateRows changes the matching rows and returns their number', async () => {
    await seed({ labelNo: 'A' }, { labelNo: 'B', status: 'LOST' }, { labelNo: 'C', status: 'SENT' });
    const change = (where: Parameters<typeof updateRows<TestRow>>[2], changes: Partial<TestRow>): Promise<number> =>
      unitOfWork.run((tx) => updateRows(tx, TestRow, where, changes));
    expect(await change({ labelNo: 'A', status: Not('SENT') }, { status: 'SENT', sentAt: SENT_AT })).toBe(1);
    expect(await change({ labelNo: 'A', status: Not('SENT') }, { status: 'SENT', sentAt: null })).toBe(0);
    expect(await change({ status: In(['LOST', 'NEW']) }, { isFragile: true })).toBe(1);
    expect(await parcels()).toMatchObject([
      { labelNo: 'A', status: 'SENT', sentAt: SENT_AT, isFragile: false },
      { labelNo: 'B', status: 'LOST', sentAt: null, isFragile: true },
      { labelNo: 'C', status: 'SENT', sentAt: null, isFragile: false },
    ]);
  });

  it('updateRows counts matching rows that do not change', async () => {
    await seed({ labelNo: 'A' }, { labelNo: 'B' });
    expect(await unitOfWork.run((tx) => updateRows(tx, TestRow, { status: 'NEW' }, { status: 'NEW' }))).toBe(2);
  });

  it('insertRow throws the database’s error', async () => {
    await seed({ labelNo: 'A' });
    const again = unitOfWork.run((tx) => insertRow(tx, TestRow, { labelNo: 'A' }));
    expect(await again.catch(isUniqueViolation)).toBe(true);
  });

  it.each<[string, Parameters<typeof updateRows<TestRow>>[2]]>([
    ['no condition', {}],
    ['null, which nothing equals', { order: null } as never],
    ['nothing', { labelNo: undefined } as never],
    ['an empty list', { labelNo: In([]) }],
    ['a list that it may not be in', { labelNo: Not(In(['A'])) }],
    ['an order', { weightGrams: LessThan(10) }],
    ['a column that is none', { labelNo: 'A', '1=1 OR id': 1 } as never],
  ])('updateRows rejects %s instead of changing other rows', async (_what, where) => {
    await seed({ labelNo: 'A' });
    await expect(unitOfWork.run((tx) => updateRows(tx, TestRow, where, { status: 'LOST' }))).rejects.toThrow();
    expect(await parcels()).toMatchObject([{ status: 'NEW' }]);
  });

  it('rejects a missing value', async () => {
    await seed({ labelNo: 'A' });
    const changes = { status: undefined } as never;
    await expect(unitOfWork.run((tx) => updateRows(tx, TestRow, { labelNo: 'A' }, changes))).rejects.toThrow('status');
  });
});
