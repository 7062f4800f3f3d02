import { type EntityManager, type EntityTarget, IsNull, LessThanOrEqual, MoreThan } from 'typeorm';
import type { DueRow } from '../jobs/claim-due.js';
import type { UnitOfWork } from '../database/unit-of-work.js';

/**
 * A row whose last query may have had no usable response: from `earliestCheckAt` on, the next query may be brought
 * forward.
 */
export interface ReschedulableRow extends DueRow {
  earliestCheckAt: Date | null;
}

export interface RescheduleOptions {
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
export async function rescheduleUnansweredChecks(
  unitOfWork: UnitOfWork,
  entity: new () => ReschedulableRow,
  options: RescheduleOptions,
): Promise<number> {
  const rows = await unitOfWork.read((manager) => findReschedulableRows(manager, entity, options));
  if (rows.length === 0) return 0;
  return unitOfWork.run(async (tx) => {
    let moved = 0;
    for (const { id, nextCheckAt, earliestCheckAt } of rows) {
      const unchanged = { id, nextCheckAt: nextCheckAt ?? IsNull(), earliestCheckAt: earliestCheckAt ?? IsNull() };
      const isOver = nextCheckAt === null; // only `earliestCheckAt` is left
      const dates = { earliestCheckAt: null, ...(isOver ? {} : { nextCheckAt: options.now }) };
      const { affected } = await tx.update(entity, unchanged, dates);
      if (affected === 1 && !isOver) moved += 1;
    }
    return moved;
  });
}

function findReschedulableRows(
  manager: EntityManager,
  table: EntityTarget<ReschedulableRow>,
  { now, leaseMs, batchSize }: RescheduleOptions,
): Promise<ReschedulableRow[]> {
  const earliestCheckAt = LessThanOrEqual(now);
  const afterLease = new Date(now.getTime() + leaseMs);
  return manager.find(table, {
    where: [
      { earliestCheckAt, nextCheckAt: MoreThan(afterLease) },
      { earliestCheckAt, nextCheckAt: IsNull() },
    ],
    order: { earliestCheckAt: 'ASC', id: 'ASC' },
    take: batchSize,
  });
}
