import { expectOk } from '../../tools/client/typed-client.ts';
import { assertThat } from '../assertions.ts';
import { confirmPayment, createSale, pay, type DemoEnvironment, waitUntilPaid } from '../demo-environment.ts';

/** A payment started in the mini-program is paid in the app: the first attempt is closed before the second one starts. */
export async function changeTradeType(environment: DemoEnvironment): Promise<void> {
  const { narrator, wechat } = environment;
  narrator.startStory(
    11,
    'a payment started in the mini-program is paid in the app',
    '先在小程序发起，改在 App 内支付',
  );
  const first = await createSale({ ...environment, narrator: narrator.silent() });
  const { buyer, order } = first;
  narrator.buyerCall('POST /api/orders/{orderNo}/pay', `JSAPI: ${first.payment.outTradeNo}`);

  const payment = expectOk('pay', await buyer.startPayment(order.orderNo, 'APP'));
  const { appid = '', partnerid = '' } = payment.requestPayment;
  narrator.buyerCall(
    'POST /api/orders/{orderNo}/pay',
    `APP:   ${payment.outTradeNo}, appid ${appid}, partnerid ${partnerid}`,
  );
  const before = await wechat.getOrder(first.payment.outTradeNo);
  assertThat(
    before.trade_state === 'CLOSED',
    `The first attempt must be CLOSED at WeChat, but it is ${before.trade_state}`,
  );
  narrator.wechatExchange(`query, close, query: ${first.payment.outTradeNo} is ${before.trade_state}`);

  const late = await confirmPayment(environment, first);
  assertThat(late !== 'requestPayment:ok', 'The first attempt must no longer accept a payment');
  narrator.userAction(`The payment sheet of the mini-program is still open and returns ${late}`);
  const sale = { ...first, payment };
  await pay(environment, sale);
  narrator.userAction('The user pays in the app, and the app receives the result ok');
  await waitUntilPaid(environment, sale);
  narrator.checkPassed(`order ${order.orderNo} is PAID once, in the app; the other attempt cannot be paid`);
}
