import { type EntityManager, In } from 'typeorm';
import type { Clock } from '../../common/time/clock.js';
import { insertRows } from '../../database/rows.js';
import type { FoundDifference } from '../compare/found-difference.js';
import type { BillLease } from '../day/bill-lease.js';
import { BillDifference } from './bill-difference.entity.js';

const BATCH_SIZE = 100;

/** The comparison whose differences are recorded. */
export interface ComparisonRun {
  billId: number;
  runNo: number;
}

/**
 * Stores what one comparison finds, in batches: a day may have any number of differences. A difference that was found before
 * keeps its id, and its explanation as long as nothing about it has changed.
 */
export class DifferenceRecorder {
  private batch: FoundDifference[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly lease: BillLease,
    private readonly run: ComparisonRun,
  ) {}

  async add(found: readonly FoundDifference[]): Promise<void> {
    this.batch.push(...found);
    if (this.batch.length >= BATCH_SIZE) await this.flush();
  }

  async flush(): Promise<void> {
    const found = this.batch;
    this.batch = [];
    if (found.length === 0) return;
    await this.lease.run((tx) => recordDifferences(tx, this.run, found, this.clock.now()));
  }
}

/** Stores a batch of differences. Repeating it with the same ones changes nothing. */
async function recordDifferences(
  tx: EntityManager,
  { billId, runNo }: ComparisonRun,
  found: readonly FoundDifference[],
  now: Date,
): Promise<void> {
  const entryType = In([...new Set(found.map((one) => one.entryType))]); // the second column of the index
  const number = In([...new Set(found.map((one) => one.number))]);
  const known = new Map(
    (await tx.findBy(BillDifference, { billId, entryType, number })).map((row) => [keyOf(row), row]),
  );
  const added: Partial<BillDifference>[] = [];
  for (const difference of found) {
    const before = known.get(keyOf(difference));
    if (!before) {
      const ended = { resolution: null, note: null, explainedBy: null, endedAt: null };
      added.push({ ...difference, ...ended, billId, seenRun: runNo, createdAt: now });
      continue;
    }
    const changes = isKept(before, difference)
      ? { ...difference, seenRun: runNo, status: before.status }
      : { ...difference, seenRun: runNo, resolution: null, endedAt: null };
    await tx.update(BillDifference, { id: before.id }, changes);
  }
  await insertRows(tx, BillDifference, added);
}

/** An explanation covers the difference only as it was explained. */
function isKept(before: BillDifference, found: FoundDifference): boolean {
  return (
    before.status === 'EXPLAINED' &&
    found.status === 'OPEN' &&
    before.oursFen === found.oursFen &&
    before.theirsFen === found.theirsFen &&
    before.ourState === found.ourState &&
    before.theirState === found.theirState &&
    before.transactionId === found.transactionId
  );
}

function keyOf({ entryType, number, kind }: Pick<BillDifference, 'entryType' | 'number' | 'kind'>): string {
  return `${entryType}/${kind}/${number}`;
}
