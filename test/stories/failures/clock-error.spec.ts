import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Session } from '../../../src/auth/session/session.entity.js';
import { Clock } from '../../../src/common/time/clock.js';
import { Order as OrderRow } from '../../../src/order/order.entity.js';
import { IdempotencyKey } from '../../../src/database/idempotency/idempotency-key.entity.js';
import { HousekeepingJob } from '../../../src/reconciliation/housekeeping.job.js';
import { createStaff, tryStaffLogin, PASSWORD } from '../../contract/support/test-staff.js';
import { eventually } from '../../support/eventually.js';
import { sendRequest } from '../../../tools/client/http.js';
import { MetricsScrape } from '../../support/clients/metrics-scrape.js';
import { openTestShop, type TestShop } from '../../support/test-shop.js';

const YEAR_MS = 370 * 86_400_000;

const toSqlText = (moment: Date): string => moment.toISOString().replace(/[TZ]/g, ' ').trim();
const nextYearSqlText = (): string => toSqlText(new Date(Date.now() + YEAR_MS));

/** The machine's clock is 370 days ahead for a while and then correct again. */
describe('clock error of a year', () => {
  let shop: TestShop;
  let errorMs = 0;

  beforeAll(async () => {
    shop = await openTestShop({ environment: { RECONCILE_INTERVAL_SECONDS: '1' } });
    const base = shop.firstInstance.app.get(Clock).source;
    shop.firstInstance.app.get(Clock).useTimeSource({ now: () => new Date(base.now().getTime() + errorMs) }, false);
  });
  afterAll(() => shop.close());

  /** By the request too: v3 refuses a wrong time before it reads which payment a query is about. */
  const countQueries = async (outTradeNo: string): Promise<number> =>
    (await shop.wechat.getPayCalls('query')).filter(({ path, request }) => `${path} ${request}`.includes(outTradeNo))
      .length;
  const getReadiness = async (): Promise<unknown> =>
    (await sendRequest<{ info: { clock: unknown } }>(`${shop.url}/readyz`)).body;
  const countRuns = async (): Promise<number> => {
    const { text } = await MetricsScrape.fetch(shop.url);
    return Number(/tick_duration_seconds_count\{task="order-expiry"\} (\d+)/.exec(text)?.[1]);
  };

  it('a clock error does not close orders, end sessions or idempotency keys, lock users out or delay checks', async () => {
    const alice = await shop.createUser('alice');
    const tea = await shop.createProduct();
    const before = await alice.createOrder({ productId: tea });
    const { outTradeNo } = await alice.startPayment(before);
    await shop.rawUpdate(
      `INSERT INTO idempotency_keys (user_id, key_hash, request_hash, answer, created_at)
         VALUES ('U', 'K', 'R', '', '${toSqlText(new Date())}')`,
    );
    const { username } = await createStaff(shop, 'VIEWER');
    const sessions = (await shop.firstInstance.findAll(Session)).length;

    errorMs = YEAR_MS;
    await shop.firstInstance.app.get(HousekeepingJob).run();
    expect(await shop.firstInstance.findAll(IdempotencyKey)).not.toEqual([]);
    expect(await shop.firstInstance.findAll(Session)).toHaveLength(sessions);
    for (let failure = 0; failure < 6; failure++) await tryStaffLogin(shop, username, 'wrong');
    expect((await tryStaffLogin(shop, username, PASSWORD)).status).toBe(429);
    // The query is due, and the next one is a year away.
    await eventually(async () => expect(await countQueries(outTradeNo)).toBe(1));
    const bob = await shop.createUser('bob');
    const meanwhile = await bob.createOrder({ productId: tea });
    const runsBefore = await countRuns();
    await eventually(async () => expect(await countRuns()).toBeGreaterThan(runsBefore + 2));
    expect(JSON.stringify(await getReadiness())).toMatch(
      /The clock differs by 319680\d\d s from the clock of (WeChat|the database)\./,
    );

    errorMs = 0;
    expect(await alice.getOrder(before)).toMatchObject({ status: 'PENDING' });
    expect((await tryStaffLogin(shop, username, PASSWORD)).status).toBe(200);
    await eventually(async () => expect(await countQueries(outTradeNo)).toBeGreaterThan(1));
    expect((await bob.call('GET', 'auth/me')).status).toBe(401); // otherwise the session would last a year
    const latestExpiry = shop.wechat.now().getTime() + 1_300_000;
    const carol = await shop.createUser('carol');
    expect(await carol.createOrder({ productId: tea })).toMatchObject({ status: 'PENDING' });
    await eventually(async () => {
      const [row] = (await shop.firstInstance.findAll(OrderRow)).filter(({ orderNo }) => orderNo === meanwhile.orderNo);
      expect(row).toMatchObject({ status: 'PENDING' });
      expect(row?.expiresAt.getTime()).toBeLessThan(latestExpiry);
    });
    await eventually(async () => expect(await getReadiness()).toMatchObject({ info: { clock: { status: 'up' } } }));
    expect(JSON.stringify(await getReadiness())).not.toContain('warning');
  });

  it('a call that seems to be pending for a year blocks neither a refund nor a close', async () => {
    const alice = await shop.createUser('alice');
    const tea = await shop.createProduct({ priceFen: 1500 });
    const paid = await alice.createOrder({ productId: tea });
    await alice.pay(paid);
    await eventually(async () => expect(await alice.getOrder(paid)).toMatchObject({ status: 'PAID' }));
    const unsent = await alice.createOrder({ productId: tea });
    await shop.wechat.failNext({ endpoint: 'unifiedorder', kind: 'reset', when: 'before' });
    expect((await alice.tryStartPayment(unsent)).status).toBe(502);
    await shop.rawUpdate(
      `UPDATE payments SET refund_slot_no = 'OTHER', refund_slot_until = '${nextYearSqlText()}',
         calling_until = '${nextYearSqlText()}' WHERE order_no IN ('${paid.orderNo}', '${unsent.orderNo}')`,
    );
    const operator = await createStaff(shop, 'OPERATOR');
    const input = { amountFen: 1500, reason: '不要了' };
    const { status } = await operator.call('POST', `orders/${paid.orderNo}/refunds`, input);
    expect(status).toBe(201);
    await eventually(async () => expect(await alice.getOrder(paid)).toMatchObject({ refundStatus: 'PROCESSING' }));
    expect(await shop.wechat.countPayCalls('refund')).toBe(1);
    expect(await alice.call('POST', `orders/${unsent.orderNo}/cancel`)).toMatchObject({ body: { status: 'CLOSED' } });
  });
});
