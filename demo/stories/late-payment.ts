import { assertThat, retryUntil } from '../assertions.ts';
import type { AdminRefund } from '../../tools/client/service-client.ts';
import { expectOk } from '../../tools/client/typed-client.ts';
import { listCallsAtWechat, assertRefunded, reportResultSource, waitForRefund } from '../refund-steps.ts';
import {
  assertStockReturned,
  createSale,
  pay,
  readOrder,
  waitForOrderStatus,
  type DemoEnvironment,
  type Sale,
} from '../demo-environment.ts';
import { describeCall, formatYuan } from '../narrator.ts';

const HOUR_SECONDS = 3600;
/** Longer than the lifetime of a prepay_id: only then does the service accept "no such order". */
const UNKNOWN_ORDER_WAIT_SECONDS = 2 * HOUR_SECONDS;

/** A payment that becomes known after its order was closed is refunded automatically. */
export async function refundLatePayment(environment: DemoEnvironment): Promise<void> {
  const { wechat, narrator } = environment;
  narrator.startStory(7, 'a payment that arrives after the order was closed', '订单关闭后才得知的付款：自动原路退回');
  const sale = await createSale({ ...environment, narrator: narrator.silent() });
  narrator.userAction(
    `A user orders and opens the payment sheet: order ${sale.order.orderNo}, ${formatYuan(sale.order.payableFen)}`,
  );
  try {
    await payWhileWechatFails(environment, sale);
    await waitUntilClosedLocally(environment, sale);
  } finally {
    await wechat.clearFaults();
  }
  await waitForLateNotice(environment, sale);

  const refund = await waitForAutomaticRefund(environment, sale);
  if (!refund) return;
  await waitForRefund(environment, sale, refund);
  await reportResultSource(environment, sale, refund);
  const end = { refundStatus: 'FULL', refundedFen: sale.order.payableFen, refunds: 1 } as const;
  const seen = await assertRefunded(environment, sale, end);
  assertThat(seen.status === 'CLOSED', `The order must stay CLOSED, but it is ${seen.status}`);
  narrator.checkPassed(`${formatYuan(end.refundedFen)} were refunded automatically, exactly once: ${refund.refundNo}`);
}

/** The user pays while WeChat responds to every query with "no such order" and delays the notice by hours. */
async function payWhileWechatFails(environment: DemoEnvironment, sale: Sale): Promise<void> {
  const { wechat, narrator } = environment;
  const { outTradeNo: out_trade_no } = sale.payment;
  // A payment of API v3 is signed with RSA; there the same refusal has another name, and a status.
  const isV3 = sale.payment.requestPayment['signType'] === 'RSA';
  const code = isV3 ? { errCode: 'ORDER_NOT_EXIST', httpStatus: 404 } : { errCode: 'ORDERNOTEXIST' };
  const denial = { kind: 'err_code', times: -1, out_trade_no, ...code };
  for (const endpoint of ['orderquery', 'closeorder'] as const) await wechat.injectFault({ endpoint, ...denial });
  await wechat.injectFault({ endpoint: 'notice', kind: 'delay', delayMs: 3 * HOUR_SECONDS * 1000, out_trade_no });
  await pay(environment, sale);
  narrator.userAction(
    'The user pays, but WeChat responds to queries with "no such order" and delays the notice by hours',
  );
}

/** The order stays open as long as the user could still pay. Then it is closed and its stock is released. */
async function waitUntilClosedLocally(environment: DemoEnvironment, sale: Sale): Promise<void> {
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

/** The late notice arrives. */
async function waitForLateNotice({ wechat, narrator }: DemoEnvironment, { payment }: Sale): Promise<void> {
  await wechat.advance(HOUR_SECONDS);
  const description = 'The service must accept the late notice';
  const attempt = await retryUntil(description, async () => {
    const attempts = (await wechat.listNotices(payment.outTradeNo)).flatMap((notice) => notice.attempts);
    return attempts.find(({ isAccepted }) => isAccepted) ?? null;
  });
  narrator.wechatExchange(
    `WeChat sends the notice three hours late; the service accepts it after ${attempt.latencyMs} ms`,
  );
}

/** @returns null if LATE_PAYMENT_POLICY=deliver and the order was reopened. */
async function waitForAutomaticRefund({ narrator, staff }: DemoEnvironment, sale: Sale): Promise<AdminRefund | null> {
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
