import type { EntityManager } from 'typeorm';
import { User } from '../auth/user.entity.js';
import type { Order } from './order.entity.js';

/** The openid of who pays the order: its buyer, or the payer of a payment order. Null while that one is unknown. */
export async function findPayerOpenid(
  manager: EntityManager,
  { userId, payerOpenid }: Pick<Order, 'userId' | 'payerOpenid'>,
): Promise<string | null> {
  if (userId === null) return payerOpenid;
  return (await manager.findOneBy(User, { id: userId }))?.openid ?? null;
}
