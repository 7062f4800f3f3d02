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

  @ApiPropertyOptional({ description: 'The `nextCursor` of the page before.' })
  @IfGiven()
  @IsString()
  @MaxLength(64)
  readonly cursor?: string;
}

/**
 * Rows are listed newest first, by their growing number; the cursor is the last number shown, made opaque.
 * @throws DomainError VALIDATION_FAILED for anything else: an empty page would look like the end of the list.
 */
export function beforeRowId(query: PageQuery): number | undefined {
  return cursorRowId(query);
}

/** The last row shown, of a list that says in which order it goes on. @throws DomainError VALIDATION_FAILED. */
export function cursorRowId(query: PageQuery): number | undefined {
  if (query.cursor === undefined) return undefined;
  const row = Buffer.from(query.cursor, 'base64url').toString('latin1');
  if (!/^[0-9a-z]{1,10}$/.test(row)) {
    throw validationFailed([{ field: 'cursor', message: 'cursor must be a nextCursor of this list' }]);
  }
  return Number.parseInt(row, 36);
}

/** `rows` holds one more than asked for when there is another page. */
export function pageOf<Row extends { id: number }, T>(rows: Row[], query: PageQuery, view: (row: Row) => T): Page<T> {
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  const hasMore = rows.length > query.limit && last !== undefined;
  return {
    items: shown.map((row) => view(row)),
    nextCursor: hasMore ? Buffer.from(last.id.toString(36), 'latin1').toString('base64url') : null,
  };
}
