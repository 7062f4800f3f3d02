import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SIMULATED_V3_KEY } from '../../../src/config/wechat/v3-settings.js';
import { readChannelUse } from '../../../src/verify/channel-use.js';
import { ReadOnlyDatabase } from '../../../src/verify/read-only-database.js';
import { sendRequest } from '../../../tools/client/http.js';
import type { OrderJson, PayJson, TestBuyer } from '../../support/clients/test-buyer.js';
import { MetricsScrape } from '../../support/clients/metrics-scrape.js';
import { eventually } from '../../support/eventually.js';
import { LIVE_ENVIRONMENT } from '../../support/fixtures/merchant-environment.js';
import { openTestShop, type TestShop } from '../../support/test-shop.js';

const V2_ONLY = { WECHAT_API_V3_KEY: '', WECHAT_PAY_PROTOCOL: 'v2' };
/** The steps of docs/migrating-to-v3.md. */
const RECEIVE_FIRST = { ...SIMULATED_V3_KEY, WECHAT_PAY_PROTOCOL: 'v2' };
const SWITCHED = { ...SIMULATED_V3_KEY, WECHAT_PAY_PROTOCOL: 'v3' };
const WITHOUT_V2_KEY = { ...SWITCHED, WECHAT_API_KEY: '' };

/** A started payment and its order. */
interface Started {
  order: OrderJson;
  pay: PayJson;
}

/** A shop of API v2 moves to API v3: the same database and the same WeChat, restarted with other settings. */
describe('payments of a shop that moves to API v3', () => {
  let shop: TestShop;
  let alice: TestBuyer;
  let tea: string;

  beforeEach(async () => {
    const settings = { SESSION_TTL_SECONDS: '2592000', MAX_PAYMENT_ATTEMPTS_PER_ORDER: '10' };
    shop = await openTestShop({ environment: { ...LIVE_ENVIRONMENT, ...settings, ...V2_ONLY } });
    alice = await shop.createUser('alice');
    tea = await shop.createProduct({ priceFen: 1500, stock: 1000 });
  });
  afterEach(() => shop.close());

  async function start(): Promise<Started> {
    const order = await alice.createOrder({ productId: tea });
    return { order, pay: await alice.startPayment(order) };
  }

  const channelsOf = async ({ order }: Started): Promise<string[]> =>
    (await shop.getPayments(order.orderNo)).map(({ channel }) => channel);

  async function expectPaid({ order, pay }: Started, channel: string): Promise<void> {
    await eventually(async () => expect(await alice.getOrder(order)).toMatchObject({ status: 'PAID', paidFen: 1500 }));
    const paid = (await shop.getPayments(order.orderNo)).filter(({ status }) => status === 'PAID');
    expect(paid).toMatchObject([{ channel, outTradeNo: pay.outTradeNo }]);
    const applied = (await shop.getEvents(pay.outTradeNo)).filter(({ result }) => result === 'APPLIED');
    expect(applied).toHaveLength(1);
  }

  /** How often WeChat was called by the paths of each protocol, for this payment. */
  async function callsOf({ pay }: Started): Promise<{ v2: string[]; v3: string[] }> {
    const messages = await shop.wechat.listMessages({ out_trade_no: pay.outTradeNo });
    const paths = messages.filter(({ direction }) => direction === 'received').map(({ path }) => path);
    return {
      v2: paths.filter((path) => path.startsWith('/pay/')).map((path) => path.replace('/pay/', '')),
      v3: paths.filter((path) => path.startsWith('/v3/')),
    };
  }

  const openAt = async (channel: string): Promise<number | undefined> =>
    (await MetricsScrape.fetch(shop.url)).getValue('open_at_wechat', { channel, kind: 'payment' });

  it('open, paid, expiring and unfinished payments of v2 all end by v2 after the switch, each with one result', async () => {
    const [byNotice, byQuery, bySync, expiring, unfinished] = [
      await start(),
      await start(),
      await start(),
      await start(),
      await alice.createOrder({ productId: tea }),
    ];
    await alice.confirmPayment(byQuery.pay, { notify: 'lost' });
    await alice.confirmPayment(bySync.pay, { notify: 'lost' });
    await shop.wechat.failNext({ endpoint: 'unifiedorder', kind: 'reset', when: 'after' });
    expect(await alice.tryStartPayment(unfinished)).toMatchObject({ status: 502 });

    await shop.restart(SWITCHED);
    expect(await alice.confirmPayment(byNotice.pay)).toBe('requestPayment:ok');
    await expectPaid(byNotice, 'wechat-v2');
    expect((await alice.syncOrder(bySync.order)).body).toMatchObject({ status: 'PAID' });
    // The attempt that had no response is sent again with its own text, and no second one is created.
    const resumed = { order: unfinished, pay: await alice.startPayment(unfinished) };
    expect(resumed.pay.requestPayment).toMatchObject({ signType: 'MD5' });
    await alice.confirmPayment(resumed.pay);
    await expectPaid(resumed, 'wechat-v2');
    await shop.wechat.advanceTime({ minutes: 2 });
    await shop.runJobs();
    await expectPaid(byQuery, 'wechat-v2');
    await expectPaid(bySync, 'wechat-v2');
    await shop.wechat.advanceTime({ hours: 3 });
    await shop.runJobs();
    expect(await alice.getOrder(expiring.order)).toMatchObject({ status: 'CLOSED' });

    expect(await callsOf(byNotice)).toEqual({ v2: ['unifiedorder'], v3: [] });
    expect(await callsOf(byQuery)).toEqual({ v2: ['unifiedorder', 'orderquery'], v3: [] });
    expect(await callsOf(bySync)).toEqual({ v2: ['unifiedorder', 'orderquery'], v3: [] });
    expect(await callsOf(resumed)).toEqual({ v2: ['unifiedorder', 'unifiedorder'], v3: [] });
    const closing = await callsOf(expiring);
    expect(closing.v2.slice(-3)).toEqual(['orderquery', 'closeorder', 'orderquery']);
    expect(closing.v3).toEqual([]);
  });

  it('an open payment of v2 that changes its trade type is closed by v2 before the next attempt begins with v3', async () => {
    const first = await start();
    await shop.restart(SWITCHED);
    const second = { order: first.order, pay: await alice.startPayment(first.order, 'NATIVE') };
    expect(second.pay.outTradeNo).not.toBe(first.pay.outTradeNo);
    expect(await channelsOf(first)).toEqual(['wechat-v2', 'wechat-v3']);
    expect((await callsOf(first)).v2).toEqual(['unifiedorder', 'orderquery', 'closeorder', 'orderquery']);
    expect(await alice.confirmPayment(first.pay)).not.toBe('requestPayment:ok');
    await alice.confirmPayment(second.pay);
    await expectPaid(second, 'wechat-v3');
    expect(await callsOf(first)).toMatchObject({ v3: [] });
    expect(await callsOf(second)).toMatchObject({ v2: [] });
  });

  it('while it only receives, new payments begin with v2 and the notice addresses of v3 are open', async () => {
    const probe = (): Promise<{ status: number }> =>
      sendRequest(`${shop.url}/wechat/notify/v3/payment`, { method: 'POST', body: 'x' });
    expect(await probe()).toMatchObject({ status: 404 });
    await shop.restart(RECEIVE_FIRST);
    expect(await probe()).toMatchObject({ status: 401 });
    expect(await channelsOf(await start())).toEqual(['wechat-v2']);
  });

  it('turning back loses nothing: payments of v3 end by v3, and new ones begin with v2', async () => {
    await shop.restart(SWITCHED);
    const [byNotice, byQuery, expiring] = [await start(), await start(), await start()];
    await alice.confirmPayment(byQuery.pay, { notify: 'lost' });
    await shop.restart(RECEIVE_FIRST);
    expect(await alice.startPayment(byNotice.order)).toMatchObject({ outTradeNo: byNotice.pay.outTradeNo });
    await alice.confirmPayment(byNotice.pay);
    await expectPaid(byNotice, 'wechat-v3');
    const after = await start();
    expect(await channelsOf(after)).toEqual(['wechat-v2']);
    await alice.confirmPayment(after.pay);
    await expectPaid(after, 'wechat-v2');
    await shop.wechat.advanceTime({ minutes: 2 });
    await shop.runJobs();
    await expectPaid(byQuery, 'wechat-v3');
    await shop.wechat.advanceTime({ hours: 3 });
    await shop.runJobs();
    expect(await alice.getOrder(expiring.order)).toMatchObject({ status: 'CLOSED' });
    for (const each of [byNotice, byQuery, expiring]) expect((await callsOf(each)).v2).toEqual([]);
  });

  it('the metric and the report of verify count open payments of v2 until the key can go', async () => {
    const openPayments = async (): Promise<Record<string, number>> => {
      const database = await ReadOnlyDatabase.open(shop.databaseUrl);
      try {
        const use = await readChannelUse(database);
        return Object.fromEntries(use.map((of) => [of.channel, of.openPayments]));
      } finally {
        await database.close();
      }
    };
    const open = await start();
    await shop.restart(SWITCHED);
    const other = await start();
    expect(await openPayments()).toEqual({ 'wechat-v2': 1, 'wechat-v3': 1 });
    expect([await openAt('wechat-v2'), await openAt('wechat-v3')]).toEqual([1, 1]);
    await alice.confirmPayment(open.pay);
    await expectPaid(open, 'wechat-v2');
    await shop.wechat.advanceTime({ seconds: 10 });
    expect(await openPayments()).toEqual({ 'wechat-v2': 0, 'wechat-v3': 1 });
    expect([await openAt('wechat-v2'), await openAt('wechat-v3')]).toEqual([0, 1]);

    await shop.restart(WITHOUT_V2_KEY);
    await alice.confirmPayment(other.pay);
    await expectPaid(other, 'wechat-v3');
    expect((await alice.syncOrder(open.order)).body).toMatchObject({ status: 'PAID', paidFen: 1500 });
  });

  it('a key of v2 that is removed too early loses no payment: it is found when the key is back', async () => {
    const [paid, open] = [await start(), await start()];
    await shop.restart(WITHOUT_V2_KEY);
    expect(await alice.confirmPayment(paid.pay)).toBe('requestPayment:ok'); // its notice gets a 404
    expect(await alice.tryStartPayment(open.order)).toMatchObject({ status: 502 });
    await shop.wechat.advanceTime({ hours: 3 });
    await shop.runJobs();
    // Stock and order stay reserved, because only v2 knows whether the payments were made.
    for (const each of [paid, open]) expect(await alice.getOrder(each.order)).toMatchObject({ status: 'PENDING' });
    expect(await openAt('wechat-v2')).toBe(2);

    await shop.restart(SWITCHED);
    for (let hour = 0; hour < 3; hour++) {
      await shop.wechat.advanceTime({ hours: 1 });
      await shop.runJobs();
    }
    await expectPaid(paid, 'wechat-v2');
    expect(await alice.getOrder(open.order)).toMatchObject({ status: 'CLOSED' });
    for (const each of [paid, open]) expect((await callsOf(each)).v3).toEqual([]);
  });
});
