import { purgeOldRows } from '../database/purge-old-rows.js';
import type { UnitOfWork } from '../database/unit-of-work.js';
import { KnownNetwork } from './known-network.entity.js';
import { LoginCounter } from './login-counter.entity.js';
import { LoginFailure } from './login-failure.entity.js';

/** Deletes the failures of usernames and networks without an attempt since `before`. */
export async function purgeLoginFailures(unitOfWork: UnitOfWork, before: Date): Promise<void> {
  await purgeOldRows(unitOfWork, { entity: LoginFailure, ageProperty: 'lastAt', before });
  await purgeOldRows(unitOfWork, { entity: LoginCounter, ageProperty: 'lastAt', before });
}

/** Deletes the networks that expired before `now`. */
export async function purgeKnownNetworks(unitOfWork: UnitOfWork, now: Date): Promise<void> {
  await purgeOldRows(unitOfWork, { entity: KnownNetwork, ageProperty: 'knownUntil', before: now });
}
