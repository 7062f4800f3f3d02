import { insist, until } from './checks.js';
import { beginSale, insistOnPaid, type Stage, untilSeen } from './stage.js';
import { yuan } from './teller.js';

/** The usual day: the user pays, WeChat tells, the order is paid. */
export async function theNoticeArrives(stage: Stage): Promise<void> {
  const { wechat, teller } = stage;
  teller.story(1, 'somebody pays, and WeChat tells the shop', '用户付款，微信发来支付通知');
  const sale = await beginSale(stage);
  const { order, payment, customer, product, stockBefore } = sale;

  const errMsg = await wechat.requestPayment(customer.openid, payment.requestPayment);
  insist(errMsg === 'requestPayment:ok', `wx.requestPayment says ${errMsg}`);
  teller.people(`The cashier opens, the user enters the password; wx.requestPayment says ${errMsg}`);

  let lastReply = 'nothing';
  const what = (): string => `The shop should accept the notice (its last reply: ${lastReply})`;
  const attempt = await until({ what, seconds: 10 }, async () => {
    const attempts = (await wechat.notices(payment.outTradeNo)).flatMap((notice) => notice.attempts);
    lastReply = attempts.at(-1)?.reply ?? lastReply;
    return attempts.find(({ isAccepted }) => isAccepted) ?? null;
  });
  teller.wechat(`WeChat sends its notice; the shop answers SUCCESS after ${attempt.latencyMs} ms`);

  const paid = await untilSeen(sale, 'PAID', 5);
  await insistOnPaid(stage, sale, paid);
  teller.asks(
    'GET  /api/orders/{orderNo}',
    `${paid.status}, ${yuan(paid.paidFen)}, transaction ${paid.transactionId ?? ''}`,
  );
  const stock = await customer.stockOf(product);
  insist(stock < stockBefore, `Sold pieces must not come back, but the stock is ${stock}`);
  teller.right(`order ${order.orderNo} is PAID by the notice; WeChat's books say the same`);
}
