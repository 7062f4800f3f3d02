import { insist, until } from './checks.js';
import type { Parcel } from './clerk.js';
import { beginSale, insistOnPaid, type Sale, type Stage, untilSeen } from './stage.js';

/** Real seconds: a few ticks of the jobs. */
const PATIENCE_SECONDS = 30;
/** WeChat's `order_state` of goods that are on their way. */
const SHIPPED = 2;

/** A buyer who agreed is told of the payment; the goods leave, and WeChat hears of it although it is not ready at first. */
export async function theGoodsLeave(stage: Stage): Promise<void> {
  const { teller } = stage;
  teller.story(
    10,
    'the buyer is told, the goods leave, and WeChat hears of it',
    '订阅消息通知买家，发货并上传发货信息',
  );
  const sale = await paidByWhoAgreed(stage);
  await insistOnMessage(stage, sale);
  await insistOnShipped(stage, sale);
}

async function paidByWhoAgreed(stage: Stage): Promise<Sale> {
  const { teller, wechat } = stage;
  const sale = await beginSale({ ...stage, teller: teller.silently() });
  const { customer, order, payment } = sale;
  const templates = await customer.messageTemplates();
  const orderPaid = templates.find(({ event }) => event === 'orderPaid');
  insist(orderPaid !== undefined, 'The shop has no template for paid orders: see docs/messages.md');
  await wechat.agrees(customer.openid, [orderPaid.templateId]);
  teller.people('Somebody taps “pay”, and allows one message; wx.requestSubscribeMessage says accept');
  const errMsg = await wechat.requestPayment(customer.openid, payment.requestPayment);
  insist(errMsg === 'requestPayment:ok', `wx.requestPayment says ${errMsg}`);
  const paid = await untilSeen(sale, 'PAID', PATIENCE_SECONDS);
  await insistOnPaid(stage, sale, paid);
  teller.asks('GET  /api/orders/{orderNo}', `${order.orderNo} is ${paid.status}`);
  return sale;
}

async function insistOnMessage({ teller, wechat }: Stage, { customer, order }: Sale): Promise<void> {
  const message = await until({ what: 'The buyer should be told', seconds: PATIENCE_SECONDS }, async () => {
    return (await wechat.subscribeMessages(customer.openid))[0] ?? null;
  });
  const values = Object.values(message.data);
  insist(values.includes(order.orderNo), `The message must name the order; it says ${values.join(' · ')}`);
  teller.wechat(`subscribe/send: the buyer reads “${message.title}”, ${values.join(' · ')}`);
  teller.right('one message for one consent, and no payment waits for it');
}

async function insistOnShipped({ teller, wechat, clerk }: Stage, { order, payment }: Sale): Promise<void> {
  const wish = { kind: 'EXPRESS', carrier: 'ZTO', trackingNo: `ZTO${order.orderNo}` };
  const parcel = await clerk.ships(order, wish);
  teller.staff('POST …/orders/{orderNo}/shipments', `${wish.carrier} ${wish.trackingNo}, ${parcel.state}`);
  const again = await clerk.ships(order, wish);
  insist(again.shipmentNo === parcel.shipmentNo, 'The same parcel, reported twice, must stay one');

  const refusals = new Set<string>();
  const what = 'WeChat should be told of the parcel';
  await until({ what, seconds: PATIENCE_SECONDS }, async (): Promise<Parcel | null> => {
    const [seen] = await clerk.parcelsOf(order);
    if (seen?.errorCode) refusals.add(seen.errorCode);
    if (seen?.state === 'UPLOADED') return seen;
    await wechat.passes(5);
    return null;
  });
  for (const code of refusals)
    teller.wechat(`upload_shipping_info ${code}: not ready for so young a payment; again later`);
  const { order: theirs } = await wechat.shippingOf(payment.outTradeNo);
  insist(theirs.order_state === SHIPPED, `WeChat must call it shipped, it says ${theirs.order_state}`);
  insist(theirs.shipping.shipping_list.length === 1, 'WeChat must have heard of one parcel');
  teller.right('reported twice, WeChat has one parcel: the 48 hours are kept, and the money can be let go');
}
