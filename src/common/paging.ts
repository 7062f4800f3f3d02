import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { IfGiven } from './if-given.js';
import { validationFailed } from './input.pipe.js';

/** One page of a list. `nextCursor` is null on the last. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** `?limit=` and `?cursor=`, the same for every list. */
export class PageQuery {
  @ApiPropertyOptional({ minimum: 1, maximum: 100, default: 20 })
  @IfGiven()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  readonly limit: number = 20;

  @ApiPropertyOptional({ description: 'The `nextCursor` of the previous page.' })
  @IfGiven()
  @IsString()
  @MaxLength(64)
  readonly cursor?: string;
}

/**
 * The row id of the cursor, for a list by descending id. The cursor is the encoded id of the last row of the previous page.
 * @throws DomainError VALIDATION_FAILED for an invalid cursor, because an empty page would look like the end of the list.
 */
export function beforeRowId(query: PageQuery): number | undefined {
  return cursorRowId(query);
}

/** The id of the last row of the previous page, for a list in any order. @throws DomainError VALIDATION_FAILED. */
export function cursorRowId(query: PageQuery): number | undefined {
  if (query.cursor === undefined) return undefined;
  const row = Buffer.from(query.cursor, 'base64url').toString('latin1');
  if (!/^[0-9a-z]{1,10}$/.test(row)) {
    throw validationFailed([{ field: 'cursor', message: 'cursor must be a nextCursor of this list' }]);
  }
  return Number.parseInt(row, 36);
}

/** `rows` contains one row more than `limit` if there is another page. */
export function pageOf<Row extends { id: number }, T>(rows: Row[], query: PageQuery, view: (row: Row) => T): Page<T> {
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  const hasMore = rows.length > query.limit && last !== undefined;
  return {
    items: shown.map((row) => view(row)),
    nextCursor: hasMore ? Buffer.from(last.id.toString(36), 'latin1').toString('base64url') : null,
  };
}
