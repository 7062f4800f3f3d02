import { assertThat, retryUntil } from './assertions.js';
import type { AdminRefund } from './merchant-client.js';
import { callsAtWechat, assertRefunded, reportResultSource, waitForRefund } from './refund-steps.js';
import { createSale, type Sale, type DemoEnvironment, waitForOrderStatus } from './demo-environment.js';
import { formatYuan } from './narrator.js';
import { describeCall } from './simulator-control-client.js';

const HOUR_SECONDS = 3600;
/** Longer than a prepay_id lives: only then does the shop believe that there is no such order. */
const UNKNOWN_ORDER_WAIT_SECONDS = 2 * HOUR_SECONDS;
/** Real seconds: several ticks of the jobs. */
const TIMEOUT_SECONDS = 30;

/** Money for an order that is closed by then: the shop must not keep it, and gives it back by itself. */
export async function refundLatePayment(stage: DemoEnvironment): Promise<void> {
  const { wechat, narrator: teller } = stage;
  teller.startStory(7, 'a payment is heard of after the order was closed', '订单关闭后才得知的付款：自动原路退回');
  const sale = await createSale({ ...stage, narrator: teller.silent() });
  teller.userAction(
    `Somebody orders, and opens the cashier: order ${sale.order.orderNo}, ${formatYuan(sale.order.payableFen)}`,
  );
  try {
    await payWhileWechatFails(stage, sale);
    await waitUntilWrittenOff(stage, sale);
  } finally {
    await wechat.clearFaults();
  }
  await waitForLateNotice(stage, sale);

  const refund = await waitForAutomaticRefund(stage, sale);
  if (!refund) return;
  await waitForRefund(stage, sale, refund);
  await reportResultSource(stage, sale, refund);
  const end = { refundStatus: 'FULL', refundedFen: sale.order.payableFen, refunds: 1 } as const;
  const seen = await assertRefunded(stage, sale, end);
  assertThat(seen.status === 'CLOSED', `The order must stay CLOSED, it is ${seen.status}`);
  teller.checkPassed(
    `${formatYuan(end.refundedFen)} went back by themselves, once: ${refund.refundNo}, approved by nobody`,
  );
}

/** WeChat's books have the money; whoever asks hears that there is no such order, and the notice is hours late. */
async function payWhileWechatFails(
  { wechat, narrator: teller }: DemoEnvironment,
  { buyer: customer, payment }: Sale,
): Promise<void> {
  const { outTradeNo: out_trade_no, requestPayment } = payment;
  const denial = { kind: 'err_code', errCode: 'ORDERNOTEXIST', times: -1, out_trade_no } as const;
  for (const endpoint of ['orderquery', 'closeorder'] as const) await wechat.injectFault({ endpoint, ...denial });
  await wechat.injectFault({ endpoint: 'notice', kind: 'delay', delayMs: 3 * HOUR_SECONDS * 1000, out_trade_no });
  const errMsg = await wechat.requestPayment(customer.openid, requestPayment);
  assertThat(errMsg === 'requestPayment:ok', `wx.requestPayment says ${errMsg}`);
  teller.userAction(
    'The user pays, on a bad day of WeChat: it denies the order when asked, and its notice is hours late',
  );
}

/** Held as long as somebody might be paying, then closed, with the stock. */
async function waitUntilWrittenOff(stage: DemoEnvironment, sale: Sale): Promise<void> {
  const { wechat, narrator: teller } = stage;
  const { buyer: customer, order, payment, product, stockBefore } = sale;
  await wechat.advanceUntil(order.expiresAt);
  const what = 'The shop should ask WeChat when the time of the order is up';
  const closes = await retryUntil({ description: what, timeoutSeconds: TIMEOUT_SECONDS }, async () => {
    const seen = await callsAtWechat(stage, payment.outTradeNo, 'closeorder');
    return seen.length > 0 ? seen : null;
  });
  const asked = (await callsAtWechat(stage, payment.outTradeNo, 'orderquery')).at(-1);
  teller.wechatExchange(
    `its time is up; the shop asks and closes: ${[asked, closes[0]].flatMap((m) => (m ? describeCall(m) : [])).join(', ')}`,
  );
  const held = await customer.getOrder(order);
  assertThat(held.status === 'PENDING', `"No such order" is not to be believed yet, but the order is ${held.status}`);
  teller.checkPassed(`the order is still ${held.status}, its stock held: the user may hold an open cashier`);

  await wechat.advance(UNKNOWN_ORDER_WAIT_SECONDS);
  const closed = await waitForOrderStatus(sale, 'CLOSED', TIMEOUT_SECONDS);
  teller.userAction('Two hours later no cashier can be open any more');
  teller.buyerCall(
    'GET  /api/orders/{orderNo}',
    `${closed.status}, ${closed.closeReason ?? ''}, paid ${formatYuan(closed.paidFen)}`,
  );
  const stock = await customer.getStock(product);
  assertThat(stock >= stockBefore, `The stock should be ${stockBefore} again, it is ${stock}`);
  teller.checkPassed(`the stock is back: ${stockBefore} before the order, ${stock} now`);
}

/** The notice arrives after all. */
async function waitForLateNotice({ wechat, narrator: teller }: DemoEnvironment, { payment }: Sale): Promise<void> {
  await wechat.advance(HOUR_SECONDS);
  const what = 'The shop should accept the late notice';
  const attempt = await retryUntil({ description: what, timeoutSeconds: TIMEOUT_SECONDS }, async () => {
    const attempts = (await wechat.listNotices(payment.outTradeNo)).flatMap((notice) => notice.attempts);
    return attempts.find(({ isAccepted }) => isAccepted) ?? null;
  });
  teller.wechatExchange(
    `WeChat's notice is here, three hours late; the shop answers SUCCESS after ${attempt.latencyMs} ms`,
  );
}

/** Null in a shop that delivers such an order after all, where its goods are still there. */
async function waitForAutomaticRefund(
  { narrator: teller, merchant: clerk }: DemoEnvironment,
  { buyer: customer, order }: Sale,
): Promise<AdminRefund | null> {
  const what = 'The money should be on its way back';
  const refund = await retryUntil({ description: what, timeoutSeconds: TIMEOUT_SECONDS }, async () => {
    const [begun] = await clerk.listRefunds(order);
    return begun ?? ((await customer.getOrder(order)).status === 'PAID' ? 'DELIVERED' : null);
  });
  if (refund === 'DELIVERED') {
    teller.checkPassed('this shop delivers late orders (LATE_PAYMENT_POLICY=deliver): PAID, its stock reserved again');
    return null;
  }
  assertThat(refund.kind === 'AUTOMATIC', `Nobody has asked for it, but its kind is ${refund.kind}`);
  teller.staffCall(
    'GET  …/orders/{orderNo}',
    `refund ${refund.refundNo}: ${refund.kind}, ${formatYuan(refund.amountFen)}, ${refund.reason}`,
  );
  return refund;
}
