import { type Page, pageOf, type PageQuery } from './paging.js';

/** Rows that a view shows of each list inside it. The list's own route has the others. */
export const MAX_EMBEDDED_ROWS = 100;
/** The same for refunds: each may carry nine addresses of 500 characters. */
export const MAX_EMBEDDED_REFUNDS = 50;

/** What a view shows of a list: some rows, how many there are, and the cursor with which the list's own route goes on. */
export interface EmbeddedList<Row> {
  rows: Row[];
  count: number;
  /** Null when all rows are shown. */
  nextCursor: string | null;
}

/** The first page of a list, in the order of the list. @param rows hold one more than `limit` when there are others. */
export function toEmbeddedList<Row extends { id: number }>(
  rows: Row[],
  limit: number,
  count: number,
): EmbeddedList<Row> {
  const { items, nextCursor } = pageOf(rows, { limit }, (row) => row);
  return { rows: items, count, nextCursor };
}

/** The newest rows in the order in which they came. @param newest newest first, one more than `limit` when there are others. */
export function toEmbeddedListInOrder<Row extends { id: number }>(
  newest: Row[],
  limit: number,
  count: number,
): EmbeddedList<Row> {
  const shown = toEmbeddedList(newest, limit, count);
  return { ...shown, rows: shown.rows.toReversed() };
}

/** One page as an admin list answers it: with the total, which costs a count, only when it was asked for. */
export async function withTotal<T>(
  page: Page<T>,
  query: PageQuery & { withTotal?: boolean },
  count: () => Promise<number>,
): Promise<Page<T> & { total?: number }> {
  return query.withTotal === true ? { ...page, total: await count() } : page;
}
