import { assertThat, retryUntil } from './assertions.js';
import { createSale, assertPaid, type DemoEnvironment, waitForOrderStatus } from './demo-environment.js';
import { formatYuan } from './narrator.js';

/** The usual day: the user pays, WeChat tells, the order is paid. */
export async function payWithNotice(stage: DemoEnvironment): Promise<void> {
  const { wechat, narrator: teller } = stage;
  teller.startStory(1, 'somebody pays, and WeChat tells the shop', '用户付款，微信发来支付通知');
  const sale = await createSale(stage);
  const { order, payment, buyer: customer, product, stockBefore } = sale;

  const errMsg = await wechat.requestPayment(customer.openid, payment.requestPayment);
  assertThat(errMsg === 'requestPayment:ok', `wx.requestPayment says ${errMsg}`);
  teller.userAction(`The cashier opens, the user enters the password; wx.requestPayment says ${errMsg}`);

  let lastReply = 'nothing';
  const what = (): string => `The shop should accept the notice (its last reply: ${lastReply})`;
  const attempt = await retryUntil({ description: what, timeoutSeconds: 10 }, async () => {
    const attempts = (await wechat.listNotices(payment.outTradeNo)).flatMap((notice) => notice.attempts);
    lastReply = attempts.at(-1)?.reply ?? lastReply;
    return attempts.find(({ isAccepted }) => isAccepted) ?? null;
  });
  teller.wechatExchange(`WeChat sends its notice; the shop answers SUCCESS after ${attempt.latencyMs} ms`);

  const paid = await waitForOrderStatus(sale, 'PAID', 5);
  await assertPaid(stage, sale, paid);
  teller.buyerCall(
    'GET  /api/orders/{orderNo}',
    `${paid.status}, ${formatYuan(paid.paidFen)}, transaction ${paid.transactionId ?? ''}`,
  );
  const stock = await customer.getStock(product);
  assertThat(stock < stockBefore, `Sold pieces must not come back, but the stock is ${stock}`);
  teller.checkPassed(`order ${order.orderNo} is PAID by the notice; WeChat's books say the same`);
}
