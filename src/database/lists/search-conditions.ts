import { And, type FindOperator, LessThan, MoreThanOrEqual, Raw } from 'typeorm';
import { toInstant } from '../../common/time/instants.js';

/** The condition of `?from=` and `?to=` on a time. Undefined without either. */
export function isBetween({ from, to }: { from?: string; to?: string }): FindOperator<Date> | undefined {
  const since = from === undefined ? [] : [MoreThanOrEqual(toInstant(from))];
  const until = to === undefined ? [] : [LessThan(toInstant(to))];
  return since.length + until.length > 0 ? And(...since, ...until) : undefined;
}

/** The text contains `part`, in upper or lower case. */
export function contains(part: string): FindOperator<string> {
  const pattern = `%${part.replaceAll(/[!%_]/g, '!$&')}%`;
  return Raw((column) => `LOWER(${column}) LIKE LOWER(:pattern) ESCAPE '!'`, { pattern }) as FindOperator<string>;
}

/** The values that are in all lists; undefined without a list. */
export function intersectionOf(lists: readonly (readonly string[])[]): string[] | undefined {
  const [first, ...others] = lists;
  return first?.filter((value) => others.every((list) => list.includes(value)));
}
