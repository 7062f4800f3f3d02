import { assertThat, retryUntil } from './assertions.js';
import type { ShipmentInfo } from './merchant-client.js';
import { createSale, assertPaid, type Sale, type DemoEnvironment, waitForOrderStatus } from './demo-environment.js';

/** Real seconds: a few job ticks. */
const TIMEOUT_SECONDS = 30;
/** WeChat's `order_state` of shipped goods. */
const SHIPPED = 2;

/** A buyer with consent gets a message about the payment; the shipment is uploaded to WeChat after a retry. */
export async function shipOrder(environment: DemoEnvironment): Promise<void> {
  const { narrator } = environment;
  narrator.startStory(
    10,
    'a subscribe message, a shipment, and its upload to WeChat',
    '订阅消息通知买家，发货并上传发货信息',
  );
  const sale = await createPaidOrderWithConsent(environment);
  await assertMessageSent(environment, sale);
  await assertShipped(environment, sale);
}

async function createPaidOrderWithConsent(environment: DemoEnvironment): Promise<Sale> {
  const { narrator, wechat } = environment;
  const sale = await createSale({ ...environment, narrator: narrator.silent() });
  const { buyer, order, payment } = sale;
  const templates = await buyer.listMessageTemplates();
  const orderPaid = templates.find(({ event }) => event === 'orderPaid');
  assertThat(orderPaid !== undefined, 'The shop has no template for paid orders: see docs/messages.md');
  await wechat.giveConsent(buyer.openid, [orderPaid.templateId]);
  narrator.userAction('The user taps “pay” and allows one message; wx.requestSubscribeMessage returns accept');
  const errMsg = await wechat.requestPayment(buyer.openid, payment.requestPayment);
  assertThat(errMsg === 'requestPayment:ok', `wx.requestPayment returned ${errMsg}`);
  const paid = await waitForOrderStatus(sale, 'PAID', TIMEOUT_SECONDS);
  await assertPaid(environment, sale, paid);
  narrator.buyerCall('GET  /api/orders/{orderNo}', `${order.orderNo} is ${paid.status}`);
  return sale;
}

async function assertMessageSent({ narrator, wechat }: DemoEnvironment, { buyer, order }: Sale): Promise<void> {
  const message = await retryUntil(
    { description: 'The buyer must receive a message', timeoutSeconds: TIMEOUT_SECONDS },
    async () => {
      return (await wechat.listSubscribeMessages(buyer.openid))[0] ?? null;
    },
  );
  const values = Object.values(message.data);
  assertThat(
    values.includes(order.orderNo),
    `The message must contain the order number, but it contains ${values.join(' · ')}`,
  );
  narrator.wechatExchange(`subscribe/send: the buyer receives “${message.title}”, ${values.join(' · ')}`);
  narrator.checkPassed('one message for one consent; no payment waits for it');
}

async function assertShipped({ narrator, wechat, merchant }: DemoEnvironment, { order, payment }: Sale): Promise<void> {
  const input = { kind: 'EXPRESS', carrier: 'ZTO', trackingNo: `ZTO${order.orderNo}` };
  const parcel = await merchant.createShipment(order, input);
  narrator.staffCall('POST …/orders/{orderNo}/shipments', `${input.carrier} ${input.trackingNo}, ${parcel.state}`);
  const again = await merchant.createShipment(order, input);
  assertThat(again.shipmentNo === parcel.shipmentNo, 'The same parcel sent twice must stay one shipment');

  const refusals = new Set<string>();
  const description = 'The shipment must be uploaded to WeChat';
  await retryUntil({ description, timeoutSeconds: TIMEOUT_SECONDS }, async (): Promise<ShipmentInfo | null> => {
    const [seen] = await merchant.listShipments(order);
    if (seen?.errorCode) refusals.add(seen.errorCode);
    if (seen?.state === 'UPLOADED') return seen;
    await wechat.advance(5);
    return null;
  });
  for (const code of refusals)
    narrator.wechatExchange(`upload_shipping_info ${code}: the payment is too recent; the upload is retried later`);
  const { order: theirs } = await wechat.getShipping(payment.outTradeNo);
  assertThat(
    theirs.order_state === SHIPPED,
    `The order must be shipped at WeChat, but its order_state is ${theirs.order_state}`,
  );
  assertThat(theirs.shipping.shipping_list.length === 1, 'WeChat must have one parcel');
  narrator.checkPassed('sent twice, WeChat has one parcel: the 48-hour limit is met, and WeChat can release the money');
}
