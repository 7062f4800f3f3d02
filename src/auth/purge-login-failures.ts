import { purgeOldRows } from '../database/purge-old-rows.js';
import type { UnitOfWork } from '../database/unit-of-work.js';
import { KnownNetwork } from './known-network.entity.js';
import { LoginCount } from './login-count.entity.js';
import { LoginFailure } from './login-failure.entity.js';

/** Deletes the failures of names and networks that were not tried since `before`. A name that is tried meanwhile stays. */
export async function purgeLoginFailures(unitOfWork: UnitOfWork, before: Date): Promise<void> {
  await purgeOldRows(unitOfWork, { entity: LoginFailure, ageProperty: 'lastAt', before });
  await purgeOldRows(unitOfWork, { entity: LoginCount, ageProperty: 'lastAt', before });
}

/** Deletes the networks that were known until `now`, and no longer are. */
export async function purgeKnownNetworks(unitOfWork: UnitOfWork, now: Date): Promise<void> {
  await purgeOldRows(unitOfWork, { entity: KnownNetwork, ageProperty: 'knownUntil', before: now });
}
