import { assertThat, retryUntil } from './assertions.js';
import type { ShipmentInfo } from './merchant-client.js';
import { createSale, assertPaid, type Sale, type DemoEnvironment, waitForOrderStatus } from './demo-environment.js';

/** Real seconds: a few ticks of the jobs. */
const TIMEOUT_SECONDS = 30;
/** WeChat's `order_state` of goods that are on their way. */
const SHIPPED = 2;

/** A buyer who agreed is told of the payment; the goods leave, and WeChat hears of it although it is not ready at first. */
export async function shipOrder(stage: DemoEnvironment): Promise<void> {
  const { narrator: teller } = stage;
  teller.startStory(
    10,
    'the buyer is told, the goods leave, and WeChat hears of it',
    '订阅消息通知买家，发货并上传发货信息',
  );
  const sale = await createPaidOrderWithConsent(stage);
  await assertMessageSent(stage, sale);
  await assertShipped(stage, sale);
}

async function createPaidOrderWithConsent(stage: DemoEnvironment): Promise<Sale> {
  const { narrator: teller, wechat } = stage;
  const sale = await createSale({ ...stage, narrator: teller.silent() });
  const { buyer: customer, order, payment } = sale;
  const templates = await customer.listMessageTemplates();
  const orderPaid = templates.find(({ event }) => event === 'orderPaid');
  assertThat(orderPaid !== undefined, 'The shop has no template for paid orders: see docs/messages.md');
  await wechat.giveConsent(customer.openid, [orderPaid.templateId]);
  teller.userAction('Somebody taps “pay”, and allows one message; wx.requestSubscribeMessage says accept');
  const errMsg = await wechat.requestPayment(customer.openid, payment.requestPayment);
  assertThat(errMsg === 'requestPayment:ok', `wx.requestPayment says ${errMsg}`);
  const paid = await waitForOrderStatus(sale, 'PAID', TIMEOUT_SECONDS);
  await assertPaid(stage, sale, paid);
  teller.buyerCall('GET  /api/orders/{orderNo}', `${order.orderNo} is ${paid.status}`);
  return sale;
}

async function assertMessageSent(
  { narrator: teller, wechat }: DemoEnvironment,
  { buyer: customer, order }: Sale,
): Promise<void> {
  const message = await retryUntil(
    { description: 'The buyer should be told', timeoutSeconds: TIMEOUT_SECONDS },
    async () => {
      return (await wechat.listSubscribeMessages(customer.openid))[0] ?? null;
    },
  );
  const values = Object.values(message.data);
  assertThat(values.includes(order.orderNo), `The message must name the order; it says ${values.join(' · ')}`);
  teller.wechatExchange(`subscribe/send: the buyer reads “${message.title}”, ${values.join(' · ')}`);
  teller.checkPassed('one message for one consent, and no payment waits for it');
}

async function assertShipped(
  { narrator: teller, wechat, merchant: clerk }: DemoEnvironment,
  { order, payment }: Sale,
): Promise<void> {
  const wish = { kind: 'EXPRESS', carrier: 'ZTO', trackingNo: `ZTO${order.orderNo}` };
  const parcel = await clerk.createShipment(order, wish);
  teller.staffCall('POST …/orders/{orderNo}/shipments', `${wish.carrier} ${wish.trackingNo}, ${parcel.state}`);
  const again = await clerk.createShipment(order, wish);
  assertThat(again.shipmentNo === parcel.shipmentNo, 'The same parcel, reported twice, must stay one');

  const refusals = new Set<string>();
  const what = 'WeChat should be told of the parcel';
  await retryUntil({ description: what, timeoutSeconds: TIMEOUT_SECONDS }, async (): Promise<ShipmentInfo | null> => {
    const [seen] = await clerk.listShipments(order);
    if (seen?.errorCode) refusals.add(seen.errorCode);
    if (seen?.state === 'UPLOADED') return seen;
    await wechat.advance(5);
    return null;
  });
  for (const code of refusals)
    teller.wechatExchange(`upload_shipping_info ${code}: not ready for so young a payment; again later`);
  const { order: theirs } = await wechat.getShipping(payment.outTradeNo);
  assertThat(theirs.order_state === SHIPPED, `WeChat must call it shipped, it says ${theirs.order_state}`);
  assertThat(theirs.shipping.shipping_list.length === 1, 'WeChat must have heard of one parcel');
  teller.checkPassed('reported twice, WeChat has one parcel: the 48 hours are kept, and the money can be let go');
}
