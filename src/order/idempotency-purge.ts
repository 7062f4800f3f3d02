import { purgeOld } from '../database/purge.js';
import type { UnitOfWork } from '../database/unit-of-work.js';
import { IdempotencyKey } from './idempotency-key.entity.js';

/** Deletes keys that were first used before `before`. */
export async function purgeIdempotencyKeys(unitOfWork: UnitOfWork, before: Date): Promise<void> {
  await purgeOld(unitOfWork, { entity: IdempotencyKey, ageOf: 'createdAt', before });
}
