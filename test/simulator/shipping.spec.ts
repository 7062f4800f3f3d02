import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { MerchantServer } from './support/merchant-server.js';
import { APPID, MCH_ID, Message, OPENID, SECRET } from './support/signing.js';

type Json = Record<string, unknown>;

const HOUR = 3600;
const DAY = 24 * HOUR;

describe('goods that leave, as WeChat sees them', () => {
  let shop: MerchantServer;
  let token: string;
  let order: Message;
  let transactionId: string;
  let uploads: number;

  beforeAll(async () => {
    shop = await MerchantServer.start();
    await shop.control('PUT', '/clock', { speed: 0 }); // seconds are counted here
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

  async function paid(wish: Message): Promise<string> {
    await shop.call('unifiedorder', wish);
    const { body } = await shop.control('POST', `/orders/${wish['out_trade_no'] ?? ''}/pay`, {});
    return String((body['transaction'] as Json)['transaction_id']);
  }

  async function asks(call: string, body: unknown): Promise<Json> {
    const address = `${shop.wechat.url}/wxa/sec/order/${call}?access_token=${token}`;
    const response = await fetch(address, { method: 'POST', body: JSON.stringify(body) });
    expect(response.status).toBe(200);
    return (await response.json()) as Json;
  }

  const parcel = (changes: Json = {}): Json => ({
    ...{ tracking_no: 'ZT1', express_company: 'ZTO', item_desc: '文具*1', ...changes },
  });

  /** Each a millisecond later than the one before. */
  async function uploaded(changes: Json = {}): Promise<unknown> {
    uploads += 1;
    const time = new Date(Date.UTC(2026, 10, 21, 12, 0, 0, uploads)).toISOString().replace('Z', '+08:00');
    const { errcode } = await asks('upload_shipping_info', {
      order_key: { order_number_type: 2, transaction_id: transactionId },
      ...{ logistics_type: 1, delivery_mode: 1, shipping_list: [parcel()], upload_time: time },
      payer: { openid: OPENID },
      ...changes,
    });
    return errcode;
  }

  const split = (isAllDelivered: boolean, ...list: Json[]): Json => ({
    ...{ delivery_mode: 2, is_all_delivered: isAllDelivered, shipping_list: list },
  });

  async function known(): Promise<{ order_state: number; shipping?: Json }> {
    const { order: told } = await asks('get_order', { transaction_id: transactionId });
    return told as { order_state: number };
  }

  /** A jump does what is due a moment later. */
  const becomes = (state: number): Promise<void> =>
    eventually(async () => expect((await known()).order_state).toBe(state));

  it('are listed a while after the payment, in either way of naming it, and for nobody else', async () => {
    transactionId = await paid(shop.buildOrder());
    await shop.advanceClock(4);
    expect([await uploaded(), (await asks('get_order', { transaction_id: transactionId }))['errcode']]).toEqual([
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

  it('need a token and a POST', async () => {
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
  ])('are refused with errcode %d', async (errcode, changes) => {
    expect(await uploaded(changes)).toBe(errcode);
    expect(await known()).toMatchObject({ order_state: 1 });
    expect(await known()).not.toHaveProperty('shipping');
  });

  it('by SF, within the city, virtual or fetched have what each needs', async () => {
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

  it('in several parcels are added up by their number, until the last', async () => {
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

  it('replace each other when WeChat is told to do so', async () => {
    await shop.setBehaviours({ splitUploads: 'replace' });
    await uploaded(split(false, parcel()));
    await uploaded(split(true, parcel({ tracking_no: 'ZT2' })));
    expect((await known()).shipping?.['shipping_list']).toMatchObject([{ tracking_no: 'ZT2' }]);
  });

  it('may be told anew once after all left, later than before, and not just the same', async () => {
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

  it('use the one re-ship up by a change of the way, even before all left', async () => {
    await uploaded(split(false, parcel()));
    expect(await uploaded({ shipping_list: [parcel()] })).toBe(0);
    expect(await uploaded({ shipping_list: [parcel({ tracking_no: 'ZT2' })] })).toBe(10060003);
    expect((await shop.control('GET', `/orders/${number()}/shipping`)).body).toMatchObject({ isReshipUsed: true });
  });

  it('are confirmed and settled by time: ten days after an express left, two days after anything else', async () => {
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

  it('are confirmed by the buyer, who may be asked to once', async () => {
    const confirm = (): Promise<{ status: number }> => shop.control('POST', `/orders/${number()}/confirm-receipt`);
    const ask = { transaction_id: transactionId, received_time: 1_800_000_000 };
    expect([(await confirm()).status, (await asks('notify_confirm_receive', ask))['errcode']]).toEqual([409, 10060010]);
    await uploaded();
    expect((await asks('notify_confirm_receive', ask))['errcode']).toBe(0);
    expect((await asks('notify_confirm_receive', ask))['errcode']).toBe(10060015);
    expect([(await confirm()).status, (await confirm()).status]).toEqual([200, 409]);
    expect((await known()).order_state).toBe(3);
  });

  it('are listed a page at a time, newest first', async () => {
    const second = await paid(shop.buildOrder());
    await shop.advanceClock(5);
    const numbers = (page: Json): unknown[] =>
      (page['order_list'] as Json[]).map(({ transaction_id }) => transaction_id);
    const first = await asks('get_order_list', { page_size: 1 });
    expect([numbers(first), first['has_more']]).toEqual([[second], true]);
    const next = await asks('get_order_list', { page_size: 1, last_index: first['last_index'] });
    expect([numbers(next), next['has_more']]).toEqual([[transactionId], false]);
    await uploaded();
    expect(numbers(await asks('get_order_list', { order_state: 2 }))).toEqual([transactionId]);
    expect(numbers(await asks('get_order_list', { openid: 'oSomebodyElse' }))).toEqual([]);
    expect(await asks('is_trade_managed', { appid: APPID })).toMatchObject({ errcode: 0, is_trade_managed: true });
  });

  it('can be made to fail, before and after the effect', async () => {
    await shop.control('POST', '/faults', { endpoint: 'upload_shipping_info', kind: 'SYSTEMERROR', when: 'before' });
    await shop.control('POST', '/faults', { endpoint: 'upload_shipping_info', kind: 'SYSTEMERROR', when: 'after' });
    expect(await uploaded()).toBe(-1);
    expect((await known()).order_state).toBe(1);
    expect(await uploaded()).toBe(-1);
    expect((await known()).order_state).toBe(2);
  });
});
