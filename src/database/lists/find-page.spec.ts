import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Column, type DataSource, Entity, type FindOptionsWhere, PrimaryGeneratedColumn } from 'typeorm';
import {
  createScratchDatabase,
  isOnMysql,
  type ScratchDatabase,
} from '../../../test/support/database/scratch-database.js';
import type { CountedPage } from '../../common/paging/paging.js';
import { dataSourceOptions } from '../data-source/data-source-options.js';
import { openDataSource } from '../data-source/open-data-source.js';
import { findPage, type ListOrder, NEWEST_FIRST, OLDEST_FIRST } from './find-page.js';
import { contains, intersectionOf, isBetween } from './search-conditions.js';

@Entity('books')
class TestBook {
  @PrimaryGeneratedColumn('increment', { type: 'integer' })
  id!: number;

  @Column('varchar', { length: 32 })
  title!: string;

  @Column('datetime', { precision: 3 })
  addedAt!: Date;
}

const databases: { where: string; open: () => Promise<ScratchDatabase> }[] = [
  { where: 'SQLite in memory', open: () => Promise.resolve({ url: 'sqlite::memory:', drop: () => Promise.resolve() }) },
  ...(isOnMysql ? [{ where: 'MySQL', open: createScratchDatabase }] : []),
];

describe.each(databases)('a page of a table on $where', ({ open }) => {
  let scratch: ScratchDatabase;
  let dataSource: DataSource;

  beforeEach(async () => {
    scratch = await open();
    dataSource = await openDataSource(dataSourceOptions({ url: scratch.url, entities: [TestBook], migrations: [] }));
    await dataSource.synchronize();
    const titles = ['Tea', '100% tea', '100_tea', 'GREEN TEA', 'Coffee'];
    const rows = titles.map((title, day) => ({ title, addedAt: new Date(Date.UTC(2026, 10, day + 1)) }));
    await dataSource.manager.insert(TestBook, rows);
  });

  afterEach(async () => {
    await dataSource.destroy();
    await scratch.drop();
  });

  const find = (
    where: FindOptionsWhere<TestBook> | FindOptionsWhere<TestBook>[],
    order: ListOrder<TestBook>,
    query: { limit: number; cursor?: string; withTotal?: boolean },
  ): Promise<CountedPage<TestBook>> => findPage(dataSource.manager, TestBook, query, { where, order });

  async function idsOfAllPages(
    where: FindOptionsWhere<TestBook> | FindOptionsWhere<TestBook>[],
    order: ListOrder<TestBook>,
    limit: number,
  ): Promise<number[]> {
    const ids: number[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page: CountedPage<TestBook> = await find(where, order, { limit, ...(cursor !== undefined && { cursor }) });
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    return ids;
  }

  it.each([1, 2, 3, 5, 100])('returns every matching row once, in order, with %i rows on a page', async (limit) => {
    expect(await idsOfAllPages({}, NEWEST_FIRST, limit)).toEqual([5, 4, 3, 2, 1]);
    expect(await idsOfAllPages({}, OLDEST_FIRST, limit)).toEqual([1, 2, 3, 4, 5]);
    expect(await idsOfAllPages([{ title: 'Tea' }, { title: contains('green') }], NEWEST_FIRST, limit)).toEqual([4, 1]);
  });

  it('joins the cursor with a condition on the same column', async () => {
    const first = await find({}, NEWEST_FIRST, { limit: 2 });
    const cursor = first.nextCursor ?? '';
    expect(await find({ id: 5 }, NEWEST_FIRST, { limit: 2, cursor })).toEqual({ items: [], nextCursor: null });
    expect((await find({ id: 1 }, NEWEST_FIRST, { limit: 2, cursor })).items).toHaveLength(1);
  });

  it('accepts a cursor of an earlier release, which is the row id in base 36 as base64url', async () => {
    const page = await find({}, NEWEST_FIRST, { limit: 1, cursor: 'Mw' });
    expect(page).toMatchObject({ items: [{ id: 2 }], nextCursor: 'Mg' });
  });

  it('counts the rows of all pages only if the query requests it', async () => {
    const where = { title: contains('TEA') };
    expect((await find(where, NEWEST_FIRST, { limit: 1, withTotal: true })).total).toBe(4);
    expect(await find(where, NEWEST_FIRST, { limit: 1 })).not.toHaveProperty('total');
  });

  it('searches a part of a text literally, in upper or lower case', async () => {
    expect(await idsOfAllPages({ title: contains('100%') }, OLDEST_FIRST, 9)).toEqual([2]);
    expect(await idsOfAllPages({ title: contains('0_t') }, OLDEST_FIRST, 9)).toEqual([3]);
    expect(await idsOfAllPages({ title: contains('!') }, OLDEST_FIRST, 9)).toEqual([]);
  });

  it('restricts a time to a period that includes its beginning but not its end', async () => {
    const idsBetween = (period: { from?: string; to?: string }): Promise<number[]> => {
      const addedAt = isBetween(period);
      return idsOfAllPages(addedAt ? { addedAt } : {}, OLDEST_FIRST, 9);
    };
    expect(await idsBetween({ from: '2026-11-02T00:00:00Z' })).toEqual([2, 3, 4, 5]);
    expect(await idsBetween({ to: '2026-11-02T00:00:00Z' })).toEqual([1]);
    expect(await idsBetween({ from: '2026-11-02T00:00:00Z', to: '2026-11-04T00:00:00Z' })).toEqual([2, 3]);
    expect(await idsBetween({})).toEqual([1, 2, 3, 4, 5]);
  });
});

describe('the intersection of searches', () => {
  it('contains the values of all lists, and is undefined without a list', () => {
    expect(intersectionOf([])).toBeUndefined();
    expect(intersectionOf([['B', 'A']])).toEqual(['B', 'A']);
    expect(intersectionOf([['A', 'B'], ['B', 'C'], []])).toEqual([]);
    expect(
      intersectionOf([
        ['A', 'B', 'C'],
        ['C', 'B'],
      ]),
    ).toEqual(['B', 'C']);
  });
});
