import { assertThat } from '../assertions.ts';
import { createSale, pay, readOrder, type DemoEnvironment, waitUntilPaid } from '../demo-environment.ts';
import { describeCall, formatYuan, isCall } from '../narrator.ts';

/** Longer than the first interval of QUERY_BACKOFF_SECONDS. */
const WAIT_SECONDS = 15;

/** The user pays and the notice is lost: the scheduled query finds the payment. */
export async function payWithLostNotice(environment: DemoEnvironment): Promise<void> {
  const { wechat, narrator } = environment;
  narrator.startStory(2, 'a payment whose notice is lost', '用户已付款，但支付通知丢失，由定时查单补上');
  const sale = await createSale(environment);
  const { order, payment } = sale;

  await pay(environment, sale, { notify: 'lost' });
  narrator.userAction('The user enters the password and closes the mini-program; the notice never reaches the service');
  const before = await readOrder(sale);
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
  const paid = await waitUntilPaid(environment, sale);

  const messages = await wechat.listMessages({ out_trade_no: payment.outTradeNo });
  const queries = messages.filter((message) => isCall(message, 'query')).map(describeCall);
  assertThat(queries.includes('query SUCCESS'), `The queries to WeChat are wrong: ${queries.join(', ')}`);
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
  narrator.checkPassed(`order ${order.orderNo} is PAID by the query alone: no notice was delivered`);
}
