import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InputPipe } from '../validation/input.pipe.js';
import { cursorRowId, mapPage, PageQuery, type Page, pageOf } from './paging.js';

const query = (limit: number, cursor?: string): PageQuery => ({ limit, ...(cursor !== undefined && { cursor }) });

/** Rows of a table, newest first, one more than the page shows. */
function pageOfTable(table: number[], query: PageQuery): Page<number> {
  const before = cursorRowId(query) ?? Number.POSITIVE_INFINITY;
  const rows = table.filter((id) => id < before).slice(0, query.limit + 1);
  const page = pageOf(
    rows.map((id) => ({ id })),
    query,
  );
  return mapPage(page, ({ id }) => id);
}

describe('paging: a list', () => {
  it('returns every row exactly once, in order, for any list and page size', () => {
    const tables = fc.uniqueArray(fc.integer({ min: 1, max: 2_147_483_647 }), { maxLength: 60 });
    fc.assert(
      fc.property(tables, fc.integer({ min: 1, max: 100 }), (ids, limit) => {
        const table = ids.sort((a, b) => b - a);
        const seen: number[] = [];
        let cursor: string | null = null;
        do {
          const page = pageOfTable(table, query(limit, cursor ?? undefined));
          expect(page.items.length).toBeLessThanOrEqual(limit);
          seen.push(...page.items);
          cursor = page.nextCursor;
        } while (cursor !== null);
        expect(seen).toEqual(table);
      }),
    );
  });

  it('has no cursor after a last page that is exactly full', () => {
    expect(pageOfTable([3, 2, 1], query(3))).toEqual({ items: [3, 2, 1], nextCursor: null });
    expect(pageOfTable([], query(3))).toEqual({ items: [], nextCursor: null });
  });

  it('does not repeat or lose rows when new rows are added between two pages', () => {
    const first = pageOfTable([4, 3, 2, 1], query(2));
    const second = pageOfTable([6, 5, 4, 3, 2, 1], query(2, first.nextCursor ?? ''));
    expect([...first.items, ...second.items]).toEqual([4, 3, 2, 1]);
  });
});

describe('paging: a cursor', () => {
  it('is decoded to its row id', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_147_483_647 }), (id) => {
        const { nextCursor } = pageOf([{ id }, { id: 0 }], query(1));
        expect(nextCursor).toMatch(/^[\w-]+$/);
        expect(cursorRowId(query(1, nextCursor ?? ''))).toBe(id);
      }),
    );
  });

  it('that is invalid is rejected or decoded to some row, and never causes an error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 64 }), (cursor) => {
        try {
          expect(Number.isSafeInteger(cursorRowId(query(20, cursor)))).toBe(true);
        } catch (error) {
          expect(error).toMatchObject({ code: 'VALIDATION_FAILED' });
        }
      }),
    );
  });

  it.each(['', '*', '-', 'null', '1; DROP TABLE orders', '茶'])('is rejected if it is %j', (cursor) => {
    expect(() => cursorRowId(query(20, cursor))).toThrow('cursor');
  });
});

describe('paging: the query', () => {
  const ask = (value: Record<string, unknown>): Promise<unknown> =>
    new InputPipe().transform(value, { type: 'query', metatype: PageQuery });

  it.each([
    [{}, 20],
    [{ limit: '1' }, 1],
    [{ limit: '100' }, 100],
  ])('is accepted: %j', async (value, limit) => {
    expect(await ask(value)).toMatchObject({ limit });
  });

  it.each([
    [{ limit: '0' }],
    [{ limit: '101' }],
    [{ limit: '-1' }],
    [{ limit: '1.5' }],
    [{ limit: 'ten' }],
    [{ limit: ['1', '2'] }],
    [{ cursor: ['a', 'b'] }],
    [{ cursor: 'x'.repeat(65) }],
  ])('is rejected: %j', async (value) => {
    await expect(ask(value)).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  });
});
