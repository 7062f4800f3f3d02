import { assertThat } from './assertions.js';
import { createSale, type Sale, type DemoEnvironment, waitForOrderStatus } from './demo-environment.js';
import { describeCall } from './simulator-control-client.js';

/** Real seconds: several ticks of the job. */
const TIMEOUT_SECONDS = 30;

/** Nobody pays in time: closed at WeChat first, then here, and only then is the stock back. */
export async function letOrderExpire(stage: DemoEnvironment): Promise<void> {
  const { wechat, narrator: teller } = stage;
  teller.startStory(3, 'nobody pays, and the time runs out', '超时未付款：先在微信关单，再关闭订单，库存退回');
  const sale = await createSale(stage);
  const { order, payment, buyer: customer, product, stockBefore } = sale;

  const errMsg = await wechat.requestPayment(customer.openid, payment.requestPayment, { outcome: 'cancel' });
  assertThat(errMsg === 'requestPayment:fail cancel', `wx.requestPayment says ${errMsg}`);
  teller.userAction(`The cashier opens, the user thinks better of it; wx.requestPayment says ${errMsg}`);

  const waitMs = new Date(order.expiresAt).getTime() - (await wechat.getTime()).getTime() + 1000;
  await wechat.advance(Math.max(1, Math.ceil(waitMs / 1000)));
  teller.userAction(`${Math.round(waitMs / 60_000)} minutes pass, the order's time is up`);

  const closed = await waitForOrderStatus(sale, 'CLOSED', TIMEOUT_SECONDS);
  await assertCloseSequence(stage, sale);
  const theirs = await wechat.getOrder(payment.outTradeNo);
  const isInOrder = theirs.closedAt !== null && closed.closedAt !== null && theirs.closedAt <= closed.closedAt;
  assertThat(theirs.trade_state === 'CLOSED' && isInOrder, 'The order was closed here before WeChat had closed it');
  teller.buyerCall('GET  /api/orders/{orderNo}', `${closed.status}, ${closed.closeReason ?? ''}`);
  teller.checkPassed(`closed at WeChat first (${theirs.closedAt}), then here (${closed.closedAt})`);

  const stock = await customer.getStock(product);
  // More may come back: orders that somebody left behind before the demo run out at the same moment.
  assertThat(stock >= stockBefore, `The stock should be ${stockBefore} again, it is ${stock}`);
  teller.checkPassed(`the stock is back: ${stockBefore} before the order, ${stock} now`);
  await assertNotPayable(stage, sale);
}

/** WeChat's own record of it: asked, told to close, asked again. */
async function assertCloseSequence({ wechat, narrator: teller }: DemoEnvironment, { payment }: Sale): Promise<void> {
  const received = (await wechat.listMessages(payment.outTradeNo)).filter(({ direction }) => direction === 'received');
  const said = received.map(describeCall);
  const close = said.indexOf('closeorder SUCCESS');
  const isAskedBefore = close > 0 && said.slice(0, close).includes('orderquery NOTPAY');
  const isAskedAfter = said.slice(close + 1).includes('orderquery CLOSED');
  assertThat(isAskedBefore && isAskedAfter, `WeChat was not asked as it should be: ${said.join(', ')}`);
  teller.wechatExchange(`the shop and WeChat: ${said.slice(1).join(', ')}`);
}

/** A user who comes back finds both doors shut. */
async function assertNotPayable(
  { wechat, narrator: teller }: DemoEnvironment,
  { buyer: customer, order, payment }: Sale,
): Promise<void> {
  const again = await customer.tryStartPayment<{ code: string }>(order);
  assertThat(
    again.status === 409 && again.body.code === 'ORDER_NOT_PAYABLE',
    `pay answers ${again.status} for a closed order`,
  );
  teller.buyerCall('POST /api/orders/{orderNo}/pay', `${again.status} ${again.body.code}`);
  const errMsg = await wechat.requestPayment(customer.openid, payment.requestPayment);
  assertThat(errMsg !== 'requestPayment:ok', 'WeChat took money for an order that is closed');
  assertThat((await wechat.getPaidFen(payment.outTradeNo)) === 0, "WeChat's books have money for a closed order");
  teller.checkPassed(`the old cashier sheet takes no money either: ${errMsg}`);
}
