import type { EntityManager } from 'typeorm';
import type { Actor } from '../audit/audit-log.js';
import { DomainError } from '../common/domain-error.js';
import { Admin } from './admin.entity.js';

/**
 * The guard looked a moment ago, when another change may have been under way. A compare-and-set, so that it waits for such
 * a change, and one that comes later waits for us: no key is made by an account that is disabled at the same moment.
 * @throws DomainError FORBIDDEN when the actor is no administrator any more.
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
