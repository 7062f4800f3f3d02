import { type EntityManager, type EntityTarget, LessThanOrEqual } from 'typeorm';

/** A row that waits for a moment; null when it waits for nothing. */
export interface Due {
  id: number;
  nextCheckAt: Date | null;
}

export interface Lease {
  now: Date;
  /** The claim lapses then: a dead owner simply stops owning it. */
  until: Date;
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
export async function claimDue<Row extends Due>(
  tx: EntityManager,
  entity: new () => Row,
  lease: Lease,
): Promise<Claim<Row>> {
  const table: EntityTarget<Due> = entity;
  const where = { nextCheckAt: LessThanOrEqual(lease.now) };
  const [due] = (await tx.find(table, { where, order: { nextCheckAt: 'ASC', id: 'ASC' }, take: 1 })) as Row[];
  if (!due) return { row: undefined, isAnyDue: false };
  const unchanged = { id: due.id, nextCheckAt: due.nextCheckAt ?? lease.now };
  const { affected } = await tx.update(table, unchanged, { nextCheckAt: lease.until });
  return { row: affected === 1 ? { ...due, nextCheckAt: lease.until } : undefined, isAnyDue: true };
}

/** Gives an unfinished claim back, unless somebody has moved the row on. */
export async function releaseClaim<Row extends Due>(
  tx: EntityManager,
  entity: new () => Row,
  row: Row,
  now: Date,
): Promise<void> {
  const table: EntityTarget<Due> = entity;
  await tx.update(table, { id: row.id, nextCheckAt: row.nextCheckAt ?? now }, { nextCheckAt: now });
}
