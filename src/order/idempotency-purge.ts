import { LessThan } from 'typeorm';
import type { UnitOfWork } from '../database/unit-of-work.js';
import { IdempotencyKey } from './idempotency-key.entity.js';

const BATCH = 500;

/** Forgets keys that were first used before `before`, a handful at a time. */
export async function purgeIdempotencyKeys(unitOfWork: UnitOfWork, before: Date): Promise<void> {
  await unitOfWork.run(async (tx) => {
    const old = await tx.find(IdempotencyKey, { where: { createdAt: LessThan(before) }, take: BATCH });
    if (old.length > 0) await tx.remove(IdempotencyKey, old);
  });
}
