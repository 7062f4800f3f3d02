import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { OrderJson } from '../support/customer.js';
import { eventually } from '../support/eventually.js';
import { call, type Reply } from '../support/http.js';
import { ShippingShop } from '../support/shipping-shop.js';

const TOKEN = 'shoptoken2026';
const AES_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
const PLAIN = { WECHAT_MESSAGE_TOKEN: TOKEN };
const SAFE = { ...PLAIN, WECHAT_MESSAGE_AES_KEY: AES_KEY };

interface DeskOrder {
  settlement: Record<string, string | null>;
  shipBy: string | null;
  events: { type: string; text: string }[];
}

interface ToDoJson {
  shipping: {
    count: number;
    overdueCount: number;
    first: { orderNo: string; shipBy: string }[];
    stuckUploads: number;
    stuck: { orderNo: string }[];
    warnedAt: string | null;
  } | null;
}

let world: ShippingShop;

const opens = async (environment: Record<string, string>): Promise<void> => {
  world = await ShippingShop.opens({ environment });
  await hearsPushes();
};
const hearsPushes = (push: object = {}): Promise<Reply> => {
  const settings = { url: `${world.shop.url}/wechat/notify/message`, token: TOKEN, ...push };
  return world.shop.wechat.control('PUT', 'message-push', settings);
};
const pushes = async (event: string, fields: object = {}, forge?: string): Promise<boolean> => {
  const { body } = await world.shop.wechat.control('POST', 'message-push/send', {
    event,
    fields,
    ...(forge && { forge }),
  });
  return (body as { isAccepted: boolean }).isAccepted;
};
const desk = async ({ orderNo }: OrderJson): Promise<DeskOrder> =>
  (await world.boss.asks<DeskOrder>('GET', `orders/${orderNo}`)).body;
const toDo = async (): Promise<ToDoJson['shipping']> => (await world.boss.asks<ToDoJson>('GET', 'to-do')).body.shipping;

/** From the handshake to the day on which the money is let go. */
async function isShownWithTheOrder(): Promise<void> {
  expect((await world.shop.wechat.control('POST', 'message-push/handshake')).body).toMatchObject({
    isAccepted: true,
  });
  const order = await world.soldBefore();
  await world.ships(order);
  await world.shop.ticks();
  await eventually(async () =>
    expect((await desk(order)).settlement).toMatchObject({
      settlementExpectedAt: expect.any(String),
      settledAt: null,
    }),
  );

  await world.shop.wechat.passes({ hours: 10 * 24 });
  await world.shop.wechat.passes({ minutes: 2 });
  await eventually(async () =>
    expect((await desk(order)).settlement).toMatchObject({
      confirmedAt: expect.any(String),
      settledAt: expect.any(String),
    }),
  );
  const lines = (await desk(order)).events.filter(({ type }) => type === 'SHIPPING_NOTICE').map(({ text }) => text);
  expect(lines).toEqual(['WeChat has recorded the shipment', 'WeChat has released the money']);
}

describe('what WeChat says of goods, in plain text', () => {
  beforeAll(() => opens(PLAIN));
  afterAll(() => world.shop.closes());

  it.each(['xml', 'json'])(
    'is shown with the order, in %s: when the money is to be let go, and when it was',
    async (format) => {
      await hearsPushes({ format });
      await isShownWithTheOrder();
    },
  );

  it('is acknowledged when it is about something else', async () => {
    await hearsPushes();
    expect(await pushes('subscribe_msg_popup_event', { a: 1 })).toBe(true);
    // Names that every object has are nothing special.
    for (const event of ['constructor', 'toString', '__proto__'])
      expect([event, await pushes(event)]).toEqual([event, true]);
  });
});

describe('what WeChat says of goods, in safe mode', () => {
  beforeAll(() => opens(SAFE));
  afterAll(() => world.shop.closes());

  it.each(['xml', 'json'])(
    'is shown with the order, in %s: when the money is to be let go, and when it was',
    async (format) => {
      await hearsPushes({ format, encodingAesKey: AES_KEY });
      await isShownWithTheOrder();
    },
  );

  it('is believed only with the right signature, and changes nothing by being repeated or by naming strangers', async () => {
    await hearsPushes({ encodingAesKey: AES_KEY });
    const order = await world.soldBefore();
    await world.ships(order);
    await world.shop.ticks();
    await eventually(async () => expect((await desk(order)).settlement['settlementExpectedAt']).not.toBeNull());
    const [payment] = await world.shop.paymentsOf(order.orderNo);
    const now = Math.floor(world.shop.wechat.now().getTime() / 1000);
    const truth = {
      ...{ transaction_id: order.transactionId, merchant_id: '1900000109', merchant_trade_no: payment?.outTradeNo },
      ...{ confirm_receive_time: now, settlement_time: now },
    };
    const event = 'trade_manage_order_settlement';
    const forgeries = ['no-signature', 'wrong-signature', 'other-token', 'other-body', 'other-appid', 'other-key'];
    for (const forge of [...forgeries, 'doctype', 'garbage'])
      expect([forge, await pushes(event, truth, forge)]).toEqual([forge, false]);
    const strangers = [
      { merchant_id: '1900000110' },
      { merchant_trade_no: 'ANOTHER' },
      { transaction_id: '4200000000000000000000000000' },
    ];
    for (const stranger of strangers) expect(await pushes(event, { ...truth, ...stranger })).toBe(true);
    expect(await pushes(event, { ...truth, settlement_time: 4_000_000_000 })).toBe(true);
    expect((await desk(order)).settlement['settledAt']).toBeNull();

    await Promise.all(Array.from({ length: 6 }, () => pushes(event, truth)));
    const { settlement, events } = await desk(order);
    expect(settlement['settledAt']).toBe(new Date(now * 1000).toISOString());
    expect(events.filter(({ text }) => text === 'WeChat has released the money')).toHaveLength(1);
    expect(await pushes(event, { ...truth, settlement_time: now + 500 })).toBe(true);
    expect((await desk(order)).settlement).toEqual(settlement);
    expect(await world.alice.sees(order)).toMatchObject({ status: 'PAID', refundStatus: 'NONE' });
  });
});

describe('what WeChat says of goods', () => {
  afterEach(() => world.shop.closes());

  it('tells that it reminds, after 48 hours in which To do counted down', async () => {
    await opens(PLAIN);
    const late = await world.sells();
    await world.passes({ hours: 30 });
    const early = await world.sells();
    expect(await toDo()).toMatchObject({
      ...{ count: 2, overdueCount: 0, stuckUploads: 0, warnedAt: null },
      first: [{ orderNo: late.orderNo }, { orderNo: early.orderNo }],
    });
    await world.shop.wechat.passes({ hours: 19 });
    expect(await toDo()).toMatchObject({ count: 2, overdueCount: 1, first: [{ orderNo: late.orderNo }, {}] });
    await eventually(async () => expect((await desk(late)).settlement['remindedAt']).toEqual(expect.any(String)));
    expect((await desk(early)).settlement['remindedAt']).toBeNull();

    const unshipped = await world.boss.asks<{ items: object[] }>('GET', 'orders?shipping=unshipped');
    expect(unshipped.body.items).toMatchObject([{ orderNo: early.orderNo }, { orderNo: late.orderNo }]);
    await world.ships(late);
    await world.boss.asks('POST', `orders/${early.orderNo}/refunds`, { amountFen: early.paidFen, reason: '缺货' });
    await world.passes({ hours: 1 });
    expect(await toDo()).toMatchObject({ count: 0, overdueCount: 0, first: [] });
    const shipped = await world.boss.asks<{ items: object[] }>('GET', 'orders?shipping=shipped');
    expect(shipped.body.items).toMatchObject([{ orderNo: late.orderNo }]);
  });

  it('about the mini-program as a whole is on To do for a week, and so are parcels that are stuck', async () => {
    await opens(PLAIN);
    const order = await world.soldBefore();
    await world.shop.wechat.fails({ endpoint: 'upload_shipping_info', kind: 'err_code', errCode: '10060005' });
    await world.ships(order);
    await world.shop.ticks();
    expect(await pushes('wxa_trade_controlled', { msg: '…' })).toBe(true);
    expect(await toDo()).toMatchObject({
      ...{ count: 0, stuckUploads: 1, stuck: [{ orderNo: order.orderNo }], warnedAt: expect.any(String) },
    });
    await world.boss.asks('POST', `orders/${order.orderNo}/refunds`, { amountFen: order.paidFen, reason: '缺货' });
    await world.passes({ hours: 8 * 24 });
    expect(await toDo()).toMatchObject({ stuckUploads: 0, stuck: [], warnedAt: null });
  });

  it('is refused while there is no token, at the handshake too', async () => {
    await opens({});
    expect(await pushes('wxa_trade_controlled')).toBe(false);
    expect((await world.shop.wechat.control('POST', 'message-push/handshake')).body).toEqual({
      isAccepted: false,
      status: 404,
    });
    const bare = await call(`${world.shop.url}/wechat/notify/message`, { method: 'POST', body: '<xml/>' });
    expect(bare).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  });
});
