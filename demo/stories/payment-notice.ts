import { assertThat, retryUntil } from '../assertions.ts';
import { createSale, pay, readStock, type DemoEnvironment, waitUntilPaid } from '../demo-environment.ts';
import { formatYuan } from '../narrator.ts';

/** The regular case: the user pays, WeChat sends a notice, the order is paid. */
export async function payWithNotice(environment: DemoEnvironment): Promise<void> {
  const { wechat, narrator } = environment;
  narrator.startStory(1, 'a payment and its notice', '用户付款，微信发来支付通知');
  const sale = await createSale(environment);
  const { order, payment, stockBefore } = sale;

  await pay(environment, sale);
  narrator.userAction('The payment sheet opens, the user enters the password; wx.requestPayment returns ok');

  let lastReply = 'nothing';
  const description = (): string => `The service must accept the notice, its last response was ${lastReply}`;
  const attempt = await retryUntil(description, async () => {
    const attempts = (await wechat.listNotices(payment.outTradeNo)).flatMap((notice) => notice.attempts);
    lastReply = attempts.at(-1)?.reply ?? lastReply;
    return attempts.find(({ isAccepted }) => isAccepted) ?? null;
  });
  narrator.wechatExchange(`WeChat sends the payment notice; the service accepts it after ${attempt.latencyMs} ms`);

  const paid = await waitUntilPaid(environment, sale);
  narrator.buyerCall(
    'GET  /api/orders/{orderNo}',
    `${paid.status}, ${formatYuan(paid.paidFen)}, transaction ${paid.transactionId ?? ''}`,
  );
  const stock = await readStock(sale);
  assertThat(stock < stockBefore, `The stock must not increase again, but it is ${stock}`);
  narrator.checkPassed(`order ${order.orderNo} is PAID by the notice; WeChat's ledger has the same amount`);
}
