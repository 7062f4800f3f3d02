import { purgeOldRows } from '../database/purge-old-rows.js';
import type { UnitOfWork } from '../database/unit-of-work.js';
import { IdempotencyKey } from './idempotency-key.entity.js';

/** Deletes keys that were first used before `before`. */
export async function purgeIdempotencyKeys(unitOfWork: UnitOfWork, before: Date): Promise<void> {
  await purgeOldRows(unitOfWork, { entity: IdempotencyKey, ageProperty: 'createdAt', before });
}
