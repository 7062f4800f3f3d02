import { assertThat } from './assertions.js';
import { createSale, assertPaid, type DemoEnvironment, waitForOrderStatus } from './demo-environment.js';
import { formatYuan } from './narrator.js';
import { describeCall } from './simulator-control-client.js';

/** Longer than the first interval of QUERY_BACKOFF_SECONDS. */
const WAIT_SECONDS = 15;
/** Real seconds: several job ticks. */
const TIMEOUT_SECONDS = 30;

/** The user pays and the notice is lost: the scheduled orderquery finds the payment. */
export async function payWithLostNotice(environment: DemoEnvironment): Promise<void> {
  const { wechat, narrator } = environment;
  narrator.startStory(2, 'a payment whose notice is lost', '用户已付款，但支付通知丢失，由定时查单补上');
  const sale = await createSale(environment);
  const { order, payment, buyer } = sale;

  const errMsg = await wechat.requestPayment(buyer.openid, payment.requestPayment, { notify: 'lost' });
  assertThat(errMsg === 'requestPayment:ok', `wx.requestPayment returned ${errMsg}`);
  narrator.userAction('The user enters the password and closes the mini-program; the notice never reaches the service');
  const before = await buyer.getOrder(order);
  assertThat(
    before.status === 'PENDING',
    `Without a notice the order must still be PENDING, but it is ${before.status}`,
  );
  narrator.buyerCall(
    'GET  /api/orders/{orderNo}',
    `${before.status}: paid at WeChat, but the service has no result yet`,
  );

  narrator.userAction(`${WAIT_SECONDS} seconds pass; the scheduled job queries payments without a result`);
  await wechat.advance(WAIT_SECONDS);
  const paid = await waitForOrderStatus(sale, 'PAID', TIMEOUT_SECONDS);
  await assertPaid(environment, sale, paid);

  const messages = await wechat.listMessages(payment.outTradeNo);
  const queries = messages.filter(({ path }) => path === '/pay/orderquery').map(describeCall);
  assertThat(queries.includes('orderquery SUCCESS'), `The queries to WeChat are wrong: ${queries.join(', ')}`);
  narrator.wechatExchange(`the service queries WeChat: ${queries.join(', ')}`);
  narrator.buyerCall(
    'GET  /api/orders/{orderNo}',
    `${paid.status}, ${formatYuan(paid.paidFen)}, transaction ${paid.transactionId ?? ''}`,
  );

  const notices = await wechat.listNotices(payment.outTradeNo);
  const isSilent = notices.every(({ attempts }) => attempts.every(({ isAccepted }) => !isAccepted));
  assertThat(
    isSilent && !messages.some(({ direction }) => direction === 'sent'),
    'A notice was delivered that had to be lost',
  );
  narrator.checkPassed(`order ${order.orderNo} is PAID by orderquery alone: no notice was delivered`);
}
