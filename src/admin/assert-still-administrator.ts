import type { EntityManager } from 'typeorm';
import type { Actor } from '../audit/audit-log.js';
import { DomainError } from '../common/domain-error.js';
import { Admin } from './admin.entity.js';

/**
 * Checks the actor's role again within the transaction, because it may have changed since the guard ran. The compare-and-set
 * serializes with concurrent account changes, so an account that is being disabled cannot create an API key.
 * @throws DomainError FORBIDDEN when the actor is no longer an administrator.
 */
export async function assertStillAdministrator(tx: EntityManager, actor: Actor): Promise<void> {
  const { affected } = await tx
    .createQueryBuilder()
    .update(Admin)
    .set({ changeCount: () => 'change_count + 1' })
    .where({ id: actor.id, role: 'ADMIN', isDisabled: false })
    .execute();
  if (affected !== 1) throw new DomainError('FORBIDDEN');
}
