import { insist } from './checks.js';
import { beginSale, insistOnPaid, type Stage, untilSeen } from './stage.js';

/** Real seconds: a few ticks of the jobs. */
const PATIENCE_SECONDS = 30;

/** An order that was to be paid in the mini-program is paid in the app: the first attempt is closed before the second begins. */
export async function anotherWayToPay(stage: Stage): Promise<void> {
  const { teller, wechat } = stage;
  teller.story(11, 'begun in the mini-program, paid in the app', '先在小程序发起，改在 App 内支付');
  const first = await beginSale({ ...stage, teller: teller.silently() });
  const { customer, order } = first;
  teller.asks('POST /api/orders/{orderNo}/pay', `JSAPI: ${first.payment.outTradeNo}`);

  const payment = await customer.begins(order, 'APP');
  const { appid = '', partnerid = '' } = payment.requestPayment;
  teller.asks('POST /api/orders/{orderNo}/pay', `APP:   ${payment.outTradeNo}, appid ${appid}, partnerid ${partnerid}`);
  const before = await wechat.order(first.payment.outTradeNo);
  insist(before.trade_state === 'CLOSED', `The first attempt must be closed at WeChat, it is ${before.trade_state}`);
  teller.wechat(`orderquery, closeorder, orderquery: ${first.payment.outTradeNo} is ${before.trade_state}`);

  const late = await wechat.requestPayment(customer.openid, first.payment.requestPayment);
  insist(late !== 'requestPayment:ok', 'The cashier of the first attempt must not take money any more');
  teller.people(`The cashier in the mini-program, still open, says ${late}`);
  const heard = await wechat.payInApp(customer.openid, payment.requestPayment);
  insist(heard === 'requestPayment:ok', `The app hears ${heard}`);
  teller.people(`The user pays in the app, which hears ${heard}`);
  const sale = { ...first, payment };
  await insistOnPaid(stage, sale, await untilSeen(sale, 'PAID', PATIENCE_SECONDS));
  teller.right(`order ${order.orderNo} is PAID once, in the app; nothing of the other attempt can be paid`);
}
