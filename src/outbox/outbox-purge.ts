import { In, LessThan } from 'typeorm';
import type { UnitOfWork } from '../database/unit-of-work.js';
import { OutboxEntry } from './outbox-entry.entity.js';

const BATCH = 500;

/** Forgets what was delivered or dropped before `before`, a handful at a time. What is stuck stays for somebody to see. */
export async function purgeOutbox(unitOfWork: UnitOfWork, before: Date): Promise<void> {
  await unitOfWork.run(async (tx) => {
    const where = { status: In(['DONE', 'DROPPED']), createdAt: LessThan(before) };
    const old = await tx.find(OutboxEntry, { where, order: { id: 'ASC' }, take: BATCH, select: { id: true } });
    if (old.length > 0) await tx.delete(OutboxEntry, { id: In(old.map(({ id }) => id)) });
  });
}
