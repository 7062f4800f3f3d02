import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { OrderJson } from '../../support/clients/test-buyer.js';
import { eventually } from '../../support/eventually.js';
import { sendRequest, type HttpResponse } from '../../../tools/client/http.js';
import { ShippingFixture } from '../../support/fixtures/shipping-fixture.js';

const TOKEN = 'shoptoken2026';
const AES_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
const PLAIN_ENVIRONMENT = { WECHAT_MESSAGE_TOKEN: TOKEN };
const ENCRYPTED_ENVIRONMENT = { ...PLAIN_ENVIRONMENT, WECHAT_MESSAGE_AES_KEY: AES_KEY };

interface AdminOrderJson {
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

let fixture: ShippingFixture;

const openFixture = async (environment: Record<string, string>): Promise<void> => {
  fixture = await ShippingFixture.open({ environment });
  await configurePushes();
};
const configurePushes = (push: object = {}): Promise<HttpResponse> => {
  const settings = { url: `${fixture.shop.url}/wechat/notify/message`, token: TOKEN, ...push };
  return fixture.shop.wechat.control('PUT', 'message-push', settings);
};
const sendPush = async (event: string, fields: object = {}, forge?: string): Promise<boolean> => {
  const { body } = await fixture.shop.wechat.control('POST', 'message-push/send', {
    event,
    fields,
    ...(forge && { forge }),
  });
  return (body as { isAccepted: boolean }).isAccepted;
};
const getAdminOrder = async ({ orderNo }: OrderJson): Promise<AdminOrderJson> =>
  (await fixture.boss.call<AdminOrderJson>('GET', `orders/${orderNo}`)).body;
const getShippingToDo = async (): Promise<ToDoJson['shipping']> =>
  (await fixture.boss.call<ToDoJson>('GET', 'to-do')).body.shipping;

/** Checks the events from the handshake to the day on which WeChat releases the money. */
async function expectSettlementShown(): Promise<void> {
  expect((await fixture.shop.wechat.control('POST', 'message-push/handshake')).body).toMatchObject({
    isAccepted: true,
  });
  const order = await fixture.createShippableOrder();
  await fixture.createShipment(order);
  await fixture.shop.runJobs();
  await eventually(async () =>
    expect((await getAdminOrder(order)).settlement).toMatchObject({
      settlementExpectedAt: expect.any(String),
      settledAt: null,
    }),
  );

  await fixture.shop.wechat.advanceTime({ hours: 10 * 24 });
  await fixture.shop.wechat.advanceTime({ minutes: 2 });
  await eventually(async () =>
    expect((await getAdminOrder(order)).settlement).toMatchObject({
      confirmedAt: expect.any(String),
      settledAt: expect.any(String),
    }),
  );
  const lines = (await getAdminOrder(order)).events
    .filter(({ type }) => type === 'SHIPPING_NOTICE')
    .map(({ text }) => text);
  expect(lines).toEqual(['WeChat recorded the shipment', 'WeChat settled the money']);
}

describe('shipping events: plain text', () => {
  beforeAll(() => openFixture(PLAIN_ENVIRONMENT));
  afterAll(() => fixture.shop.close());

  it.each(['xml', 'json'])(
    'the order shows when the money will be released and when it was released (%s)',
    async (format) => {
      await configurePushes({ format });
      await expectSettlementShown();
    },
  );

  it('other event types are acknowledged', async () => {
    await configurePushes();
    expect(await sendPush('subscribe_msg_popup_event', { a: 1 })).toBe(true);
    // Property names that every object has are treated as other event types.
    for (const event of ['constructor', 'toString', '__proto__'])
      expect([event, await sendPush(event)]).toEqual([event, true]);
  });
});

describe('shipping events: encrypted', () => {
  beforeAll(() => openFixture(ENCRYPTED_ENVIRONMENT));
  afterAll(() => fixture.shop.close());

  it.each(['xml', 'json'])(
    'the order shows when the money will be released and when it was released (%s)',
    async (format) => {
      await configurePushes({ format, encodingAesKey: AES_KEY });
      await expectSettlementShown();
    },
  );

  it('an event needs a valid signature; repetitions and events of other merchants change nothing', async () => {
    await configurePushes({ encodingAesKey: AES_KEY });
    const order = await fixture.createShippableOrder();
    await fixture.createShipment(order);
    await fixture.shop.runJobs();
    await eventually(async () =>
      expect((await getAdminOrder(order)).settlement['settlementExpectedAt']).not.toBeNull(),
    );
    const [payment] = await fixture.shop.getPayments(order.orderNo);
    const now = Math.floor(fixture.shop.wechat.now().getTime() / 1000);
    const fields = {
      transaction_id: order.transactionId,
      merchant_id: '1900000109',
      merchant_trade_no: payment?.outTradeNo,
      confirm_receive_time: now,
      settlement_time: now,
    };
    const event = 'trade_manage_order_settlement';
    const forgeries = ['no-signature', 'wrong-signature', 'other-token', 'other-body', 'other-appid', 'other-key'];
    for (const forge of [...forgeries, 'doctype', 'garbage'])
      expect([forge, await sendPush(event, fields, forge)]).toEqual([forge, false]);
    const foreignFields = [
      { merchant_id: '1900000110' },
      { merchant_trade_no: 'ANOTHER' },
      { transaction_id: '4200000000000000000000000000' },
    ];
    for (const foreign of foreignFields) expect(await sendPush(event, { ...fields, ...foreign })).toBe(true);
    expect(await sendPush(event, { ...fields, settlement_time: 4_000_000_000 })).toBe(true);
    expect((await getAdminOrder(order)).settlement['settledAt']).toBeNull();

    await Promise.all(Array.from({ length: 6 }, () => sendPush(event, fields)));
    const { settlement, events } = await getAdminOrder(order);
    expect(settlement['settledAt']).toBe(new Date(now * 1000).toISOString());
    expect(events.filter(({ text }) => text === 'WeChat settled the money')).toHaveLength(1);
    expect(await sendPush(event, { ...fields, settlement_time: now + 500 })).toBe(true);
    expect((await getAdminOrder(order)).settlement).toEqual(settlement);
    expect(await fixture.alice.getOrder(order)).toMatchObject({ status: 'PAID', refundStatus: 'NONE' });
  });
});

describe('shipping events: To do', () => {
  afterEach(() => fixture.shop.close());

  it("To do counts down the 48 hours to ship, and WeChat's reminder is recorded", async () => {
    await openFixture(PLAIN_ENVIRONMENT);
    const late = await fixture.createPaidOrder();
    await fixture.runJobsAfter({ hours: 30 });
    const early = await fixture.createPaidOrder();
    expect(await getShippingToDo()).toMatchObject({
      count: 2,
      overdueCount: 0,
      stuckUploads: 0,
      warnedAt: null,
      first: [{ orderNo: late.orderNo }, { orderNo: early.orderNo }],
    });
    await fixture.shop.wechat.advanceTime({ hours: 19 });
    expect(await getShippingToDo()).toMatchObject({
      count: 2,
      overdueCount: 1,
      first: [{ orderNo: late.orderNo }, {}],
    });
    await eventually(async () =>
      expect((await getAdminOrder(late)).settlement['remindedAt']).toEqual(expect.any(String)),
    );
    expect((await getAdminOrder(early)).settlement['remindedAt']).toBeNull();

    const unshipped = await fixture.boss.call<{ items: object[] }>('GET', 'orders?shipping=unshipped');
    expect(unshipped.body.items).toMatchObject([{ orderNo: early.orderNo }, { orderNo: late.orderNo }]);
    await fixture.createShipment(late);
    await fixture.boss.call('POST', `orders/${early.orderNo}/refunds`, { amountFen: early.paidFen, reason: '缺货' });
    await fixture.runJobsAfter({ hours: 1 });
    expect(await getShippingToDo()).toMatchObject({ count: 0, overdueCount: 0, first: [] });
    const shipped = await fixture.boss.call<{ items: object[] }>('GET', 'orders?shipping=shipped');
    expect(shipped.body.items).toMatchObject([{ orderNo: late.orderNo }]);
  });

  it('To do shows a restriction of the mini-program for a week, and shipments that need attention', async () => {
    await openFixture(PLAIN_ENVIRONMENT);
    const order = await fixture.createShippableOrder();
    await fixture.shop.wechat.failNext({ endpoint: 'upload_shipping_info', kind: 'err_code', errCode: '10060005' });
    await fixture.createShipment(order);
    await fixture.shop.runJobs();
    expect(await sendPush('wxa_trade_controlled', { msg: '…' })).toBe(true);
    expect(await getShippingToDo()).toMatchObject({
      count: 0,
      stuckUploads: 1,
      stuck: [{ orderNo: order.orderNo }],
      warnedAt: expect.any(String),
    });
    await fixture.boss.call('POST', `orders/${order.orderNo}/refunds`, { amountFen: order.paidFen, reason: '缺货' });
    await fixture.runJobsAfter({ hours: 8 * 24 });
    expect(await getShippingToDo()).toMatchObject({ stuckUploads: 0, stuck: [], warnedAt: null });
  });

  it('without a token, events and the handshake are rejected', async () => {
    await openFixture({});
    expect(await sendPush('wxa_trade_controlled')).toBe(false);
    expect((await fixture.shop.wechat.control('POST', 'message-push/handshake')).body).toEqual({
      isAccepted: false,
      status: 404,
    });
    const bare = await sendRequest(`${fixture.shop.url}/wechat/notify/message`, { method: 'POST', body: '<xml/>' });
    expect(bare).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  });
});
