import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { IfDefined } from '../if-defined.js';
import { WithTotal } from './list-filters.js';
import { validationFailed } from '../validation/input.pipe.js';

/** One page of a list. `nextCursor` is null on the last. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** `?limit=` and `?cursor=`, the same for every list. */
export class PageQuery {
  @ApiPropertyOptional({ minimum: 1, maximum: 100, default: 20 })
  @IfDefined()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  readonly limit: number = 20;

  @ApiPropertyOptional({ description: 'The `nextCursor` of the previous page.' })
  @IfDefined()
  @IsString()
  @MaxLength(64)
  readonly cursor?: string;
}

/** A page of a list that counts its rows only when `?withTotal=true` requests it, because it needs a count query. */
export interface CountedPage<T> extends Page<T> {
  /** The number of rows on all pages. */
  total?: number;
}

/** `?limit=`, `?cursor=` and `?withTotal=`. */
export class CountedPageQuery extends PageQuery {
  @WithTotal()
  readonly withTotal?: boolean;
}

/** A row of a table with a row id that grows with each row. */
export interface NumberedRow {
  id: number;
}

/**
 * The id of the last row of the previous page.
 * @throws DomainError VALIDATION_FAILED for an invalid cursor, because an empty page would look like the end of the list.
 */
export function cursorRowId(query: PageQuery): number | undefined {
  const [row] = decodeCursor(query, /^[0-9a-z]{1,10}$/) ?? [];
  return row === undefined ? undefined : Number.parseInt(row, 36);
}

/** The cursor after this row, for a list by row id. */
export function cursorOfRow({ id }: NumberedRow): string {
  return encodeCursor(id.toString(36));
}

/** The match of the decoded cursor; undefined without a cursor. @throws DomainError VALIDATION_FAILED. */
export function decodeCursor({ cursor }: PageQuery, format: RegExp): RegExpExecArray | undefined {
  if (cursor === undefined) return undefined;
  const match = format.exec(Buffer.from(cursor, 'base64url').toString('latin1'));
  if (match) return match;
  throw validationFailed([{ field: 'cursor', message: 'cursor must be a nextCursor of this list' }]);
}

export function encodeCursor(text: string): string {
  return Buffer.from(text, 'latin1').toString('base64url');
}

/** @param rows contains one row more than `limit` if there is another page. */
export function pageOf<Row extends NumberedRow>(rows: Row[], query: PageQuery): Page<Row>;
export function pageOf<Row>(rows: Row[], query: PageQuery, cursorOf: (row: Row) => string): Page<Row>;
export function pageOf<Row extends NumberedRow>(
  rows: Row[],
  { limit }: PageQuery,
  cursorOf: (row: Row) => string = cursorOfRow,
): Page<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? cursorOf(last) : null };
}

/** The page with a view of each row. */
export function mapPage<Row, T>(page: CountedPage<Row>, view: (row: Row) => T): CountedPage<T> {
  return { ...page, items: page.items.map((row) => view(row)) };
}
