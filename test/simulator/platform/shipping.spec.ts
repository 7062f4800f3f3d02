import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../../support/eventually.js';
import { MerchantServer } from '../support/merchant-server.js';
import { APPID, MCH_ID, Message, OPENID, SECRET } from '../support/signing.js';

type Json = Record<string, unknown>;

const HOUR = 3600;
const DAY = 24 * HOUR;

describe('simulator shipping: the shipping information of a payment', () => {
  let shop: MerchantServer;
  let token: string;
  let order: Message;
  let transactionId: string;
  let uploads: number;

  beforeAll(async () => {
    shop = await MerchantServer.start();
    await shop.control('PUT', '/clock', { speed: 0 }); // virtual time stands still, so the seconds are exact
  });
  afterAll(() => shop.close());

  beforeEach(async () => {
    await shop.control('POST', '/reset');
    uploads = 0;
    await getsToken();
    order = shop.buildOrder();
    transactionId = await paid(order);
    await shop.advanceClock(5);
  });

  const number = (): string => order['out_trade_no'] ?? '';

  async function getsToken(): Promise<void> {
    const who = { grant_type: 'client_credential', appid: APPID, secret: SECRET };
    const answer = await fetch(`${shop.wechat.url}/cgi-bin/stable_token`, {
      method: 'POST',
      body: JSON.stringify(who),
    });
    ({ access_token: token } = (await answer.json()) as { access_token: string });
  }

  async function paid(order: Message): Promise<string> {
    await shop.call('unifiedorder', order);
    const { body } = await shop.control('POST', `/orders/${order['out_trade_no'] ?? ''}/pay`, {});
    return String((body['transaction'] as Json)['transaction_id']);
  }

  async function call(call: string, body: unknown): Promise<Json> {
    const address = `${shop.wechat.url}/wxa/sec/order/${call}?access_token=${token}`;
    const response = await fetch(address, { method: 'POST', body: JSON.stringify(body) });
    expect(response.status).toBe(200);
    return (await response.json()) as Json;
  }

  const parcel = (changes: Json = {}): Json => ({
    tracking_no: 'ZT1',
    express_company: 'ZTO',
    item_desc: '文具*1',
    ...changes,
  });

  /** Each is one millisecond later than the one before. */
  async function uploaded(changes: Json = {}): Promise<unknown> {
    uploads += 1;
    const time = new Date(Date.UTC(2026, 10, 21, 12, 0, 0, uploads)).toISOString().replace('Z', '+08:00');
    const { errcode } = await call('upload_shipping_info', {
      order_key: { order_number_type: 2, transaction_id: transactionId },
      logistics_type: 1,
      delivery_mode: 1,
      shipping_list: [parcel()],
      upload_time: time,
      payer: { openid: OPENID },
      ...changes,
    });
    return errcode;
  }

  const split = (isAllDelivered: boolean, ...list: Json[]): Json => ({
    delivery_mode: 2,
    is_all_delivered: isAllDelivered,
    shipping_list: list,
  });

  async function known(): Promise<{ order_state: number; shipping?: Json }> {
    const { order: seen } = await call('get_order', { transaction_id: transactionId });
    return seen as { order_state: number };
  }

  /** A jump of the clock runs the tasks a moment later. */
  const becomes = (state: number): Promise<void> =>
    eventually(async () => expect((await known()).order_state).toBe(state));

  it.each(['other-body', 'other-appid', 'other-key'])(
    'message push: rejects %s in plain mode, because the message would be genuine',
    async (forge) => {
      await shop.control('PUT', '/message-push', { url: 'http://127.0.0.1:1/message', token: 'abc123' });
      const event = 'trade_manage_remind_access_api';
      expect((await shop.control('POST', '/message-push/send', { event, forge })).status).toBe(409);
      expect((await shop.control('POST', '/message-push/send', { event, forge: 'other-token' })).status).toBe(200);
    },
  );

  it('is listed some time after the payment, under both kinds of numbers, for the mini-program only', async () => {
    transactionId = await paid(shop.buildOrder());
    await shop.advanceClock(4);
    expect([await uploaded(), (await call('get_order', { transaction_id: transactionId }))['errcode']]).toEqual([
      10060001, 10060001,
    ]);
    await shop.advanceClock(1);
    expect(await uploaded()).toBe(0);
    const byNumber = { order_number_type: 1, mchid: MCH_ID, out_trade_no: number() };
    expect(await uploaded({ order_key: { ...byNumber, mchid: '1900000999' } })).toBe(10060001);
    expect(await uploaded({ order_key: byNumber })).toBe(0);
    const scanned = shop.buildOrder({ trade_type: 'NATIVE', product_id: 'pen-01' });
    transactionId = await paid(scanned);
    await shop.advanceClock(HOUR);
    expect(await uploaded()).toBe(10060001);
  });

  it('requires a token and POST', async () => {
    token = 'none';
    expect(await uploaded()).toBe(40001);
    const got = await fetch(`${shop.wechat.url}/wxa/sec/order/get_order?access_token=x`);
    expect(await got.json()).toMatchObject({ errcode: 43002 });
  });

  it.each<[number, Json]>([
    [47001, { shipping_list: parcel() }],
    [47001, { order_key: null }],
    [40097, { order_key: { order_number_type: 3 } }],
    [10060005, { logistics_type: 5 }],
    [40097, { delivery_mode: 3 }],
    [10060006, { ...split(true, parcel()), logistics_type: 4 }],
    [10060007, { delivery_mode: 2 }],
    [268485228, { shipping_list: [parcel(), parcel({ tracking_no: 'ZT2' })] }],
    [10060024, split(true)],
    [10060024, split(true, ...Array.from({ length: 16 }, (_, n) => parcel({ tracking_no: `ZT${n}` })))],
    [268485226, { shipping_list: [parcel({ tracking_no: undefined })] }],
    [268485227, { shipping_list: [parcel({ express_company: '' })] }],
    [40097, { shipping_list: [parcel({ express_company: 'SF' })] }],
    [40097, { shipping_list: [parcel({ contact: { receiver_contact: '13800138000' } })] }],
    [10060008, { shipping_list: [parcel({ item_desc: '' })] }],
    [10060009, { shipping_list: [parcel({ item_desc: '茶'.repeat(121) })] }],
    [40097, { upload_time: '2026-11-21 12:00:00' }],
    [40097, { payer: {} }],
    [10060031, { payer: { openid: 'oSomebodyElse' } }],
  ])('is refused with errcode %d', async (errcode, changes) => {
    expect(await uploaded(changes)).toBe(errcode);
    expect(await known()).toMatchObject({ order_state: 1 });
    expect(await known()).not.toHaveProperty('shipping');
  });

  it('has the required fields of SF, city, virtual and pick-up deliveries', async () => {
    const contact = { receiver_contact: '138****8000' };
    expect(await uploaded({ shipping_list: [parcel({ express_company: 'SF', contact })] })).toBe(0);
    expect((await known()).shipping).toMatchObject({ logistics_type: 1, shipping_list: [{ contact }] });
    for (const logistics_type of [2, 3, 4]) {
      transactionId = await paid(shop.buildOrder());
      await shop.advanceClock(5);
      expect(await uploaded({ logistics_type, shipping_list: [{ item_desc: '文具*1' }] })).toBe(0);
      expect(await known()).toMatchObject({ order_state: 2, shipping: { logistics_type } });
    }
  });

  it('is merged by tracking number for several shipments, until the last shipment', async () => {
    expect(await uploaded(split(false, parcel()))).toBe(0);
    expect(await known()).toMatchObject({
      order_state: 1,
      shipping: { finish_shipping: false, finish_shipping_count: 0 },
    });
    expect(await uploaded(split(false, parcel()))).toBe(10060023);
    expect(await uploaded(split(false, parcel({ tracking_no: 'ZT2' })))).toBe(0);
    expect(await uploaded(split(true, parcel({ tracking_no: 'ZT3' })))).toBe(0);
    expect(await known()).toMatchObject({
      order_state: 2,
      shipping: {
        finish_shipping_count: 1,
        shipping_list: [{ tracking_no: 'ZT1' }, { tracking_no: 'ZT2' }, { tracking_no: 'ZT3' }],
      },
    });
  });

  it('is replaced by the next upload with splitUploads: replace', async () => {
    await shop.setBehaviours({ splitUploads: 'replace' });
    await uploaded(split(false, parcel()));
    await uploaded(split(true, parcel({ tracking_no: 'ZT2' })));
    expect((await known()).shipping?.['shipping_list']).toMatchObject([{ tracking_no: 'ZT2' }]);
  });

  it('can be changed once after everything was shipped, with a later time and a different content', async () => {
    await uploaded();
    expect(await uploaded()).toBe(10060023);
    uploads -= 2;
    expect(await uploaded({ shipping_list: [parcel({ tracking_no: 'ZT2' })] })).toBe(40097); // not later
    uploads += 2;
    expect(await uploaded({ shipping_list: [parcel({ tracking_no: 'ZT2' })] })).toBe(0);
    expect((await known()).shipping).toMatchObject({
      finish_shipping_count: 2,
      shipping_list: [{ tracking_no: 'ZT2' }],
    });
    expect(await uploaded({ shipping_list: [parcel({ tracking_no: 'ZT3' })] })).toBe(10060003);
  });

  it('uses up the re-ship by a change of the delivery mode, even before everything is shipped', async () => {
    await uploaded(split(false, parcel()));
    expect(await uploaded({ shipping_list: [parcel()] })).toBe(0);
    expect(await uploaded({ shipping_list: [parcel({ tracking_no: 'ZT2' })] })).toBe(10060003);
    expect((await shop.control('GET', `/orders/${number()}/shipping`)).body).toMatchObject({ isReshipUsed: true });
  });

  it('is confirmed and settled by timeout: ten days after an express shipment, two days after any other', async () => {
    await uploaded();
    await shop.advanceClock(10 * DAY - 1);
    await getsToken();
    expect((await known()).order_state).toBe(2);
    await shop.advanceClock(1);
    await becomes(3);
    expect(await uploaded({ shipping_list: [parcel({ tracking_no: 'ZT2' })] })).toBe(10060004);
    await shop.advanceClock(60);
    await becomes(4);
    transactionId = await paid(shop.buildOrder());
    await shop.advanceClock(5);
    await uploaded({ logistics_type: 4, shipping_list: [{ item_desc: '文具*1' }] });
    await shop.advanceClock(2 * DAY);
    await getsToken();
    await becomes(3);
  });

  it('is confirmed by the buyer, who can be asked once', async () => {
    const confirm = (): Promise<{ status: number }> => shop.control('POST', `/orders/${number()}/confirm-receipt`);
    const query = { transaction_id: transactionId, received_time: 1_800_000_000 };
    expect([(await confirm()).status, (await call('notify_confirm_receive', query))['errcode']]).toEqual([
      409, 10060010,
    ]);
    await uploaded();
    expect((await call('notify_confirm_receive', query))['errcode']).toBe(0);
    expect((await call('notify_confirm_receive', query))['errcode']).toBe(10060015);
    expect([(await confirm()).status, (await confirm()).status]).toEqual([200, 409]);
    expect((await known()).order_state).toBe(3);
  });

  it('is listed in pages, newest first', async () => {
    const second = await paid(shop.buildOrder());
    await shop.advanceClock(5);
    const numbers = (page: Json): unknown[] =>
      (page['order_list'] as Json[]).map(({ transaction_id }) => transaction_id);
    const first = await call('get_order_list', { page_size: 1 });
    expect([numbers(first), first['has_more']]).toEqual([[second], true]);
    const next = await call('get_order_list', { page_size: 1, last_index: first['last_index'] });
    expect([numbers(next), next['has_more']]).toEqual([[transactionId], false]);
    await uploaded();
    expect(numbers(await call('get_order_list', { order_state: 2 }))).toEqual([transactionId]);
    expect(numbers(await call('get_order_list', { openid: 'oSomebodyElse' }))).toEqual([]);
    expect(await call('is_trade_managed', { appid: APPID })).toMatchObject({ errcode: 0, is_trade_managed: true });
  });

  it('accepts faults before and after the effect', async () => {
    await shop.control('POST', '/faults', { endpoint: 'upload_shipping_info', kind: 'SYSTEMERROR', when: 'before' });
    await shop.control('POST', '/faults', { endpoint: 'upload_shipping_info', kind: 'SYSTEMERROR', when: 'after' });
    expect(await uploaded()).toBe(-1);
    expect((await known()).order_state).toBe(1);
    expect(await uploaded()).toBe(-1);
    expect((await known()).order_state).toBe(2);
  });
});
