import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PaymentEvent } from '../../src/payment/payment-event.entity.js';
import { RefusedNotice } from '../../src/payment/refused-notice.entity.js';
import { HousekeepingJob } from '../../src/reconciliation/housekeeping.job.js';
import { type Clerk, session } from '../contract/support/clerk.js';
import type { Customer, OrderJson, PayJson } from '../support/customer.js';
import { eventually } from '../support/eventually.js';
import { call, type Reply } from '../support/http.js';
import { LIVE_SHOP } from '../support/merchant-environment.js';
import { openShop, type Shop } from '../support/shop.js';

interface OrderDetail {
  events: { type: string; data: { result: string } }[];
  refusedNotices: {
    kind: string;
    result: string;
    outTradeNo: string;
    count: number;
    firstAt: string;
    lastAt: string;
  }[];
}

/** Rows that the table takes at most. */
const MAX_ROWS = 10_000;

describe('refused notices:', () => {
  let shop: Shop;
  let boss: Clerk;
  let alice: Customer;
  let tea: string;

  beforeAll(async () => {
    const environment = { ...LIVE_SHOP, SESSION_TTL_SECONDS: '2592000' };
    shop = await openShop({ instances: 2, environment });
    boss = await session(shop, 'boss');
    alice = await shop.welcomes('alice');
    tea = await shop.sells({ stock: 100 });
  });
  afterAll(() => shop.closes());

  const begun = async (): Promise<{ order: OrderJson; pay: PayJson }> => {
    const order = await alice.orders({ productId: tea });
    return { order, pay: await alice.begins(order) };
  };
  const post = (path: string, body: string, at = 0): Promise<Reply> =>
    call(`${shop.instances[at]?.url ?? ''}/wechat/notify/${path}`, { method: 'POST', body });
  const forged = (outTradeNo: string): string =>
    `<xml><return_code>SUCCESS</return_code><out_trade_no>${outTradeNo}</out_trade_no><sign>0</sign></xml>`;
  const eventCount = async (): Promise<number> => (await shop.first.all(PaymentEvent)).length;
  const detail = async ({ orderNo }: OrderJson): Promise<OrderDetail> =>
    (await boss.asks<OrderDetail>('GET', `orders/${orderNo}`)).body;
  const lastNoticeAt = async (): Promise<string | null> =>
    (await boss.asks<{ lastNoticeAt: string | null }>('GET', 'to-do')).body.lastNoticeAt;

  it('a flood of forged notices is counted by reason and payment and writes no event', async () => {
    const { order, pay } = await begun();
    const [before, none] = [await eventCount(), (await shop.refusedAbout(''))['payment MALFORMED'] ?? 0];
    await Promise.all(Array.from({ length: 200 }, (_, n) => post('payment', 'x', n % 2)));
    await Promise.all(Array.from({ length: 100 }, (_, n) => post('payment', forged(pay.outTradeNo), n % 2)));
    await Promise.all(Array.from({ length: 50 }, (_, n) => post('payment', forged(`nobodys${n}`), n % 2)));
    expect(await eventCount()).toBe(before);
    expect(await shop.refusedAbout(pay.outTradeNo)).toEqual({ 'payment BAD_SIGNATURE': 100 });
    expect(await shop.refusedAbout('')).toMatchObject({
      'payment MALFORMED': none + 200,
      'payment BAD_SIGNATURE': expect.any(Number),
    });
    const numbers = new Set((await shop.first.all(RefusedNotice)).map(({ outTradeNo }) => outTradeNo));
    expect([...numbers].filter((number) => number.startsWith('nobodys'))).toEqual([]);

    const { events, refusedNotices } = await detail(order);
    expect(events.map(({ type }) => type)).toEqual(['PREPAY']);
    expect(refusedNotices).toEqual([
      {
        ...{ kind: 'payment', result: 'BAD_SIGNATURE', outTradeNo: pay.outTradeNo, count: 100 },
        ...{ firstAt: expect.any(String), lastAt: expect.any(String) },
      },
    ]);
  });

  it('forged notices neither hide the believed ones in the time line nor count as the last notice', async () => {
    const { order, pay } = await begun();
    await alice.confirms(pay);
    await eventually(async () => expect(await alice.sees(order)).toMatchObject({ status: 'PAID' }));
    const good = await lastNoticeAt();
    expect(good).not.toBeNull();
    await shop.wechat.passes({ minutes: 5 });
    for (const body of [forged(pay.outTradeNo), 'x']) await post('payment', body);
    await post('refund', 'x');
    expect(await shop.refusedAbout(pay.outTradeNo)).toEqual({ 'payment BAD_SIGNATURE': 1 });
    expect(await lastNoticeAt()).toBe(good);
    const { events } = await detail(order);
    expect(events.filter(({ type }) => type === 'NOTICE').map(({ data }) => data.result)).toEqual(['APPLIED']);
  });

  it('the time line leaves out refused notices that an earlier version wrote into the event log', async () => {
    const { order, pay } = await begun();
    await shop.forces(
      `INSERT INTO payment_events (at, out_trade_no, type, result) VALUES ('2026-01-01 00:00:00.000', '${pay.outTradeNo}', 'NOTICE', 'BAD_SIGNATURE')`,
    );
    expect((await detail(order)).events.map(({ type }) => type)).toEqual(['PREPAY']);
  });

  it.each([
    ['POST', 'app-v1?trade_state=0'],
    ['GET', 'app-v1?trade_state=0'],
    ['POST', 'message?signature=0&timestamp=1&nonce=2'],
    ['GET', 'message?signature=0&timestamp=1&nonce=2&echostr=3'],
  ] as const)('a protocol that is not configured answers NOT_FOUND and writes nothing: %s %s', async (method, path) => {
    const rows = async (): Promise<unknown> => [await eventCount(), await shop.refusedAbout('')];
    const before = await rows();
    const reply = await call(`${shop.url}/wechat/notify/${path}`, { method, ...(method === 'POST' && { body: 'x' }) });
    expect(reply).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    expect(await rows()).toEqual(before);
  });

  it('a full table counts further payments together and stays as large as it is', async () => {
    const { pay } = await begun();
    const digits =
      '(SELECT 0 AS n UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)';
    await shop.forces(
      `INSERT INTO refused_notices (kind, result, out_trade_no, notices, first_at, last_at)
       SELECT 'payment', 1000 * a.n + 100 * b.n + 10 * c.n + d.n, 'full', 1, '2099-01-01 00:00:00.000', '2099-01-01 00:00:00.000'
       FROM ${digits} a, ${digits} b, ${digits} c, ${digits} d`,
    );
    const [before, rows] = [await shop.refusedAbout(''), (await shop.first.all(RefusedNotice)).length];
    expect(rows).toBeGreaterThanOrEqual(MAX_ROWS);
    await post('payment', forged(pay.outTradeNo));
    expect(await shop.refusedAbout(pay.outTradeNo)).toEqual({});
    expect((await shop.refusedAbout(''))['payment BAD_SIGNATURE']).toBe((before['payment BAD_SIGNATURE'] ?? 0) + 1);
    expect((await shop.first.all(RefusedNotice)).length).toBeLessThanOrEqual(rows + 1);
  });

  it('a count is purged 90 days after its last notice', async () => {
    await shop.forces("DELETE FROM refused_notices WHERE out_trade_no = 'full'");
    const { pay } = await begun();
    await post('payment', forged(pay.outTradeNo));
    expect(await shop.refusedAbout(pay.outTradeNo)).toEqual({ 'payment BAD_SIGNATURE': 1 });
    await post('payment', 'x');
    await shop.refusedAbout('');
    const old = new Date(shop.wechat.now().getTime() - 91 * 86_400_000)
      .toISOString()
      .replace('T', ' ')
      .replace('Z', '');
    await shop.forces(`UPDATE refused_notices SET last_at = '${old}' WHERE out_trade_no = '${pay.outTradeNo}'`);
    await shop.first.app.get(HousekeepingJob).tick();
    expect(await shop.refusedAbout(pay.outTradeNo)).toEqual({});
    expect(await shop.refusedAbout('')).toHaveProperty(['payment MALFORMED']);
  });
});
