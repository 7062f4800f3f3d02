import type { EntityManager } from 'typeorm';
import { DomainError } from '../common/domain-error.js';
import { Admin } from './admin.entity.js';

/**
 * Replaces the password of an account and ends all of its sessions except the kept one.
 * @throws DomainError UNAUTHENTICATED when the account was changed or disabled since it was read: the caller's session has
 * then ended too.
 */
export async function replacePassword(
  tx: EntityManager,
  { id, sessionEpoch }: Admin,
  { passwordHash, keptSessionHash }: { passwordHash: string; keptSessionHash: string },
): Promise<void> {
  const changed = { passwordHash, keptSessionHash, sessionEpoch: sessionEpoch + 1 };
  const { affected } = await tx.update(Admin, { id, sessionEpoch, isDisabled: false }, changed);
  if (affected === 1) return;
  const isDone = await tx.existsBy(Admin, { id, passwordHash }); // an earlier commit succeeded, but its response was lost
  if (!isDone) throw new DomainError('UNAUTHENTICATED');
}
