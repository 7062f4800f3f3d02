import { insist } from './checks.js';
import { beginSale, insistOnPaid, type Stage, untilSeen } from './stage.js';
import { yuan } from './teller.js';
import { told } from './wechat.js';

/** Past the first gap of QUERY_BACKOFF_SECONDS. */
const WAIT_SECONDS = 15;
/** Real seconds: several ticks of the job. */
const PATIENCE_SECONDS = 30;

/** The user pays, and nobody tells: the scheduled orderquery has to find it. */
export async function theNoticeIsLost(stage: Stage): Promise<void> {
  const { wechat, teller } = stage;
  teller.story(2, 'somebody pays, and the notice is lost', '用户已付款，但支付通知丢失，由定时查单补上');
  const sale = await beginSale(stage);
  const { order, payment, customer } = sale;

  const errMsg = await wechat.requestPayment(customer.openid, payment.requestPayment, { notify: 'lost' });
  insist(errMsg === 'requestPayment:ok', `wx.requestPayment says ${errMsg}`);
  teller.people('The user enters the password and closes the mini-program; the notice never reaches the shop');
  const before = await customer.sees(order);
  insist(before.status === 'PENDING', `Without a notice the order must still be PENDING, it is ${before.status}`);
  teller.asks('GET  /api/orders/{orderNo}', `${before.status}: paid at WeChat, and the shop does not know`);

  teller.people(`${WAIT_SECONDS} seconds pass; the scheduled job looks for payments without a result`);
  await wechat.passes(WAIT_SECONDS);
  const paid = await untilSeen(sale, 'PAID', PATIENCE_SECONDS);
  await insistOnPaid(stage, sale, paid);

  const messages = await wechat.messages(payment.outTradeNo);
  const questions = messages.filter(({ path }) => path === '/pay/orderquery').map(told);
  insist(questions.includes('orderquery SUCCESS'), `WeChat was not asked as it should be: ${questions.join(', ')}`);
  teller.wechat(`the shop asks WeChat: ${questions.join(', ')}`);
  teller.asks(
    'GET  /api/orders/{orderNo}',
    `${paid.status}, ${yuan(paid.paidFen)}, transaction ${paid.transactionId ?? ''}`,
  );

  const notices = await wechat.notices(payment.outTradeNo);
  const isSilent = notices.every(({ attempts }) => attempts.every(({ isAccepted }) => !isAccepted));
  insist(
    isSilent && !messages.some(({ direction }) => direction === 'sent'),
    'A notice was delivered, but it had to be lost',
  );
  teller.right(`order ${order.orderNo} is PAID by orderquery alone: no notice was ever delivered`);
}
