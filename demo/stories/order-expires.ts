import { assertThat } from '../assertions.ts';
import {
  assertStockReturned,
  confirmPayment,
  createSale,
  waitForOrderStatus,
  type DemoEnvironment,
  type Sale,
} from '../demo-environment.ts';
import { describeCall } from '../narrator.ts';

/** An unpaid order expires: it is closed at WeChat first, then in the service, and then its stock is released. */
export async function letOrderExpire(environment: DemoEnvironment): Promise<void> {
  const { wechat, narrator } = environment;
  narrator.startStory(3, 'an unpaid order expires', '超时未付款：先在微信关单，再关闭订单，库存退回');
  const sale = await createSale(environment);
  const { order, payment } = sale;

  const errMsg = await confirmPayment(environment, sale, { outcome: 'cancel' });
  assertThat(errMsg === 'requestPayment:fail cancel', `wx.requestPayment returned ${errMsg}`);
  narrator.userAction(`The payment sheet opens and the user cancels; wx.requestPayment returns ${errMsg}`);

  const waitMs = new Date(order.expiresAt).getTime() - (await wechat.getTime()).getTime() + 1000;
  await wechat.advance(Math.max(1, Math.ceil(waitMs / 1000)));
  narrator.userAction(`${Math.round(waitMs / 60_000)} minutes pass; the order expires`);

  const closed = await waitForOrderStatus(sale, 'CLOSED');
  await assertCloseSequence(environment, sale);
  const theirs = await wechat.getOrder(payment.outTradeNo);
  const isInOrder = theirs.closedAt !== null && closed.closedAt !== null && theirs.closedAt <= closed.closedAt;
  assertThat(
    theirs.trade_state === 'CLOSED' && isInOrder,
    'The order was closed in the service before it was closed at WeChat',
  );
  narrator.buyerCall('GET  /api/orders/{orderNo}', `${closed.status}, ${closed.closeReason ?? ''}`);
  narrator.checkPassed(`closed at WeChat first (${theirs.closedAt}), then in the service (${closed.closedAt})`);

  await assertStockReturned(environment, sale);
  await assertNotPayable(environment, sale);
}

/** Checks WeChat's log: query, close, query again. */
async function assertCloseSequence({ wechat, narrator }: DemoEnvironment, { payment }: Sale): Promise<void> {
  const received = (await wechat.listMessages({ out_trade_no: payment.outTradeNo })).filter(
    ({ direction }) => direction === 'received',
  );
  const calls = received.map(describeCall);
  const close = calls.indexOf('close SUCCESS');
  const isQueriedBefore = close > 0 && calls.slice(0, close).includes('query NOTPAY');
  const isQueriedAfter = calls.slice(close + 1).includes('query CLOSED');
  assertThat(isQueriedBefore && isQueriedAfter, `The calls to WeChat are wrong: ${calls.join(', ')}`);
  narrator.wechatExchange(`calls to WeChat: ${calls.slice(1).join(', ')}`);
}

/** The order can no longer be paid, neither by a new payment nor on the old payment sheet. */
async function assertNotPayable(environment: DemoEnvironment, sale: Sale): Promise<void> {
  const { wechat, narrator } = environment;
  const { buyer, order, payment } = sale;
  const again = await buyer.startPayment(order.orderNo);
  assertThat(
    !again.isOk && again.status === 409 && again.body.code === 'ORDER_NOT_PAYABLE',
    `pay returned ${again.status} for a closed order`,
  );
  narrator.buyerCall('POST /api/orders/{orderNo}/pay', `${again.status} ${again.body.code}`);
  const errMsg = await confirmPayment(environment, sale);
  assertThat(errMsg !== 'requestPayment:ok', 'WeChat accepted a payment for a closed order');
  assertThat((await wechat.getPaidFen(payment.outTradeNo)) === 0, "WeChat's ledger has a payment for a closed order");
  narrator.checkPassed(`the old payment sheet accepts no payment either: ${errMsg}`);
}
