import { Equal, type FindOptionsWhere, LessThan } from 'typeorm';
import { validationFailed } from '../common/input.pipe.js';
import type { Page, PageQuery } from '../common/paging.js';
import type { Admin } from './admin.entity.js';
import { staffView, type StaffView } from './staff.dto.js';

/** Accounts have no row number, so the list is sorted by creation time and then by id, newest first. */
export const NEWEST_FIRST = { createdAt: 'DESC', id: 'DESC' } as const;

const CURSOR = /^([0-9a-z]{1,9})\.([0-9A-Z]{1,24})$/;

/**
 * Returns the conditions for rows after the cursor, joined by OR.
 * @throws DomainError VALIDATION_FAILED for an invalid cursor: an empty page would look like the end of the list.
 */
export function afterCursor({ cursor }: PageQuery): FindOptionsWhere<Admin>[] {
  if (cursor === undefined) return [{}];
  const [, milliseconds, id] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  if (milliseconds === undefined || id === undefined) {
    throw validationFailed([{ field: 'cursor', message: 'cursor must be a nextCursor of this list' }]);
  }
  const createdAt = new Date(Number.parseInt(milliseconds, 36));
  return [{ createdAt: LessThan(createdAt) }, { createdAt: Equal(createdAt), id: LessThan(id) }];
}

/** `rows` holds one row more than the limit when there is another page. */
export function staffPage(rows: Admin[], { limit }: PageQuery): Page<StaffView> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const nextCursor = rows.length > limit && last ? cursorOf(last) : null;
  return { items: shown.map(staffView), nextCursor };
}

function cursorOf({ createdAt, id }: Admin): string {
  return Buffer.from(`${createdAt.getTime().toString(36)}.${id}`, 'latin1').toString('base64url');
}
