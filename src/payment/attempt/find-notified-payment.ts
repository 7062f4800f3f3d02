import type { EntityManager } from 'typeorm';
import { columnsOf, JoinedSelect } from '../../database/joined-rows.js';
import { OrderItem } from '../../order/order-item.entity.js';
import { ORDER_ITEM_VIEW_COLUMNS } from '../../order/order.view.js';
import { Order } from '../../order/order.entity.js';
import { ORDER_SNAPSHOT_COLUMNS, type OrderSnapshot } from '../../order/order-snapshot.js';
import { PaymentAttempt } from './payment-attempt.entity.js';

/** Columns that are compared before a result is applied. */
const COMPARED_COLUMNS = [
  'orderNo',
  'amountFen',
  'status',
  'transactionId',
  'channel',
  'appId',
  'mchId',
] as const satisfies (keyof PaymentAttempt)[];

/** An attempt and its order as they were read. */
export interface NotifiedPayment {
  payment: Pick<PaymentAttempt, (typeof COMPARED_COLUMNS)[number]>;
  order: OrderSnapshot;
}

const SELECT = new JoinedSelect(
  {
    p: columnsOf(PaymentAttempt, COMPARED_COLUMNS),
    o: columnsOf(Order, ORDER_SNAPSHOT_COLUMNS),
    i: columnsOf(OrderItem, ['id', ...ORDER_ITEM_VIEW_COLUMNS]),
  },
  `FROM payments p JOIN orders o ON o.order_no = p.order_no LEFT JOIN order_items i ON i.order_id = o.id
   WHERE p.out_trade_no = ? ORDER BY i.id`,
);

/** The attempt with this number and its order as they are now; null if there is none. */
export async function findNotifiedPayment(tx: EntityManager, outTradeNo: string): Promise<NotifiedPayment | null> {
  const rows = await SELECT.find(tx, [outTradeNo]);
  const [first] = rows;
  if (!first) return null;
  // The outer join has a row of nulls for an order without items.
  const items = rows.map(({ i }) => i).filter(({ id }: { id: number | null }) => id !== null);
  return { payment: first.p, order: { ...first.o, items } };
}
