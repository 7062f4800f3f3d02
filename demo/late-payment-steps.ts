import { assertThat, retryUntil } from './assertions.ts';
import {
  assertStockReturned,
  pay,
  readOrder,
  waitForOrderStatus,
  type DemoEnvironment,
  type Sale,
} from './demo-environment.ts';
import { describeCall, formatYuan } from './narrator.ts';
import { listCallsAtWechat } from './refund-steps.ts';
import type { AdminRefund } from '../tools/client/service-client.ts';
import type { Fault } from '../tools/client/simulator-client.ts';
import { expectOk } from '../tools/client/typed-client.ts';

export const HOUR_SECONDS = 3600;
/** Longer than the lifetime of a prepay_id: only then does the service accept "no such order". */
const UNKNOWN_ORDER_WAIT_SECONDS = 2 * HOUR_SECONDS;

/** The user pays while WeChat responds to every query with "no such order", and the notice fails too. */
export async function payWhileWechatFails(
  environment: DemoEnvironment,
  sale: Sale,
  noticeFault: Pick<Fault, 'kind' | 'delayMs'>,
): Promise<void> {
  const { wechat } = environment;
  const { outTradeNo: out_trade_no } = sale.payment;
  // A payment of API v3 is signed with RSA; there the same refusal has another name, and a status.
  const isV3 = sale.payment.requestPayment['signType'] === 'RSA';
  const code = isV3 ? { errCode: 'ORDER_NOT_EXIST', httpStatus: 404 } : { errCode: 'ORDERNOTEXIST' };
  const denial = { kind: 'err_code', times: -1, out_trade_no, ...code };
  for (const endpoint of ['orderquery', 'closeorder'] as const) await wechat.injectFault({ endpoint, ...denial });
  await wechat.injectFault({ endpoint: 'notice', ...noticeFault, out_trade_no });
  await pay(environment, sale);
}

/** The order stays open as long as the user could still pay. Then it is closed and its stock is released. */
export async function waitUntilClosedLocally(environment: DemoEnvironment, sale: Sale): Promise<void> {
  const { wechat, narrator } = environment;
  const { order, payment } = sale;
  await wechat.advanceUntil(order.expiresAt);
  const description = 'The service must close the expired order at WeChat';
  const closes = await retryUntil(description, async () => {
    const calls = await listCallsAtWechat(environment, payment.outTradeNo, 'close');
    return calls.length > 0 ? calls : null;
  });
  const query = (await listCallsAtWechat(environment, payment.outTradeNo, 'query')).at(-1);
  narrator.wechatExchange(
    `the order has expired; the service queries and closes: ${[query, closes[0]].flatMap((m) => (m ? describeCall(m) : [])).join(', ')}`,
  );
  const pendingOrder = await readOrder(sale);
  assertThat(
    pendingOrder.status === 'PENDING',
    `The order must stay PENDING after "no such order", but it is ${pendingOrder.status}`,
  );
  narrator.checkPassed(
    `the order is still ${pendingOrder.status} and its stock reserved: the user may have an open payment sheet`,
  );

  await wechat.advance(UNKNOWN_ORDER_WAIT_SECONDS);
  const closed = await waitForOrderStatus(sale, 'CLOSED');
  narrator.userAction('Two hours later all payment sheets have expired');
  narrator.buyerCall(
    'GET  /api/orders/{orderNo}',
    `${closed.status}, ${closed.closeReason ?? ''}, paid ${formatYuan(closed.paidFen)}`,
  );
  await assertStockReturned(environment, sale);
}

/** @returns null if LATE_PAYMENT_POLICY=deliver and the order was reopened. */
export async function waitForAutomaticRefund(
  { narrator, staff }: DemoEnvironment,
  sale: Sale,
): Promise<AdminRefund | null> {
  const description = 'A refund must be created automatically';
  const refund = await retryUntil(description, async () => {
    const [begun] = expectOk('the order', await staff.getOrder(sale.order.orderNo)).refunds;
    return begun ?? ((await readOrder(sale)).status === 'PAID' ? 'DELIVERED' : null);
  });
  if (refund === 'DELIVERED') {
    narrator.checkPassed('LATE_PAYMENT_POLICY=deliver: the order is PAID and its stock reserved again');
    return null;
  }
  assertThat(refund.kind === 'AUTOMATIC', `The refund must be AUTOMATIC, but its kind is ${refund.kind}`);
  narrator.staffCall(
    'GET  …/orders/{orderNo}',
    `refund ${refund.refundNo}: ${refund.kind}, ${formatYuan(refund.amountFen)}, ${refund.reason}`,
  );
  return refund;
}
