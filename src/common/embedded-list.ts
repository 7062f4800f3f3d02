import { type Page, pageOf, type PageQuery } from './paging.js';

/** Rows of an embedded list that a view returns. The route of the list returns the others. */
export const MAX_EMBEDDED_ROWS = 100;
/** The same for refunds, each of which can have nine URLs of 500 characters. */
export const MAX_EMBEDDED_REFUNDS = 50;

/** A list inside a view: its first rows, the total count, and the cursor for the other rows. */
export interface EmbeddedList<Row> {
  rows: Row[];
  count: number;
  /** Null if all rows are returned. */
  nextCursor: string | null;
}

/** The first page of a list. @param rows contains one row more than `limit` if there are more. */
export function toEmbeddedList<Row extends { id: number }>(
  rows: Row[],
  limit: number,
  count: number,
): EmbeddedList<Row> {
  const { items, nextCursor } = pageOf(rows, { limit }, (row) => row);
  return { rows: items, count, nextCursor };
}

/** The newest rows in ascending order. @param newest newest first, one row more than `limit` if there are more. */
export function toEmbeddedListInOrder<Row extends { id: number }>(
  newest: Row[],
  limit: number,
  count: number,
): EmbeddedList<Row> {
  const shown = toEmbeddedList(newest, limit, count);
  return { ...shown, rows: shown.rows.toReversed() };
}

/** Adds the total to a page of an admin list if the query requests it, because it needs a count query. */
export async function withTotal<T>(
  page: Page<T>,
  query: PageQuery & { withTotal?: boolean },
  count: () => Promise<number>,
): Promise<Page<T> & { total?: number }> {
  return query.withTotal === true ? { ...page, total: await count() } : page;
}
