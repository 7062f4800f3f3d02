import { assertThat } from './assertions.js';
import { createSale, assertPaid, type DemoEnvironment, waitForOrderStatus } from './demo-environment.js';
import { formatYuan } from './narrator.js';
import { describeCall } from './simulator-control-client.js';

/** Past the first gap of QUERY_BACKOFF_SECONDS. */
const WAIT_SECONDS = 15;
/** Real seconds: several ticks of the job. */
const TIMEOUT_SECONDS = 30;

/** The user pays, and nobody tells: the scheduled orderquery has to find it. */
export async function payWithLostNotice(stage: DemoEnvironment): Promise<void> {
  const { wechat, narrator: teller } = stage;
  teller.startStory(2, 'somebody pays, and the notice is lost', '用户已付款，但支付通知丢失，由定时查单补上');
  const sale = await createSale(stage);
  const { order, payment, buyer: customer } = sale;

  const errMsg = await wechat.requestPayment(customer.openid, payment.requestPayment, { notify: 'lost' });
  assertThat(errMsg === 'requestPayment:ok', `wx.requestPayment says ${errMsg}`);
  teller.userAction('The user enters the password and closes the mini-program; the notice never reaches the shop');
  const before = await customer.getOrder(order);
  assertThat(before.status === 'PENDING', `Without a notice the order must still be PENDING, it is ${before.status}`);
  teller.buyerCall('GET  /api/orders/{orderNo}', `${before.status}: paid at WeChat, and the shop does not know`);

  teller.userAction(`${WAIT_SECONDS} seconds pass; the scheduled job looks for payments without a result`);
  await wechat.advance(WAIT_SECONDS);
  const paid = await waitForOrderStatus(sale, 'PAID', TIMEOUT_SECONDS);
  await assertPaid(stage, sale, paid);

  const messages = await wechat.listMessages(payment.outTradeNo);
  const questions = messages.filter(({ path }) => path === '/pay/orderquery').map(describeCall);
  assertThat(questions.includes('orderquery SUCCESS'), `WeChat was not asked as it should be: ${questions.join(', ')}`);
  teller.wechatExchange(`the shop asks WeChat: ${questions.join(', ')}`);
  teller.buyerCall(
    'GET  /api/orders/{orderNo}',
    `${paid.status}, ${formatYuan(paid.paidFen)}, transaction ${paid.transactionId ?? ''}`,
  );

  const notices = await wechat.listNotices(payment.outTradeNo);
  const isSilent = notices.every(({ attempts }) => attempts.every(({ isAccepted }) => !isAccepted));
  assertThat(
    isSilent && !messages.some(({ direction }) => direction === 'sent'),
    'A notice was delivered, but it had to be lost',
  );
  teller.checkPassed(`order ${order.orderNo} is PAID by orderquery alone: no notice was ever delivered`);
}
