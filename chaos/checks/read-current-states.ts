import type { WxCheckout } from '@wx-checkout/client';
import type { CurrentState } from './compare-events.ts';
import type { DatabaseReader } from './database-reader.ts';

/** Orders of the shop whose complete data is read from the server API; of the others, the columns are compared. */
const MAX_SHOP_ORDERS = 100;
/** Fields of an order of the shop that events do not have. */
const ONLY_IN_SERVER_API = /^(refunds|shipments|merchantOrderNo)/;
const PAGE_SIZE = 100;
const CONCURRENCY = 8;

type OrderRow = Record<'orderNo' | 'origin' | 'status' | 'refundStatus', string> &
  Record<'version' | 'paidFen' | 'refundedFen', number> & { transactionId: string | null };

/** The current state of every order, refund and bill: as the server API returns it, and of bills and most orders of the shop the columns. */
export async function readCurrentStates(
  checkout: WxCheckout,
  reader: DatabaseReader,
): Promise<Map<string, CurrentState>> {
  const states = new Map<string, CurrentState>();
  const orders =
    await reader.read<OrderRow>(`SELECT order_no AS orderNo, origin, status, refund_status AS refundStatus, version,
    paid_fen AS paidFen, refunded_fen AS refundedFen, transaction_id AS transactionId FROM orders`);
  for (const order of orders) states.set(`order ${order.orderNo}`, { version: order.version, data: { ...order } });

  for await (const order of listPaymentOrders(checkout)) states.set(`order ${order.orderNo}`, stateOf(order));
  const sample = orders.filter(({ origin }) => origin === 'SHOP').slice(0, MAX_SHOP_ORDERS);
  await forEach(sample, async ({ orderNo }) => {
    const { data } = await checkout.api.GET('/server/api/orders/{orderNo}', { params: { path: { orderNo } } });
    if (data === undefined) throw new Error(`The server API does not return order ${orderNo}.`);
    const common = Object.entries(data).filter(([field]) => !ONLY_IN_SERVER_API.test(field));
    states.set(`order ${orderNo}`, { version: data.version, data: Object.fromEntries(common) });
  });

  const refunds = await reader.read<{ refundNo: string }>('SELECT refund_no AS refundNo FROM refunds');
  await forEach(refunds, async ({ refundNo }) => {
    states.set(`refund ${refundNo}`, stateOf(await checkout.getRefund(refundNo)));
  });
  const bills = await reader.read<{ date: string; version: number; status: string; openDifferences: number }>(
    'SELECT date, version, status, open_differences AS openDifferences FROM bills WHERE version > 0',
  );
  for (const bill of bills) states.set(`bill ${bill.date}`, { version: bill.version, data: { ...bill } });
  return states;
}

function stateOf(view: { version: number } & object): CurrentState {
  return { version: view.version, data: { ...view } };
}

async function* listPaymentOrders(checkout: WxCheckout) {
  for (let cursor: string | null | undefined; cursor !== null;) {
    const query = { limit: PAGE_SIZE, ...(cursor !== undefined && { cursor }) };
    const { data } = await checkout.api.GET('/server/api/payment-orders', { params: { query } });
    if (data === undefined) throw new Error('The server API does not list the payment orders.');
    yield* data.items;
    cursor = data.nextCursor;
  }
}

async function forEach<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const left = [...items];
  const worker = async (): Promise<void> => {
    for (let item = left.pop(); item !== undefined; item = left.pop()) await work(item);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
}
