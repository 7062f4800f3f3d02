import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OrderEvent } from '../../../src/payment/event-log/order-event.entity.js';
import { RefusedNotice } from '../../../src/payment/refused-notice/refused-notice.entity.js';
import { HousekeepingJob } from '../../../src/reconciliation/housekeeping.job.js';
import { type TestStaff, logInStaff } from '../../contract/support/test-staff.js';
import type { TestBuyer, OrderJson, PayJson } from '../../support/clients/test-buyer.js';
import { eventually } from '../../support/eventually.js';
import { sendRequest, type HttpResponse } from '../../../tools/client/http.js';
import { LIVE_ENVIRONMENT } from '../../support/fixtures/merchant-environment.js';
import { openTestShop, type TestShop } from '../../support/test-shop.js';

interface OrderDetailJson {
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

/** Maximum number of rows in the table. */
const MAX_ROWS = 10_000;

/** The forged notices are those of v2, which name a payment in plain text. A forged notice of v3 names none. */
describe('rejected notices', () => {
  let shop: TestShop;
  let boss: TestStaff;
  let alice: TestBuyer;
  let tea: string;

  beforeAll(async () => {
    const environment = { ...LIVE_ENVIRONMENT, WECHAT_PAY_PROTOCOL: 'v2', SESSION_TTL_SECONDS: '2592000' };
    shop = await openTestShop({ instances: 2, environment });
    boss = await logInStaff(shop, 'boss');
    alice = await shop.createUser('alice');
    tea = await shop.createProduct({ stock: 100 });
  });
  afterAll(() => shop.close());

  const startPayment = async (): Promise<{ order: OrderJson; pay: PayJson }> => {
    const order = await alice.createOrder({ productId: tea });
    return { order, pay: await alice.startPayment(order) };
  };
  const post = (path: string, body: string, at = 0): Promise<HttpResponse> =>
    sendRequest(`${shop.instances[at]?.url ?? ''}/wechat/notify/${path}`, { method: 'POST', body });
  const forged = (outTradeNo: string): string =>
    `<xml><return_code>SUCCESS</return_code><out_trade_no>${outTradeNo}</out_trade_no><sign>0</sign></xml>`;
  const eventCount = async (): Promise<number> => (await shop.firstInstance.findAll(OrderEvent)).length;
  const getOrderDetail = async ({ orderNo }: OrderJson): Promise<OrderDetailJson> =>
    (await boss.call<OrderDetailJson>('GET', `orders/${orderNo}`)).body;
  const lastNoticeAt = async (): Promise<string | null> =>
    (await boss.call<{ lastNoticeAt: string | null }>('GET', 'to-do')).body.lastNoticeAt;

  it('a flood of forged notices is counted by reason and payment and writes no event', async () => {
    const { order, pay } = await startPayment();
    const [before, malformedBefore] = [
      await eventCount(),
      (await shop.countRefusedNotices(''))['payment MALFORMED'] ?? 0,
    ];
    await Promise.all(Array.from({ length: 200 }, (_, n) => post('payment', 'x', n % 2)));
    await Promise.all(Array.from({ length: 100 }, (_, n) => post('payment', forged(pay.outTradeNo), n % 2)));
    await Promise.all(Array.from({ length: 50 }, (_, n) => post('payment', forged(`unknown${n}`), n % 2)));
    expect(await eventCount()).toBe(before);
    expect(await shop.countRefusedNotices(pay.outTradeNo)).toEqual({ 'payment BAD_SIGNATURE': 100 });
    expect(await shop.countRefusedNotices('')).toMatchObject({
      'payment MALFORMED': malformedBefore + 200,
      'payment BAD_SIGNATURE': expect.any(Number),
    });
    const numbers = new Set((await shop.firstInstance.findAll(RefusedNotice)).map(({ outTradeNo }) => outTradeNo));
    expect([...numbers].filter((number) => number.startsWith('unknown'))).toEqual([]);

    const { events, refusedNotices } = await getOrderDetail(order);
    expect(events.map(({ type }) => type)).toEqual(['PREPAY']);
    expect(refusedNotices).toEqual([
      {
        kind: 'payment',
        result: 'BAD_SIGNATURE',
        outTradeNo: pay.outTradeNo,
        count: 100,
        firstAt: expect.any(String),
        lastAt: expect.any(String),
      },
    ]);
  });

  it("forged notices neither hide accepted ones in the order's events nor count as the last notice", async () => {
    const { order, pay } = await startPayment();
    await alice.confirmPayment(pay);
    await eventually(async () => expect(await alice.getOrder(order)).toMatchObject({ status: 'PAID' }));
    const lastBefore = await lastNoticeAt();
    expect(lastBefore).not.toBeNull();
    await shop.wechat.advanceTime({ minutes: 5 });
    for (const body of [forged(pay.outTradeNo), 'x']) await post('payment', body);
    await post('refund', 'x');
    expect(await shop.countRefusedNotices(pay.outTradeNo)).toEqual({ 'payment BAD_SIGNATURE': 1 });
    expect(await lastNoticeAt()).toBe(lastBefore);
    const { events } = await getOrderDetail(order);
    expect(events.filter(({ type }) => type === 'NOTICE').map(({ data }) => data.result)).toEqual(['APPLIED']);
  });

  it("the order's events omit rejected notices that an earlier version recorded there", async () => {
    const { order, pay } = await startPayment();
    await shop.rawUpdate(
      `INSERT INTO order_events (at, out_trade_no, type, result) VALUES ('2026-01-01 00:00:00.000', '${pay.outTradeNo}', 'NOTICE', 'BAD_SIGNATURE')`,
    );
    expect((await getOrderDetail(order)).events.map(({ type }) => type)).toEqual(['PREPAY']);
  });

  it.each([
    ['POST', 'app-v1?trade_state=0'],
    ['GET', 'app-v1?trade_state=0'],
    ['POST', 'message?signature=0&timestamp=1&nonce=2'],
    ['GET', 'message?signature=0&timestamp=1&nonce=2&echostr=3'],
  ] as const)(
    'a protocol that is not configured responds with NOT_FOUND and writes nothing: %s %s',
    async (method, path) => {
      const rows = async (): Promise<unknown> => [await eventCount(), await shop.countRefusedNotices('')];
      const before = await rows();
      const reply = await sendRequest(`${shop.url}/wechat/notify/${path}`, {
        method,
        ...(method === 'POST' && { body: 'x' }),
      });
      expect(reply).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
      expect(await rows()).toEqual(before);
    },
  );

  it('a full table counts further payments together and does not grow', async () => {
    const { pay } = await startPayment();
    const digits =
      '(SELECT 0 AS n UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)';
    await shop.rawUpdate(
      `INSERT INTO refused_notices (kind, result, out_trade_no, notices, first_at, last_at)
       SELECT 'payment', 1000 * a.n + 100 * b.n + 10 * c.n + d.n, 'full', 1, '2099-01-01 00:00:00.000', '2099-01-01 00:00:00.000'
       FROM ${digits} a, ${digits} b, ${digits} c, ${digits} d`,
    );
    const [before, rows] = [
      await shop.countRefusedNotices(''),
      (await shop.firstInstance.findAll(RefusedNotice)).length,
    ];
    expect(rows).toBeGreaterThanOrEqual(MAX_ROWS);
    await post('payment', forged(pay.outTradeNo));
    expect(await shop.countRefusedNotices(pay.outTradeNo)).toEqual({});
    expect((await shop.countRefusedNotices(''))['payment BAD_SIGNATURE']).toBe(
      (before['payment BAD_SIGNATURE'] ?? 0) + 1,
    );
    expect((await shop.firstInstance.findAll(RefusedNotice)).length).toBeLessThanOrEqual(rows + 1);
  });

  it('a count is purged 90 days after its last notice', async () => {
    await shop.rawUpdate("DELETE FROM refused_notices WHERE out_trade_no = 'full'");
    const { pay } = await startPayment();
    await post('payment', forged(pay.outTradeNo));
    expect(await shop.countRefusedNotices(pay.outTradeNo)).toEqual({ 'payment BAD_SIGNATURE': 1 });
    await post('payment', 'x');
    await shop.countRefusedNotices('');
    const longAgo = new Date(shop.wechat.now().getTime() - 91 * 86_400_000)
      .toISOString()
      .replace('T', ' ')
      .replace('Z', '');
    await shop.rawUpdate(`UPDATE refused_notices SET last_at = '${longAgo}' WHERE out_trade_no = '${pay.outTradeNo}'`);
    await shop.firstInstance.app.get(HousekeepingJob).run();
    expect(await shop.countRefusedNotices(pay.outTradeNo)).toEqual({});
    expect(await shop.countRefusedNotices('')).toHaveProperty(['payment MALFORMED']);
  });
});
