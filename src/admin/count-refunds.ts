import type { EntityManager, FindOptionsWhere } from 'typeorm';
import { Refund } from '../refund/refund.entity.js';
import type { RefundCount } from './summary.dto.js';

/** The number and total amount of the matching refunds, computed by the database. */
export async function countRefunds(manager: EntityManager, where: FindOptionsWhere<Refund>): Promise<RefundCount> {
  const [amountFen, count] = [await manager.sum(Refund, 'amountFen', where), await manager.countBy(Refund, where)];
  return { count, amountFen: amountFen ?? 0 };
}
