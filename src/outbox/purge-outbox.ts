import { purgeOldRows } from '../database/purge-old-rows.js';
import type { UnitOfWork } from '../database/unit-of-work.js';
import { OutboxEntry } from './outbox-entry.entity.js';

/** Deletes what was written before `before` and is delivered or dropped. What is stuck stays for a person to see. */
export async function purgeOutbox(unitOfWork: UnitOfWork, before: Date): Promise<void> {
  for (const status of ['DONE', 'DROPPED'] as const) {
    await purgeOldRows(unitOfWork, { entity: OutboxEntry, ageProperty: 'createdAt', before, where: { status } });
  }
}
