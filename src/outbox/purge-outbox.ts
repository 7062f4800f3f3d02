import { purgeOldRows } from '../database/purge-old-rows.js';
import type { UnitOfWork } from '../database/unit-of-work.js';
import { OutboxEntry } from './outbox-entry.entity.js';

/** Deletes delivered and dropped entries created before `before`. Stuck entries stay until staff act. */
export async function purgeOutbox(unitOfWork: UnitOfWork, before: Date): Promise<void> {
  for (const status of ['DONE', 'DROPPED'] as const) {
    await purgeOldRows(unitOfWork, { entity: OutboxEntry, ageProperty: 'createdAt', before, where: { status } });
  }
}
