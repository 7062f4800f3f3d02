import type { DataSource, ObjectLiteral } from 'typeorm';
import type { PurgeOptions } from './purge-old-rows.js';

/** How long the rows of a table are kept. */
interface RetentionRule<Row> {
  /** The property with the time of the row. It needs an index after the properties of `where`. */
  ageProperty: keyof Row & string;
  /** Rows are deleted when `ageProperty` is this long ago. */
  seconds: number;
  /** Restricts the rule to rows with exactly these values. */
  where?: Partial<Row>;
  /** Rows further ahead than this are deleted too: a wrong clock wrote them. */
  maxSecondsAhead?: number;
}

const RULES = 'wx-checkout:retention';

/** The housekeeping job deletes old rows of this entity. Never for rows about payments and refunds. May be repeated. */
export const DeleteOldRows =
  <Row extends ObjectLiteral>(rule: RetentionRule<Row>) =>
  (entity: new () => Row): void => {
    Reflect.defineMetadata(RULES, [...rulesOf(entity), rule], entity);
  };

/** What to purge now, by the rules of all entities of this database. */
export function duePurges(dataSource: DataSource, now: Date): PurgeOptions<ObjectLiteral>[] {
  const secondsFromNow = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);
  return dataSource.entityMetadatas.flatMap(({ target: entity }) =>
    rulesOf(entity).flatMap(({ ageProperty, seconds, where = {}, maxSecondsAhead }) => [
      { entity, ageProperty, where, before: secondsFromNow(-seconds) },
      ...(maxSecondsAhead === undefined
        ? []
        : [{ entity, ageProperty, where, after: secondsFromNow(maxSecondsAhead) }]),
    ]),
  );
}

function rulesOf(entity: object | string): RetentionRule<ObjectLiteral>[] {
  if (typeof entity === 'string') return [];
  return (Reflect.getMetadata(RULES, entity) as RetentionRule<ObjectLiteral>[] | undefined) ?? [];
}
