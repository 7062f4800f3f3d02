import { assertThat, retryUntil } from './assertions.js';
import type { AdminRefund } from './merchant-client.js';
import { callsAtWechat, assertRefunded, reportResultSource, waitForRefund } from './refund-steps.js';
import { createSale, type Sale, type DemoEnvironment, waitForOrderStatus } from './demo-environment.js';
import { formatYuan } from './narrator.js';
import { describeCall } from './simulator-control-client.js';

const HOUR_SECONDS = 3600;
/** Longer than the lifetime of a prepay_id: only then does the service accept "no such order". */
const UNKNOWN_ORDER_WAIT_SECONDS = 2 * HOUR_SECONDS;
/** Real seconds: several job ticks. */
const TIMEOUT_SECONDS = 30;

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
    await waitUntilWrittenOff(environment, sale);
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

/** The user pays while WeChat answers every query with "no such order" and delays the notice by hours. */
async function payWhileWechatFails({ wechat, narrator }: DemoEnvironment, { buyer, payment }: Sale): Promise<void> {
  const { outTradeNo: out_trade_no, requestPayment } = payment;
  const denial = { kind: 'err_code', errCode: 'ORDERNOTEXIST', times: -1, out_trade_no } as const;
  for (const endpoint of ['orderquery', 'closeorder'] as const) await wechat.injectFault({ endpoint, ...denial });
  await wechat.injectFault({ endpoint: 'notice', kind: 'delay', delayMs: 3 * HOUR_SECONDS * 1000, out_trade_no });
  const errMsg = await wechat.requestPayment(buyer.openid, requestPayment);
  assertThat(errMsg === 'requestPayment:ok', `wx.requestPayment returned ${errMsg}`);
  narrator.userAction('The user pays, but WeChat answers queries with "no such order" and delays the notice by hours');
}

/** The order stays open as long as the user could still pay. Then it is closed and its stock is released. */
async function waitUntilWrittenOff(environment: DemoEnvironment, sale: Sale): Promise<void> {
  const { wechat, narrator } = environment;
  const { buyer, order, payment, product, stockBefore } = sale;
  await wechat.advanceUntil(order.expiresAt);
  const description = 'The service must close the expired order at WeChat';
  const closes = await retryUntil({ description, timeoutSeconds: TIMEOUT_SECONDS }, async () => {
    const calls = await callsAtWechat(environment, payment.outTradeNo, 'closeorder');
    return calls.length > 0 ? calls : null;
  });
  const asked = (await callsAtWechat(environment, payment.outTradeNo, 'orderquery')).at(-1);
  narrator.wechatExchange(
    `the order has expired; the service queries and closes: ${[asked, closes[0]].flatMap((m) => (m ? describeCall(m) : [])).join(', ')}`,
  );
  const held = await buyer.getOrder(order);
  assertThat(held.status === 'PENDING', `The order must stay PENDING after "no such order", but it is ${held.status}`);
  narrator.checkPassed(
    `the order is still ${held.status} and its stock reserved: the user may have an open payment sheet`,
  );

  await wechat.advance(UNKNOWN_ORDER_WAIT_SECONDS);
  const closed = await waitForOrderStatus(sale, 'CLOSED', TIMEOUT_SECONDS);
  narrator.userAction('Two hours later all payment sheets have expired');
  narrator.buyerCall(
    'GET  /api/orders/{orderNo}',
    `${closed.status}, ${closed.closeReason ?? ''}, paid ${formatYuan(closed.paidFen)}`,
  );
  const stock = await buyer.getStock(product);
  assertThat(stock >= stockBefore, `The stock must be ${stockBefore} again, but it is ${stock}`);
  narrator.checkPassed(`the stock is released: ${stockBefore} before the order, ${stock} now`);
}

/** The late notice arrives. */
async function waitForLateNotice({ wechat, narrator }: DemoEnvironment, { payment }: Sale): Promise<void> {
  await wechat.advance(HOUR_SECONDS);
  const description = 'The service must accept the late notice';
  const attempt = await retryUntil({ description, timeoutSeconds: TIMEOUT_SECONDS }, async () => {
    const attempts = (await wechat.listNotices(payment.outTradeNo)).flatMap((notice) => notice.attempts);
    return attempts.find(({ isAccepted }) => isAccepted) ?? null;
  });
  narrator.wechatExchange(
    `WeChat sends the notice three hours late; the service answers SUCCESS after ${attempt.latencyMs} ms`,
  );
}

/** @returns null if LATE_PAYMENT_POLICY=deliver and the order was reopened. */
async function waitForAutomaticRefund(
  { narrator, merchant }: DemoEnvironment,
  { buyer, order }: Sale,
): Promise<AdminRefund | null> {
  const description = 'A refund must be created automatically';
  const refund = await retryUntil({ description, timeoutSeconds: TIMEOUT_SECONDS }, async () => {
    const [begun] = await merchant.listRefunds(order);
    return begun ?? ((await buyer.getOrder(order)).status === 'PAID' ? 'DELIVERED' : null);
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
