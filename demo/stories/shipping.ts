import { assertThat, retryUntil } from '../assertions.ts';
import type { SimulatorSchemas } from '../../tools/client/simulator-client.ts';
import { expectOk } from '../../tools/client/typed-client.ts';
import { createSale, pay, waitUntilPaid, type DemoEnvironment, type Sale } from '../demo-environment.ts';

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
  const { buyer, openid, order } = sale;
  const templates = expectOk('the templates', await buyer.listMessageTemplates()).items;
  const orderPaid = templates.find(({ event }) => event === 'orderPaid');
  assertThat(orderPaid !== undefined, 'The shop has no template for paid orders: see docs/messages.md');
  await wechat.giveConsent(openid, [orderPaid.templateId]);
  narrator.userAction('The user taps “pay” and allows one message; wx.requestSubscribeMessage returns accept');
  await pay(environment, sale);
  const paid = await waitUntilPaid(environment, sale);
  narrator.buyerCall('GET  /api/orders/{orderNo}', `${order.orderNo} is ${paid.status}`);
  return sale;
}

async function assertMessageSent({ narrator, wechat }: DemoEnvironment, { openid, order }: Sale): Promise<void> {
  const message = await retryUntil('The buyer must receive a message', async () => {
    return (await wechat.listSubscribeMessages(openid))[0] ?? null;
  });
  const values = Object.values(message.data);
  assertThat(
    values.includes(order.orderNo),
    `The message must contain the order number, but it contains ${values.join(' · ')}`,
  );
  narrator.wechatExchange(`subscribe/send: the buyer receives “${message.title}”, ${values.join(' · ')}`);
  narrator.checkPassed('one message for one consent; no payment waits for it');
}

async function assertShipped({ narrator, wechat, staff }: DemoEnvironment, { order, payment }: Sale): Promise<void> {
  const input = { kind: 'EXPRESS', carrier: 'ZTO', trackingNo: `ZTO${order.orderNo}` } as const;
  const parcel = expectOk('the shipment', await staff.createShipment(order.orderNo, input));
  narrator.staffCall('POST …/orders/{orderNo}/shipments', `${input.carrier} ${input.trackingNo}, ${parcel.state}`);
  const again = expectOk('the shipment', await staff.createShipment(order.orderNo, input));
  assertThat(again.shipmentNo === parcel.shipmentNo, 'The same shipment sent twice must stay one shipment');

  const refusals = new Set<string>();
  await retryUntil('The shipment must be uploaded to WeChat', async () => {
    const [seen] = expectOk('the shipments', await staff.listShipments(order.orderNo)).items;
    if (seen?.errorCode) refusals.add(seen.errorCode);
    if (seen?.state === 'UPLOADED') return seen;
    await wechat.advance(5);
    return null;
  });
  for (const code of refusals)
    narrator.wechatExchange(`upload_shipping_info ${code}: the payment is too recent; the upload is retried later`);
  const theirs = shippingRecordOf(await wechat.getShipping(payment.outTradeNo));
  assertThat(
    theirs.order_state === SHIPPED,
    `The order must be shipped at WeChat, but its order_state is ${theirs.order_state}`,
  );
  assertThat(theirs.shipping.shipping_list.length === 1, 'WeChat must have one shipment');
  narrator.checkPassed(
    'sent twice, WeChat has one shipment: the 48-hour limit is met, and WeChat can release the money',
  );
}

/** The parts of WeChat's get_order response that this story checks. */
interface ShippingRecord {
  order_state: number;
  shipping: { shipping_list: unknown[] };
}

function shippingRecordOf({ order }: SimulatorSchemas['ShippingView']): ShippingRecord {
  return order as unknown as ShippingRecord; // the control API returns it as WeChat sends it, without a schema
}
