import { In, LessThan, MoreThan } from 'typeorm';
import type { Clock } from '../../common/time/clock.js';
import type { UnitOfWork } from '../../database/unit-of-work.js';
import type { BillLease } from '../day/bill-lease.js';
import { findEntries } from '../entries/find-entries.js';
import { BillDifference } from './bill-difference.entity.js';
import type { ComparisonRun } from './difference-recorder.js';

const BATCH_SIZE = 100;

/**
 * Ends the open differences that the last comparison has not found again. An entry that was missing or behind here, and that the
 * bill still lists, has been recorded meanwhile: it is RESOLVED. All others are deleted, because this comparison replaces
 * them. What was resolved or explained stays.
 */
export async function removeOutdated(
  unitOfWork: UnitOfWork,
  clock: Clock,
  lease: BillLease,
  { billId, runNo, fileId }: ComparisonRun & { fileId: number | null },
): Promise<void> {
  let after = 0;
  for (;;) {
    const rows = await unitOfWork.read((manager) =>
      manager.find(BillDifference, {
        where: { billId, status: In(['OPEN', 'WAITING']), seenRun: LessThan(runNo), id: MoreThan(after) },
        order: { id: 'ASC' },
        take: BATCH_SIZE,
      }),
    );
    await lease.run(async (tx) => {
      const resolved = new Set<number>();
      for (const type of ['PAYMENT', 'REFUND'] as const) {
        const behind = rows.filter((row) => row.entryType === type && isOursBehind(row));
        const fileIds = fileId === null ? [] : [fileId];
        const listed = await findEntries(
          tx,
          fileIds,
          type,
          behind.map(({ number }) => number),
        );
        const numbers = new Set(listed.map(({ number }) => number));
        for (const { id, number } of behind) if (numbers.has(number)) resolved.add(id);
      }
      const changes = { status: 'RESOLVED', resolution: 'RECORDED_MEANWHILE', endedAt: clock.now() } as const;
      if (resolved.size > 0) await tx.update(BillDifference, { id: In([...resolved]), status: 'OPEN' }, changes);
      const others = rows.map(({ id }) => id).filter((id) => !resolved.has(id));
      if (others.length > 0) await tx.delete(BillDifference, { id: In(others), status: In(['OPEN', 'WAITING']) });
    });
    after = rows.at(-1)?.id ?? after;
    if (rows.length < BATCH_SIZE) return;
  }
}

function isOursBehind({ status, kind }: BillDifference): boolean {
  return status === 'OPEN' && (kind === 'MISSING_HERE' || kind === 'STATUS');
}
