import { assertThat } from './assertions.js';
import { createSale, assertPaid, type DemoEnvironment, waitForOrderStatus } from './demo-environment.js';

/** Real seconds: a few ticks of the jobs. */
const TIMEOUT_SECONDS = 30;

/** An order that was to be paid in the mini-program is paid in the app: the first attempt is closed before the second begins. */
export async function changeTradeType(stage: DemoEnvironment): Promise<void> {
  const { narrator: teller, wechat } = stage;
  teller.startStory(11, 'begun in the mini-program, paid in the app', '先在小程序发起，改在 App 内支付');
  const first = await createSale({ ...stage, narrator: teller.silent() });
  const { buyer: customer, order } = first;
  teller.buyerCall('POST /api/orders/{orderNo}/pay', `JSAPI: ${first.payment.outTradeNo}`);

  const payment = await customer.startPayment(order, 'APP');
  const { appid = '', partnerid = '' } = payment.requestPayment;
  teller.buyerCall(
    'POST /api/orders/{orderNo}/pay',
    `APP:   ${payment.outTradeNo}, appid ${appid}, partnerid ${partnerid}`,
  );
  const before = await wechat.getOrder(first.payment.outTradeNo);
  assertThat(
    before.trade_state === 'CLOSED',
    `The first attempt must be closed at WeChat, it is ${before.trade_state}`,
  );
  teller.wechatExchange(`orderquery, closeorder, orderquery: ${first.payment.outTradeNo} is ${before.trade_state}`);

  const late = await wechat.requestPayment(customer.openid, first.payment.requestPayment);
  assertThat(late !== 'requestPayment:ok', 'The cashier of the first attempt must not take money any more');
  teller.userAction(`The cashier in the mini-program, still open, says ${late}`);
  const heard = await wechat.payInApp(customer.openid, payment.requestPayment);
  assertThat(heard === 'requestPayment:ok', `The app hears ${heard}`);
  teller.userAction(`The user pays in the app, which hears ${heard}`);
  const sale = { ...first, payment };
  await assertPaid(stage, sale, await waitForOrderStatus(sale, 'PAID', TIMEOUT_SECONDS));
  teller.checkPassed(`order ${order.orderNo} is PAID once, in the app; nothing of the other attempt can be paid`);
}
