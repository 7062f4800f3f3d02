import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CallBudget } from '../../../src/auth/call-limits/call-budget.entity.js';
import { Clock } from '../../../src/common/time/clock.js';
import { HousekeepingJob } from '../../../src/reconciliation/housekeeping.job.js';
import type { TestBuyer, OrderJson, ProblemJson } from '../../support/clients/test-buyer.js';
import type { HttpResponse } from '../../../tools/client/http.js';
import { MetricsScrape } from '../../support/clients/metrics-scrape.js';
import { openTestShop, type TestShop } from '../../support/test-shop.js';
import { expectProblem } from '../support/expect-problem.js';

const refusalsIn = async (shop: TestShop, limit: string): Promise<number> => {
  const scrapes = await Promise.all(shop.instances.map(({ url }) => MetricsScrape.fetch(url)));
  return scrapes.reduce((sum, scrape) => sum + (scrape.getValue('limits_reached_total', { limit }) ?? NaN), 0);
};

describe('call limits of one user', () => {
  let shop: TestShop;

  beforeAll(async () => {
    shop = await openTestShop({ instances: 2, environment: { USER_CALLS_PER_MINUTE: '60' } });
    await shop.wechat.stopClock(); // call budgets refill with time
  });
  afterAll(() => shop.close());

  /** Each uses one call of the budget and sends nothing to WeChat. */
  const calls = (customer: TestBuyer, count: number): Promise<HttpResponse<ProblemJson>[]> =>
    Promise.all(
      Array.from({ length: count }, (_, at) =>
        customer.call<ProblemJson>(
          'POST',
          `orders/2026112100000000000000/${at % 4 < 2 ? 'sync' : 'cancel'}`,
          undefined,
          {
            at: at % 2,
          },
        ),
      ),
    );
  /** In small groups: on a busy machine, a hundred at once may wait too long for the database, and are then not counted. */
  const useUp = async (customer: TestBuyer, count: number): Promise<void> => {
    for (let used = 0; used < count; used += 10) await calls(customer, Math.min(10, count - used));
  };
  const statusesOf = (replies: HttpResponse[]): number[] => replies.map(({ status }) => status).toSorted();

  it('rate: accepts 100 concurrent calls, and rejects further calls with RATE_LIMITED on every instance', async () => {
    const [alice, bob] = [await shop.createUser('alice'), await shop.createUser('bob')];
    const before = await refusalsIn(shop, 'user-calls');
    expect(statusesOf(await calls(alice, 100))).toEqual(Array(100).fill(404));
    const order = await alice.createOrder({ productId: await shop.createProduct() });
    for (const at of [0, 1]) {
      const refused = await alice.tryStartPayment(order, 'JSAPI', at);
      expectProblem(refused, 429, 'RATE_LIMITED');
      expect(refused.headers.get('retry-after')).toBe('1');
      expectProblem(await alice.cancelOrder<ProblemJson>(order, at), 429, 'RATE_LIMITED');
      expectProblem(await alice.tryRequestRefund(order, {}, at), 429, 'RATE_LIMITED');
      expectProblem(await alice.call('POST', 'refunds/R1/cancel', undefined, { at }), 429, 'RATE_LIMITED');
    }
    expect(await refusalsIn(shop, 'user-calls')).toBe(before + 8);
    expect((await alice.call('GET', `orders/${order.orderNo}/refunds`)).status).toBe(200);
    expect(statusesOf(await calls(bob, 2))).toEqual([404, 404]);
  });

  it('rate: counts and accepts the first calls of a user that arrive at the same time', async () => {
    for (let round = 0; round < 8; round++) {
      const buyers = await Promise.all(Array.from({ length: 5 }, (_, at) => shop.createUser(`r${round}b${at}`)));
      const replies = await Promise.all(buyers.map((buyer) => calls(buyer, 8)));
      expect(new Set(statusesOf(replies.flat()))).toEqual(new Set([404]));
    }
  });

  it('rate: accepts calls again after a clock that was half an hour fast has been corrected', async () => {
    const clocks = shop.instances.map(({ app }) => app.get(Clock));
    const bases = clocks.map(({ source }) => source);
    const alice = await shop.createUser('alice');
    for (const [at, clock] of clocks.entries()) {
      const base = bases[at] ?? clock.source;
      clock.useTimeSource({ now: () => new Date(base.now().getTime() + 1_800_000) }, false);
    }
    try {
      await useUp(alice, 100);
      expect(statusesOf(await calls(alice, 4))).toEqual([429, 429, 429, 429]);
    } finally {
      for (const [at, clock] of clocks.entries()) clock.useTimeSource(bases[at] ?? clock.source);
    }
    expect(statusesOf(await calls(alice, 4))).toEqual([404, 404, 404, 404]);
  });

  it('rate: refills one call per second at USER_CALLS_PER_MINUTE=60', async () => {
    const alice = await shop.createUser('alice');
    await useUp(alice, 100);
    await shop.wechat.advanceTime({ seconds: 3 });
    expect(statusesOf(await calls(alice, 5))).toEqual([404, 404, 404, 429, 429]);
  });

  it('rate: accepts payments while the budget cannot be read', async () => {
    const alice = await shop.createUser('alice');
    const order = await alice.createOrder({ productId: await shop.createProduct() });
    await shop.rawUpdate('ALTER TABLE call_budgets RENAME TO call_budgets_away');
    try {
      for (const at of [0, 1]) expect((await alice.tryStartPayment(order, 'JSAPI', at)).status).toBe(200);
    } finally {
      await shop.rawUpdate('ALTER TABLE call_budgets_away RENAME TO call_budgets');
    }
  });

  it('rate: deletes a budget when the whole burst is available again', async () => {
    const alice = await shop.createUser('alice');
    await calls(alice, 30);
    const keepsHouse = (): Promise<void> => shop.firstInstance.app.get(HousekeepingJob).run();
    const isKept = async (): Promise<boolean> =>
      (await shop.firstInstance.findAll(CallBudget)).some(({ callerKey: userId }) => userId === alice.id);
    await keepsHouse();
    expect(await isKept()).toBe(true);
    await shop.wechat.advanceTime({ seconds: 31 });
    await keepsHouse();
    expect(await isKept()).toBe(false);
  });
});

describe('call limits of one user at a million calls a minute', () => {
  let shop: TestShop;

  beforeAll(async () => {
    shop = await openTestShop({ instances: 2, environment: { USER_CALLS_PER_MINUTE: '1000000' } });
    await shop.wechat.stopClock();
  });
  afterAll(() => shop.close());

  it('rate: accepts calls that began up to a second earlier than calls that were counted before them', async () => {
    const alice = await shop.createUser('alice');
    const call = (at: number): Promise<HttpResponse<ProblemJson>> =>
      alice.call<ProblemJson>('POST', 'orders/2026112100000000000000/sync', undefined, { at });
    const clock = shop.instances[0]?.app.get(Clock);
    if (!clock) throw new Error('No first instance');
    const base = clock.source;
    clock.useTimeSource({ now: () => new Date(base.now().getTime() + 900) }, false);
    try {
      expect((await call(0)).status).toBe(404);
    } finally {
      clock.useTimeSource(base);
    }
    expect((await call(1)).status).toBe(404);
  });
});

describe('limits of payment attempts and of queries to WeChat', () => {
  let shop: TestShop;

  beforeAll(async () => {
    shop = await openTestShop({ instances: 2 });
  });
  afterAll(() => shop.close());

  const questions = (outTradeNo?: string): Promise<number> => shop.wechat.countCalls('/pay/orderquery', outTradeNo);

  const begun = async (attempts: number): Promise<{ alice: TestBuyer; order: OrderJson; outTradeNos: string[] }> => {
    const alice = await shop.createUser('alice');
    const order = await alice.createOrder({ productId: await shop.createProduct() });
    const outTradeNos: string[] = [];
    for (let attempt = 0; attempt < attempts; attempt++)
      outTradeNos.push((await alice.startPayment(order, attempt % 2 === 0 ? 'JSAPI' : 'NATIVE')).outTradeNo);
    return { alice, order, outTradeNos };
  };

  it('pay: rejects an eleventh attempt, and the tenth can still be paid', async () => {
    const { alice, order, outTradeNos } = await begun(10);
    const before = await refusalsIn(shop, 'payment-attempts');
    for (const at of [0, 1]) expectProblem(await alice.tryStartPayment(order, 'JSAPI', at), 409, 'ORDER_NOT_PAYABLE');
    expect(await refusalsIn(shop, 'payment-attempts')).toBe(before + 2);
    expect(await shop.getPayments(order.orderNo)).toHaveLength(10);
    const again = await alice.startPayment(order, 'NATIVE');
    expect(again.outTradeNo).toBe(outTradeNos.at(-1));
    await alice.confirmPayment(again);
    expect((await alice.syncOrder(order)).body.status).toBe('PAID');
  });

  it('sync: queries the open attempt and the three newest closed ones, also for a cancelled order', async () => {
    const { alice, order, outTradeNos } = await begun(6);
    const asked = async (): Promise<number[]> => {
      const before = await Promise.all(outTradeNos.map(questions));
      expect((await alice.syncOrder(order)).status).toBe(200);
      return Promise.all(outTradeNos.map(async (outTradeNo, at) => (await questions(outTradeNo)) - (before[at] ?? 0)));
    };
    expect(await asked()).toEqual([0, 0, 1, 1, 1, 1]);
    expect((await alice.cancelOrder(order)).body.status).toBe('CLOSED');
    expect(await asked()).toEqual([0, 0, 0, 1, 1, 1]);
  });

  it('sync: twenty concurrent calls on two instances query WeChat once', async () => {
    const { alice, order, outTradeNos } = await begun(1);
    await alice.confirmPayment(await alice.startPayment(order), { notify: 'lost' });
    await shop.wechat.failNext({ endpoint: 'orderquery', kind: 'stall', when: 'after', delayMs: 3000 });
    const before = await questions(outTradeNos[0]);
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        alice.call('POST', `orders/${order.orderNo}/sync`, undefined, { at: at % 2 }),
      ),
    );
    expect(replies.map(({ body }) => body.status)).toEqual(Array(20).fill('PAID'));
    expect((await questions(outTradeNos[0])) - before).toBe(1);
  });

  it('sync: a lease of a stopped instance expires', async () => {
    const { alice, order, outTradeNos } = await begun(1);
    await shop.rawUpdate(
      `UPDATE payments SET sync_until = '2036-01-01 00:00:00.000' WHERE out_trade_no = '${outTradeNos[0]}'`,
    );
    const waiting = alice.syncOrder(order);
    await shop.rawUpdate(
      `UPDATE payments SET sync_until = '2016-01-01 00:00:00.000' WHERE out_trade_no = '${outTradeNos[0]}'`,
    );
    expect(await waiting).toMatchObject({ status: 200, body: { status: 'PENDING' } });
    expect(await questions(outTradeNos[0])).toBe(1);
  });
});
