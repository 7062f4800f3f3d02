import type { EntityManager } from 'typeorm';
import type { Actor } from '../audit/audit-log.js';
import { DomainError } from '../common/domain-error.js';
import { Admin } from './admin.entity.js';

/**
 * The guard looked a moment ago, when somebody else's change may have been under way.
 * @throws DomainError FORBIDDEN when the actor is no administrator any more.
 */
export async function ensureStillAllowed(tx: EntityManager, actor: Actor): Promise<void> {
  const isAllowed = await tx.existsBy(Admin, { id: actor.id, role: 'ADMIN', isDisabled: false });
  if (!isAllowed) throw new DomainError('FORBIDDEN');
}
