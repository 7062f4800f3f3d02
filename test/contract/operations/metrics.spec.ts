import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { UnitOfWork } from '../../../src/database/unit-of-work.js';
import type { TestBuyer } from '../../support/clients/test-buyer.js';
import { eventually } from '../../support/eventually.js';
import { sendRequest } from '../../../tools/client/http.js';
import { RefundFixture } from '../../support/fixtures/refund-fixture.js';
import { isOnMysql } from '../../support/database/scratch-database.js';
import { type MetricLabels, MetricsScrape } from '../../support/clients/metrics-scrape.js';
import { SHORT_TIMEOUT, openTestShop, type TestShop } from '../../support/test-shop.js';
import { TcpProxy } from '../../support/wechat/tcp-proxy.js';
import { expectProblem } from '../support/expect-problem.js';

/** Series that are read from the database. */
const FROM_THE_DATABASE = ['notice_gap_seconds', 'unknown_outcomes', 'refunds', 'job_lag_seconds'];

/** A reading is cached for five seconds; this gets a new one. */
async function scrape(shop: TestShop, at = 0): Promise<MetricsScrape> {
  await shop.wechat.advanceTime({ seconds: 6 });
  return MetricsScrape.fetch(shop.instances[at]?.url ?? '');
}

describe('metrics of an instance', () => {
  let shop: TestShop;
  let alice: TestBuyer;
  let tea: string;

  beforeAll(async () => {
    shop = await openTestShop({ environment: { SESSION_TTL_SECONDS: '2592000' } });
    alice = await shop.createUser('alice');
    tea = await shop.createProduct({ priceFen: 1500, stock: 100 });
  });
  afterAll(() => shop.close());

  /** How much each counter grew during the action. */
  async function growth(of: () => Promise<unknown>): Promise<(name: string, labels?: MetricLabels) => number> {
    const before = await scrape(shop);
    await of();
    const after = await scrape(shop);
    return (name, labels) => (after.getValue(name, labels) ?? NaN) - (before.getValue(name, labels) ?? NaN);
  }

  it('is in the Prometheus text format, with metrics of the process and of the shop', async () => {
    const { status, headers, body } = await sendRequest<string>(`${shop.url}/metrics`);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(body).toContain('process_resident_memory_bytes ');
    const now = await scrape(shop);
    expect(now.getValue('database_up')).toBe(1);
    expect(now.getValue('merchant_certificate_days_left')).toBeGreaterThan(0);
    expect(now.getValue('wechat_call_duration_seconds_count', { endpoint: 'jscode2session', outcome: 'done' })).toBe(1);
  });

  it('distinguishes payments found by notice, by query and by client sync', async () => {
    const grew = await growth(async () => {
      const notified = await alice.pay(await alice.createOrder({ productId: tea }), { notify: 'lost' });
      await shop.wechat.sendPaymentNotice(notified.outTradeNo);
      await shop.wechat.sendPaymentNotice(notified.outTradeNo);
      await alice.pay(await alice.createOrder({ productId: tea }), { notify: 'lost' });
      await shop.wechat.advanceTime({ seconds: 11 });
      await shop.runJobs();
      const synced = await alice.createOrder({ productId: tea });
      await alice.pay(synced, { notify: 'lost' });
      await alice.syncOrder(synced);
    });
    for (const source of ['notice', 'query', 'sync']) {
      expect([source, grew('payments_resolved_total', { source })]).toEqual([source, 1]);
    }
    expect(grew('notices_total', { kind: 'payment', result: 'APPLIED' })).toBe(1);
    expect(grew('notices_total', { kind: 'payment', result: 'REPEATED' })).toBe(1);
    expect(grew('notice_delay_seconds_count', { kind: 'payment' })).toBe(1); // a repeated notice is not counted
    expect(grew('wechat_call_duration_seconds_count', { endpoint: 'orderquery', outcome: 'done' })).toBe(2);
  });

  it('measures the delay of a notice from the time of the payment', async () => {
    const grew = await growth(async () => {
      const { outTradeNo } = await alice.pay(await alice.createOrder({ productId: tea }), { notify: 'lost' });
      await shop.wechat.advanceTime({ minutes: 4 });
      await shop.wechat.sendPaymentNotice(outTradeNo);
    });
    expect(grew('notice_delay_seconds_sum', { kind: 'payment' })).toBeGreaterThanOrEqual(239);
    expect(grew('notice_delay_seconds_sum', { kind: 'payment' })).toBeLessThan(260);
    expect(grew('notice_delay_seconds_bucket', { kind: 'payment', le: '300' })).toBe(1);
    expect(grew('notice_delay_seconds_bucket', { kind: 'payment', le: '90' })).toBe(0);
  });

  it('counts rejected notices by reason, and results that contradict our records', async () => {
    const { outTradeNo } = await alice.startPayment(await alice.createOrder({ productId: tea }));
    const grew = await growth(async () => {
      for (const forge of ['wrong-sign', 'no-sign', 'other-mch', 'lower-fee', 'garbage']) {
        await shop.wechat.sendPaymentNotice(outTradeNo, { forge });
      }
    });
    const notices = (result: string): number => grew('notices_total', { kind: 'payment', result });
    const results = ['BAD_SIGNATURE', 'FOREIGN_MERCHANT', 'AMOUNT_MISMATCH', 'MALFORMED', 'APPLIED'];
    expect(results.map(notices)).toEqual([2, 1, 1, 1, 0]);
    expect(grew('contradictions_total', { kind: 'payment', result: 'AMOUNT_MISMATCH' })).toBe(1);
  });

  it('counts an order once when its Idempotency-Key is repeated, and counts closes by reason', async () => {
    const place = (): Promise<unknown> =>
      alice.call(
        'POST',
        'orders',
        { items: [{ productId: tea, quantity: 1 }] },
        { headers: { 'idempotency-key': 'k' } },
      );
    const grew = await growth(async () => {
      await Promise.all([place(), place(), place()]);
      await alice.cancelOrder(await alice.createOrder({ productId: tea }));
    });
    expect(grew('orders_created_total')).toBe(2);
    expect(grew('orders_closed_total', { reason: 'CANCELLED' })).toBe(1);
  });

  it('counts retried transactions by the reason of the retry', async () => {
    const unitOfWork = shop.firstInstance.app.get(UnitOfWork);
    const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
    let tries = 0;
    const grew = await growth(async () => {
      await unitOfWork.run(async (tx) => {
        await tx.query('SELECT 1');
        tries += 1;
        if (tries < 3) throw Object.assign(new Error('Deadlock found'), { code: 'ER_LOCK_DEADLOCK' });
      });
      await expect(unitOfWork.run(() => Promise.reject(full))).rejects.toThrow();
    });
    expect(grew('database_retries_total', { cause: 'conflict' })).toBe(2);
    expect(grew('database_failures_total', { cause: 'storage' })).toBe(1);
    expect(grew('database_failures_total', { cause: 'conflict' })).toBe(0);
  });

  it('has the same series after a day of sales, and no series contains an order number or a username', async () => {
    const seriesOf = ({ samples }: MetricsScrape): string[] =>
      samples.filter(({ name }) => name.startsWith('wx_')).map(({ name, labels }) => name + JSON.stringify(labels));
    const before = await scrape(shop);
    const order = await alice.createOrder({ productId: tea });
    const pay = await alice.pay(order);
    await alice.syncOrder(order);
    await shop.wechat.sendPaymentNotice(pay.outTradeNo, { forge: 'no-sign' });
    await shop.runJobs();
    const after = await scrape(shop);
    expect(seriesOf(after)).toEqual(seriesOf(before));
    for (const mark of [order.orderNo, alice.openid, alice.id, tea]) expect(after.text).not.toContain(mark);
  });

  it('responds without the database, and omits figures that it cannot read', async () => {
    const before = await scrape(shop);
    await shop.rawUpdate('ALTER TABLE refunds RENAME TO refunds_away');
    const without = await scrape(shop);
    expect(without.getValue('database_up')).toBe(0);
    for (const name of FROM_THE_DATABASE) expect([...without.types.keys()]).not.toContain(`wx_checkout_${name}`);
    expect(without.getValue('orders_created_total')).toBe(before.getValue('orders_created_total'));
    expect(without.text).toContain('process_cpu_seconds_total ');
    await shop.rawUpdate('ALTER TABLE refunds_away RENAME TO refunds');
    const back = await scrape(shop);
    expect(back.getValue('database_up')).toBe(1);
    for (const name of FROM_THE_DATABASE) expect([...back.types.keys()]).toContain(`wx_checkout_${name}`);
  });

  // Last, because from here on this instance runs its jobs on its own schedule.
  it('exposes the time of the last run of each job', async () => {
    const { url } = await shop.startInstance({ RECONCILE_INTERVAL_SECONDS: '1' });
    const job = { task: 'refund-check' };
    const first = (await MetricsScrape.fetch(url)).getValue('job_last_tick_timestamp_seconds', job) ?? NaN;
    await eventually(async () => {
      const now = await MetricsScrape.fetch(url);
      expect(now.getValue('job_tick_duration_seconds_count', job)).toBeGreaterThan(1);
      expect(now.getValue('job_last_tick_timestamp_seconds', job)).toBeGreaterThan(first);
    });
  });
});

describe('metrics that are read from the database', () => {
  let shop: TestShop;
  let alice: TestBuyer;
  let tea: string;

  beforeEach(async () => {
    shop = await openTestShop({ environment: { SESSION_TTL_SECONDS: '2592000', ...SHORT_TIMEOUT } });
    alice = await shop.createUser('alice');
    tea = await shop.createProduct({ priceFen: 1500 });
  });
  afterEach(() => shop.close());

  it('shows a call without a response as an unknown outcome with its age, until a response arrives', async () => {
    const order = await alice.createOrder({ productId: tea });
    await shop.wechat.failNext({ endpoint: 'unifiedorder', kind: 'timeout' });
    await alice.tryStartPayment(order);
    await shop.wechat.advanceTime({ minutes: 5 });
    const hanging = await scrape(shop);
    expect(hanging.getValue('unknown_outcomes', { kind: 'payment' })).toBe(1);
    expect(hanging.getValue('unknown_outcome_oldest_age_seconds', { kind: 'payment' })).toBeGreaterThanOrEqual(300);
    expect(
      (await scrape(shop)).getValue('wechat_call_duration_seconds_count', {
        endpoint: 'unifiedorder',
        outcome: 'unknown',
      }),
    ).toBe(1);

    await alice.startPayment(order);
    const answered = await scrape(shop);
    expect(answered.getValue('unknown_outcomes', { kind: 'payment' })).toBe(0);
    expect(answered.getValue('unknown_outcome_oldest_age_seconds', { kind: 'payment' })).toBe(0);
  });

  it('counts what is open at WeChat by channel, so that an operator knows when its keys are no longer needed', async () => {
    const openPayments = async (): Promise<number | undefined> =>
      (await scrape(shop)).getValue('open_at_wechat', { channel: 'wechat-v2', kind: 'payment' });
    const before = await openPayments();
    const order = await alice.createOrder({ productId: tea });
    await alice.startPayment(order);
    expect(await openPayments()).toBe((before ?? NaN) + 1);
    await alice.cancelOrder(order);
    expect(await openPayments()).toBe(before);
    const scraped = await scrape(shop);
    expect(scraped.getValue('open_at_wechat', { channel: 'wechat-v2', kind: 'refund' })).toBe(0);
    expect(scraped.getValue('open_at_wechat', { channel: 'wechat-app-v1', kind: 'payment' })).toBe(0);
  });

  it('shows a payment whose order has expired because WeChat gives no usable response', async () => {
    await alice.pay(await alice.createOrder({ productId: tea }), { notify: 'lost' });
    await shop.wechat.failNext({ endpoint: 'orderquery', kind: 'SYSTEMERROR', times: -1 });
    await shop.wechat.advanceTime({ minutes: 15 });
    await shop.runJobs();
    expect((await scrape(shop)).getValue('unknown_outcomes', { kind: 'payment' })).toBe(0); // it can still be paid
    await shop.wechat.advanceTime({ minutes: 15 });
    await shop.runJobs();
    expect((await scrape(shop)).getValue('unknown_outcomes', { kind: 'payment' })).toBe(1);
  });

  it('increases notice_gap_seconds on every instance while payments are made and their notices are lost', async () => {
    const { outTradeNo } = await alice.pay(await alice.createOrder({ productId: tea }), { notify: 'lost' });
    await shop.wechat.sendPaymentNotice(outTradeNo);
    await shop.wechat.advanceTime({ hours: 9 });
    expect((await scrape(shop)).getValue('notice_gap_seconds')).toBe(0); // without payments there is no silence

    const unannounced = await alice.createOrder({ productId: tea });
    const pay = await alice.pay(unannounced, { notify: 'lost' });
    await alice.syncOrder(unannounced);
    expect((await scrape(shop)).getValue('notice_gap_seconds')).toBeLessThan(60); // the time without payments does not count
    await shop.wechat.advanceTime({ minutes: 20 });
    await alice.pay(await alice.createOrder({ productId: tea }), { notify: 'lost' });
    await shop.wechat.advanceTime({ minutes: 5 });
    await shop.runJobs();
    await shop.startInstance();
    for (const at of [0, 1]) {
      const silence = (await scrape(shop, at)).getValue('notice_gap_seconds');
      expect(silence).toBeGreaterThanOrEqual(25 * 60);
      expect(silence).toBeLessThan(28 * 60);
    }

    await shop.wechat.sendPaymentNotice(pay.outTradeNo, { forge: 'wrong-sign' });
    expect((await scrape(shop)).getValue('notice_gap_seconds')).toBeGreaterThan(0); // a forged notice does not end the silence
    await shop.wechat.sendPaymentNotice(pay.outTradeNo);
    const after = await scrape(shop);
    expect(after.getValue('notice_gap_seconds')).toBe(0);
    expect(after.getValue('last_accepted_notice_timestamp_seconds')).toBeGreaterThan(0);
  });

  it('shows how late the oldest unclaimed row is, until a job run claims it', async () => {
    await alice.startPayment(await alice.createOrder({ productId: tea }));
    await shop.wechat.advanceTime({ seconds: 70 }); // the first query is due after ten seconds
    const job = { task: 'payment-check' };
    const late = await scrape(shop);
    expect(late.getValue('job_lag_seconds', job)).toBeGreaterThanOrEqual(60);
    expect(late.getValue('job_due_rows', job)).toBe(1);
    await shop.runJobs();
    const done = await scrape(shop);
    expect(done.getValue('job_lag_seconds', job)).toBe(0);
    expect(done.getValue('job_due_rows', job)).toBe(0);
  });
});

describe('a refund in the metrics', () => {
  let fixture: RefundFixture;

  beforeEach(async () => {
    fixture = await RefundFixture.open({
      environment: { REFUND_QUERY_BACKOFF_SECONDS: '30,60,300', ...SHORT_TIMEOUT },
    });
  });
  afterEach(() => fixture.shop.close());

  async function refunds(labels: MetricLabels): Promise<{ count: number | undefined; age: number | undefined }> {
    await fixture.shop.wechat.advanceTime({ seconds: 6 });
    const now = await MetricsScrape.fetch(fixture.shop.url);
    return { count: now.getValue('refunds', labels), age: now.getValue('refund_oldest_age_seconds', labels) };
  }

  it('is counted by its status and age, from the request to the end', async () => {
    const refund = await fixture.alice.requestRefund(await fixture.createPaidOrder());
    await fixture.shop.wechat.advanceTime({ hours: 1 });
    const waiting = await refunds({ state: 'REQUESTED' });
    expect(waiting.count).toBe(1);
    expect(waiting.age).toBeGreaterThanOrEqual(3600);

    await fixture.shop.wechat.failNext({ endpoint: 'refund', kind: 'timeout' });
    await fixture.approveRefund(refund);
    const unknown = await refunds({ state: 'PROCESSING', wait: 'UNKNOWN_OUTCOME' });
    expect(unknown.count).toBe(1);
    expect(unknown.age).toBeLessThan(60); // since the decision
    const outcomes = await MetricsScrape.fetch(fixture.shop.url);
    expect(outcomes.getValue('unknown_outcomes', { kind: 'refund' })).toBe(1);
    expect((await refunds({ state: 'REQUESTED' })).count).toBe(0);

    await fixture.shop.wechat.clearFaults();
    for (let round = 0; round < 3; round++) await fixture.runJobsAfter({ minutes: 10 });
    expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'SUCCEEDED' });
    const done = await MetricsScrape.fetch(fixture.shop.url);
    expect(done.getValue('refunds_succeeded_total')).toBe(1);
    expect(done.getValue('unknown_outcomes', { kind: 'refund' })).toBe(0);
  });

  it('waits for balance when WeChat has none, and is ABNORMAL when it needs staff', async () => {
    const [poor, odd] = [await fixture.createPaidOrder(), await fixture.createPaidOrder()];
    await fixture.shop.wechat.control('PUT', 'merchant', { balanceFen: 10 });
    await fixture.createApprovedRefund(poor);
    expect((await refunds({ state: 'PROCESSING', wait: 'NOT_ENOUGH_FUNDS' })).count).toBe(1);
    await fixture.shop.wechat.failNext({
      endpoint: 'refund',
      kind: 'err_code',
      errCode: 'CERT_ERROR',
      errCodeDes: '…',
    });
    await fixture.createApprovedRefund(odd);
    expect((await refunds({ state: 'ABNORMAL' })).count).toBe(1);
  });

  it('has its notices counted by result', async () => {
    const refund = await fixture.createApprovedRefund(await fixture.createPaidOrder());
    await fixture.shop.wechat.advanceTime({ minutes: 1 });
    await eventually(async () => expect(await fixture.sendRefundNotice(refund)).toEqual([true]));
    await fixture.sendRefundNotice(refund, { forge: 'other-key' });
    const now = await MetricsScrape.fetch(fixture.shop.url);
    const notices = (result: string): number | undefined => now.getValue('notices_total', { kind: 'refund', result });
    expect(notices('APPLIED')).toBe(1);
    expect(notices('UNDECRYPTABLE')).toBe(1);
    expect(now.getValue('notice_delay_seconds_count', { kind: 'refund' })).toBe(1);
  });
});

describe('/metrics', () => {
  const TOKEN = 'a-token-for-prometheus_1';
  let shop: TestShop;

  beforeAll(async () => {
    shop = await openTestShop({ environment: { METRICS_TOKEN: TOKEN } });
  });
  afterAll(() => shop.close());

  it('requires the token when METRICS_TOKEN is set', async () => {
    const request = (authorization?: string): ReturnType<typeof sendRequest> =>
      sendRequest(`${shop.url}/metrics`, { headers: { ...(authorization !== undefined && { authorization }) } });
    for (const wrong of [
      undefined,
      'Bearer ',
      `Bearer ${TOKEN}x`,
      `Bearer ${TOKEN.slice(1)}`,
      `Basic ${TOKEN}`,
      TOKEN,
    ]) {
      expectProblem(await request(wrong), 401, 'UNAUTHENTICATED');
    }
    expect(await request(`Bearer ${TOKEN}`)).toMatchObject({ status: 200 });
    expect((await sendRequest(`${shop.url}/healthz`)).status).toBe(200);
  });

  if (isOnMysql) {
    it('responds within seconds while the database is unreachable', async () => {
      const server = new URL(process.env['TEST_DATABASE_URL'] ?? '');
      const wire = await TcpProxy.open(server.hostname, Number(server.port || 3306));
      const far = await openTestShop({ wrapDatabaseUrl: (url) => url.replace(/@[^/]+\//, `@127.0.0.1:${wire.port}/`) });
      for (const harm of ['disconnect', 'freeze'] as const) {
        wire[harm]();
        await far.wechat.advanceTime({ seconds: 6 });
        const began = performance.now();
        expect((await MetricsScrape.fetch(far.url)).getValue('database_up')).toBe(0);
        expect(performance.now() - began).toBeLessThan(10_000); // the scrape timeout of Prometheus
        wire.reconnect();
        await eventually(
          async () => expect((await MetricsScrape.fetch(far.url)).getValue('database_up')).toBe(1),
          20_000,
        );
      }
      await far.close();
      await wire.close();
    });
  }
});
