import { type EntityManager, type EntityTarget, type FindOptionsWhere, LessThanOrEqual, MoreThan } from 'typeorm';

/** A row that becomes due at `nextCheckAt`; null if it never does. */
export interface DueRow {
  id: number;
  nextCheckAt: Date | null;
  /** In some tables: the earliest time at which a success of WeChat may make the row due. A claim clears it. */
  earlyCheckAt?: Date | null;
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
  const unchanged = { id: due.id, nextCheckAt: due.nextCheckAt ?? lease.now };
  // Clearing `earlyCheckAt` prevents that the row is made due, and claimed again, while a worker processes it.
  const mark = tx.dataSource.getMetadata(table).findColumnWithPropertyName('earlyCheckAt');
  const claimed = { nextCheckAt: lease.until, ...(mark && { earlyCheckAt: null }) };
  const { affected } = await tx.update(table, unchanged, claimed);
  return { row: affected === 1 ? { ...(due as Row), ...claimed } : undefined, isAnyDue: true };
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
