import { type EntityManager, type EntityTarget, type FindOptionsWhere, LessThanOrEqual, MoreThan } from 'typeorm';

/** A row that waits for a moment; null when it waits for nothing. */
export interface DueRow {
  id: number;
  nextCheckAt: Date | null;
  /** In some tables: from when on an answer of WeChat may bring the row forward. A claim takes the mark away. */
  earlyCheckAt?: Date | null;
}

export interface ClaimLease {
  now: Date;
  /** The claim lapses then: a dead owner simply stops owning it. */
  until: Date;
  /** No row waits longer than until then. A later date was written while a clock was wrong, and counts as due. */
  latestPlausible: Date;
}

/** `row` is ours until the lease ends. Without one, `isAnyDue` says whether somebody else took it a moment before. */
export interface Claim<Row> {
  row: Row | undefined;
  isAnyDue: boolean;
}

/**
 * Takes the row that has waited longest by moving its date, with compare-and-set: whoever moves it owns it until then,
 * among any number of instances. Costs what is due, not what exists, by the index on the date.
 */
export async function claimDue<Row extends DueRow>(
  tx: EntityManager,
  entity: new () => Row,
  lease: ClaimLease,
): Promise<Claim<Row>> {
  const table: EntityTarget<DueRow> = entity;
  // One end of the index after the other: an OR of both would sort on SQLite.
  const due =
    (await findFirst(tx, table, { nextCheckAt: LessThanOrEqual(lease.now) }, 'ASC')) ??
    (await findFirst(tx, table, { nextCheckAt: MoreThan(lease.latestPlausible) }, 'DESC'));
  if (!due) return { row: undefined, isAnyDue: false };
  const unchanged = { id: due.id, nextCheckAt: due.nextCheckAt ?? lease.now };
  // Without its mark the row cannot be brought forward, and so be claimed twice, while a worker has it.
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

/** Gives an unfinished claim back, unless somebody has moved the row on. */
export async function releaseClaim<Row extends DueRow>(
  tx: EntityManager,
  entity: new () => Row,
  row: Row,
  now: Date,
): Promise<void> {
  const table: EntityTarget<DueRow> = entity;
  await tx.update(table, { id: row.id, nextCheckAt: row.nextCheckAt ?? now }, { nextCheckAt: now });
}
