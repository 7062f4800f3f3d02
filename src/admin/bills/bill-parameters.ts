import { DomainError } from '../../common/problem/domain-error.js';
import { parseInstant } from '../../common/time/instants.js';
import { validationFailed } from '../../common/validation/input.pipe.js';

/** A day in a path, such as 2026-11-21. Called after the body is validated. @throws DomainError VALIDATION_FAILED. */
export function toBillDate(date: string): string {
  if (date.length === 10 && parseInstant(date) !== null) return date;
  throw validationFailed([{ field: 'date', message: 'date must be a day such as 2026-11-21' }]);
}

/** The id of a difference in a path. @throws DomainError BILL_DIFFERENCE_NOT_FOUND. */
export function toDifferenceId(id: string): number {
  if (/^[1-9]\d{0,14}$/.test(id)) return Number(id);
  throw new DomainError('BILL_DIFFERENCE_NOT_FOUND');
}
