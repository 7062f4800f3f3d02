import { purgeOld } from '../database/purge.js';
import type { UnitOfWork } from '../database/unit-of-work.js';
import { LoginFailure } from './login-failure.entity.js';

/** Deletes the failures of names that were not tried since `before`. A name that is tried meanwhile stays. */
export async function purgeLoginFailures(unitOfWork: UnitOfWork, before: Date): Promise<void> {
  await purgeOld(unitOfWork, { entity: LoginFailure, ageOf: 'lastAt', before });
}
