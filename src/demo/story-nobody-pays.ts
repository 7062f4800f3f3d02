import { insist } from './checks.js';
import { beginSale, type Sale, type Stage, untilSeen } from './stage.js';
import { told } from './wechat.js';

/** Real seconds: several ticks of the job. */
const PATIENCE_SECONDS = 30;

/** Nobody pays in time: closed at WeChat first, then here, and only then is the stock back. */
export async function nobodyPays(stage: Stage): Promise<void> {
  const { wechat, teller } = stage;
  teller.story(3, 'nobody pays, and the time runs out', '超时未付款：先在微信关单，再关闭订单，库存退回');
  const sale = await beginSale(stage);
  const { order, payment, customer, product, stockBefore } = sale;

  const errMsg = await wechat.requestPayment(customer.openid, payment.requestPayment, { outcome: 'cancel' });
  insist(errMsg === 'requestPayment:fail cancel', `wx.requestPayment says ${errMsg}`);
  teller.people(`The cashier opens, the user thinks better of it; wx.requestPayment says ${errMsg}`);

  const waitMs = new Date(order.expiresAt).getTime() - (await wechat.now()).getTime() + 1000;
  await wechat.passes(Math.max(1, Math.ceil(waitMs / 1000)));
  teller.people(`${Math.round(waitMs / 60_000)} minutes pass, the order's time is up`);

  const closed = await untilSeen(sale, 'CLOSED', PATIENCE_SECONDS);
  await insistOnSequence(stage, sale);
  const theirs = await wechat.order(payment.outTradeNo);
  const isInOrder = theirs.closedAt !== null && closed.closedAt !== null && theirs.closedAt <= closed.closedAt;
  insist(theirs.trade_state === 'CLOSED' && isInOrder, 'The order was closed here before WeChat had closed it');
  teller.asks('GET  /api/orders/{orderNo}', `${closed.status}, ${closed.closeReason ?? ''}`);
  teller.right(`closed at WeChat first (${theirs.closedAt}), then here (${closed.closedAt})`);

  const stock = await customer.stockOf(product);
  // More may come back: orders that somebody left behind before the demo run out at the same moment.
  insist(stock >= stockBefore, `The stock should be ${stockBefore} again, it is ${stock}`);
  teller.right(`the stock is back: ${stockBefore} before the order, ${stock} now`);
  await insistOnTooLate(stage, sale);
}

/** WeChat's own record of it: asked, told to close, asked again. */
async function insistOnSequence({ wechat, teller }: Stage, { payment }: Sale): Promise<void> {
  const received = (await wechat.messages(payment.outTradeNo)).filter(({ direction }) => direction === 'received');
  const said = received.map(told);
  const close = said.indexOf('closeorder SUCCESS');
  const isAskedBefore = close > 0 && said.slice(0, close).includes('orderquery NOTPAY');
  const isAskedAfter = said.slice(close + 1).includes('orderquery CLOSED');
  insist(isAskedBefore && isAskedAfter, `WeChat was not asked as it should be: ${said.join(', ')}`);
  teller.wechat(`the shop and WeChat: ${said.slice(1).join(', ')}`);
}

/** A user who comes back finds both doors shut. */
async function insistOnTooLate({ wechat, teller }: Stage, { customer, order, payment }: Sale): Promise<void> {
  const again = await customer.triesToPay<{ code: string }>(order);
  insist(
    again.status === 409 && again.body.code === 'ORDER_NOT_PAYABLE',
    `pay answers ${again.status} for a closed order`,
  );
  teller.asks('POST /api/orders/{orderNo}/pay', `${again.status} ${again.body.code}`);
  const errMsg = await wechat.requestPayment(customer.openid, payment.requestPayment);
  insist(errMsg !== 'requestPayment:ok', 'WeChat took money for an order that is closed');
  insist((await wechat.paidFen(payment.outTradeNo)) === 0, "WeChat's books have money for a closed order");
  teller.right(`the old cashier sheet takes no money either: ${errMsg}`);
}
