import { type EntityManager, type EntityTarget, IsNull, LessThanOrEqual, MoreThan } from 'typeorm';
import type { DueRow } from '../database/claim-due.js';
import type { UnitOfWork } from '../database/unit-of-work.js';

/** A row whose last query may have had no usable answer: from `earlyCheckAt` on, the next query may be brought forward. */
export interface EarlyDueRow extends DueRow {
  earlyCheckAt: Date | null;
}

export interface BringForwardOptions {
  now: Date;
  /** Longer than the work on one row. A row that is due sooner may be leased and is not changed. */
  leaseMs: number;
  /** Maximum number of rows. */
  batchSize: number;
}

/**
 * Makes rows due now, by compare-and-set on both dates, those that have waited longest first. May be repeated and run
 * concurrently on several instances. Costs one index lookup when there are none.
 * @returns the number of rows that it made due.
 */
export async function bringForward(
  unitOfWork: UnitOfWork,
  entity: new () => EarlyDueRow,
  options: BringForwardOptions,
): Promise<number> {
  const rows = await unitOfWork.read((manager) => waitingRows(manager, entity, options));
  if (rows.length === 0) return 0;
  return unitOfWork.run(async (tx) => {
    let moved = 0;
    for (const { id, nextCheckAt, earlyCheckAt } of rows) {
      const unchanged = { id, nextCheckAt: nextCheckAt ?? IsNull(), earlyCheckAt: earlyCheckAt ?? IsNull() };
      const isOver = nextCheckAt === null; // only `earlyCheckAt` is left
      const dates = { earlyCheckAt: null, ...(isOver ? {} : { nextCheckAt: options.now }) };
      const { affected } = await tx.update(entity, unchanged, dates);
      if (affected === 1 && !isOver) moved += 1;
    }
    return moved;
  });
}

function waitingRows(
  manager: EntityManager,
  table: EntityTarget<EarlyDueRow>,
  { now, leaseMs, batchSize }: BringForwardOptions,
): Promise<EarlyDueRow[]> {
  const earlyCheckAt = LessThanOrEqual(now);
  const afterLease = new Date(now.getTime() + leaseMs);
  return manager.find(table, {
    where: [
      { earlyCheckAt, nextCheckAt: MoreThan(afterLease) },
      { earlyCheckAt, nextCheckAt: IsNull() },
    ],
    order: { earlyCheckAt: 'ASC', id: 'ASC' },
    take: batchSize,
  });
}
