import { type EntityManager, IsNull, Not } from 'typeorm';
import { DomainError } from '../common/domain-error.js';
import { User } from './user.entity.js';

/**
 * Locks the user's row until the transaction ends, so that concurrent orders of one user cannot exceed the order limits. The
 * value must really change, because Galera compares changed rows only.
 * @throws DomainError USER_BLOCKED.
 */
export async function lockUserForOrder(tx: EntityManager, userId: string): Promise<void> {
  const { affected } = await tx
    .createQueryBuilder()
    .update(User)
    .set({ orderTurn: () => 'order_turn + 1' })
    .where({ id: userId, blockedAt: IsNull() })
    .execute();
  if (affected !== 1) throw new DomainError('USER_BLOCKED');
}

/**
 * Blocks the user and ends all sessions of this user, in any session store. Safe to repeat.
 * @param at in UTC.
 * @returns false when the user was already blocked or does not exist.
 */
export async function blockUser(tx: EntityManager, id: string, at: Date): Promise<boolean> {
  const { affected } = await tx
    .createQueryBuilder()
    .update(User)
    .set({ blockedAt: at, sessionEpoch: () => 'session_epoch + 1' })
    .where({ id, blockedAt: IsNull() })
    .execute();
  return affected === 1;
}

/** Lets the user log in again; earlier sessions stay ended. @returns false when the user was not blocked. */
export async function unblockUser(tx: EntityManager, id: string): Promise<boolean> {
  const { affected } = await tx.update(User, { id, blockedAt: Not(IsNull()) }, { blockedAt: null });
  return affected === 1;
}
