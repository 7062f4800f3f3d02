import { type EntityManager, IsNull, Not } from 'typeorm';
import { DomainError } from '../common/domain-error.js';
import { User } from './user.entity.js';

/**
 * Takes this user's turn to place an order, until the transaction ends: what counts the user's orders must not run at the
 * same time as another placing. The number really changes, because the nodes of a Galera cluster compare only changed rows.
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
 * Blocks the user and ends all of their sessions, in whichever store they are kept. May be repeated.
 * @param at in UTC.
 * @returns false when the user was blocked already, or does not exist.
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

/** Lets the user log in again; the sessions of before stay ended. @returns false when the user was not blocked. */
export async function unblockUser(tx: EntityManager, id: string): Promise<boolean> {
  const { affected } = await tx.update(User, { id, blockedAt: Not(IsNull()) }, { blockedAt: null });
  return affected === 1;
}
