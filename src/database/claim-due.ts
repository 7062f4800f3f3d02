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
  limit: number;
}

/**
 * Takes due rows by moving their date, with compare-and-set: whoever moves it owns the row until then, among any number
 * of instances. Costs what is due, not what exists, by the index on the date.
 */
export async function claimDue<Row extends Due>(
  tx: EntityManager,
  entity: new () => Row,
  lease: Lease,
): Promise<Row[]> {
  const table: EntityTarget<Due> = entity;
  const where = { nextCheckAt: LessThanOrEqual(lease.now) };
  const rows = (await tx.find(table, { where, order: { nextCheckAt: 'ASC', id: 'ASC' }, take: lease.limit })) as Row[];
  const claimed: Row[] = [];
  for (const row of rows) {
    const unchanged = { id: row.id, nextCheckAt: row.nextCheckAt ?? lease.now };
    const { affected } = await tx.update(table, unchanged, { nextCheckAt: lease.until });
    if (affected === 1) claimed.push({ ...row, nextCheckAt: lease.until });
  }
  return claimed;
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
