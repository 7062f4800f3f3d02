import { assertThat, retryUntil } from './assertions.js';
import { createSale, assertPaid, type DemoEnvironment, waitForOrderStatus } from './demo-environment.js';
import { formatYuan } from './narrator.js';

/** The regular case: the user pays, WeChat sends a notice, the order is paid. */
export async function payWithNotice(environment: DemoEnvironment): Promise<void> {
  const { wechat, narrator } = environment;
  narrator.startStory(1, 'a payment and its notice', '用户付款，微信发来支付通知');
  const sale = await createSale(environment);
  const { order, payment, buyer, product, stockBefore } = sale;

  const errMsg = await wechat.requestPayment(buyer.openid, payment.requestPayment);
  assertThat(errMsg === 'requestPayment:ok', `wx.requestPayment returned ${errMsg}`);
  narrator.userAction(`The payment sheet opens, the user enters the password; wx.requestPayment returns ${errMsg}`);

  let lastReply = 'nothing';
  const description = (): string => `The service must accept the notice, its last reply was ${lastReply}`;
  const attempt = await retryUntil({ description, timeoutSeconds: 10 }, async () => {
    const attempts = (await wechat.listNotices(payment.outTradeNo)).flatMap((notice) => notice.attempts);
    lastReply = attempts.at(-1)?.reply ?? lastReply;
    return attempts.find(({ isAccepted }) => isAccepted) ?? null;
  });
  narrator.wechatExchange(`WeChat sends the payment notice; the service answers SUCCESS after ${attempt.latencyMs} ms`);

  const paid = await waitForOrderStatus(sale, 'PAID', 5);
  await assertPaid(environment, sale, paid);
  narrator.buyerCall(
    'GET  /api/orders/{orderNo}',
    `${paid.status}, ${formatYuan(paid.paidFen)}, transaction ${paid.transactionId ?? ''}`,
  );
  const stock = await buyer.getStock(product);
  assertThat(stock < stockBefore, `The stock must not increase again, but it is ${stock}`);
  narrator.checkPassed(`order ${order.orderNo} is PAID by the notice; WeChat's ledger has the same amount`);
}
