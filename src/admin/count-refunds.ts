import type { EntityManager, FindOptionsWhere } from 'typeorm';
import { Refund } from '../refund/refund.entity.js';
import type { RefundCount } from './summary.dto.js';

/** How many refunds there are of a kind, and what they come to: added up where they are kept. */
export async function countRefunds(manager: EntityManager, where: FindOptionsWhere<Refund>): Promise<RefundCount> {
  const [amountFen, count] = [await manager.sum(Refund, 'amountFen', where), await manager.countBy(Refund, where)];
  return { count, amountFen: amountFen ?? 0 };
}
