import {
  type EntityManager,
  type EntityTarget,
  type FindOptionsWhere,
  LessThanOrEqual,
  MoreThan,
  type FindOperator,
  IsNull,
} from 'typeorm';

/** A row that becomes due at `nextCheckAt`; null if it never does. */
export interface DueRow {
  id: number;
  nextCheckAt: Date | null;
  /** In some tables: the earliest time at which a success of WeChat may make the row due. A claim clears it. */
  earliestCheckAt?: Date | null;
}

export interface ClaimLease {
  now: Date;
  /** End of the lease. A worker that crashed loses its claim then. */
  until: Date;
  /** The latest plausible due time. A later one was written while a clock was wrong, so the row counts as due. */
  latestPlausible: Date;
}

/** `row` is claimed until the lease ends. Without a row, `isAnyDue` says whether another worker claimed it first. */
export interface Claim<Row> {
  row: Row | undefined;
  isAnyDue: boolean;
}

/**
 * Claims the row that has been due for the longest time. A compare-and-set of `nextCheckAt` makes sure that only one worker of
 * any instance gets it. Uses the index on the date, so the cost depends on the due rows, not on the size of the table.
 */
export async function claimDue<Row extends DueRow>(
  tx: EntityManager,
  entity: new () => Row,
  lease: ClaimLease,
): Promise<Claim<Row>> {
  const table: EntityTarget<DueRow> = entity;
  // Two queries, because an OR of both conditions would sort on SQLite.
  const due =
    (await findFirst(tx, table, { nextCheckAt: LessThanOrEqual(lease.now) }, 'ASC')) ??
    (await findFirst(tx, table, { nextCheckAt: MoreThan(lease.latestPlausible) }, 'DESC'));
  if (!due) return { row: undefined, isAnyDue: false };
  return { row: (await claimRow(tx, entity, due as Row, lease.until)) ?? undefined, isAnyDue: true };
}

/**
 * Claims this row until the lease ends, by compare-and-set of `nextCheckAt` as read.
 * @returns the claimed row; null when another worker has claimed it, or it is never due.
 */
export async function claimRow<Row extends DueRow>(
  tx: EntityManager,
  entity: new () => Row,
  row: Row,
  until: Date,
): Promise<Row | null> {
  const table: EntityTarget<DueRow> = entity;
  const { id, nextCheckAt } = row;
  if (nextCheckAt === null) return null;
  // Clearing `earliestCheckAt` prevents that the row is made due, and claimed again, while a worker processes it.
  const mark = tx.dataSource.getMetadata(table).findColumnWithPropertyName('earliestCheckAt');
  const claimed = { nextCheckAt: until, ...(mark && { earliestCheckAt: null }) };
  const { affected } = await tx.update(table, { id, nextCheckAt }, claimed);
  return affected === 1 ? { ...row, ...claimed } : null;
}

async function findFirst(
  tx: EntityManager,
  table: EntityTarget<DueRow>,
  where: FindOptionsWhere<DueRow>,
  direction: 'ASC' | 'DESC',
): Promise<DueRow | undefined> {
  const [first] = await tx.find(table, { where, order: { nextCheckAt: direction, id: direction }, take: 1 });
  return first;
}

/** Releases an unfinished claim, unless the row has been rescheduled in the meantime. */
export async function releaseClaim<Row extends DueRow>(
  tx: EntityManager,
  entity: new () => Row,
  row: Row,
  now: Date,
): Promise<void> {
  const table: EntityTarget<DueRow> = entity;
  await tx.update(table, { id: row.id, nextCheckAt: row.nextCheckAt ?? now }, { nextCheckAt: now });
}

/** Milliseconds: much longer than any lease, and longer than the clocks of two instances may differ. */
const MAX_LEASE_MS = 60 * 60_000;

/**
 * The values of a lease column while no caller holds the lease: none, an end that has passed, or one so far ahead that a wrong
 * clock wrote it.
 */
export function freeLeaseConditions(now: Date): FindOperator<Date>[] {
  return [IsNull() as FindOperator<Date>, LessThanOrEqual(now), MoreThan(new Date(now.getTime() + MAX_LEASE_MS))];
}
