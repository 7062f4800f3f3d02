import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CallBudget } from '../../src/auth/call-budget.entity.js';
import { Clock } from '../../src/common/clock.js';
import { HousekeepingJob } from '../../src/reconciliation/housekeeping.job.js';
import type { Customer, OrderJson, ProblemJson } from '../support/customer.js';
import type { Reply } from '../support/http.js';
import { Scrape } from '../support/scrape.js';
import { openShop, type Shop } from '../support/shop.js';
import { expectProblem } from './support/problem.js';

const refusalsIn = async (shop: Shop, limit: string): Promise<number> => {
  const scrapes = await Promise.all(shop.instances.map(({ url }) => Scrape.of(url)));
  return scrapes.reduce((sum, scrape) => sum + (scrape.value('limits_reached_total', { limit }) ?? NaN), 0);
};

describe('calls of one user', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await openShop({ instances: 2, environment: { USER_CALLS_PER_MINUTE: '60' } });
    await shop.wechat.standsStill(); // the budget grows with the time
  });
  afterAll(() => shop.closes());

  /** Each costs the user one call, and asks WeChat nothing. */
  const calls = (customer: Customer, count: number): Promise<Reply<ProblemJson>[]> =>
    Promise.all(
      Array.from({ length: count }, (_, at) =>
        customer.asks<ProblemJson>(
          'POST',
          `orders/2026112100000000000000/${at % 4 < 2 ? 'sync' : 'cancel'}`,
          undefined,
          {
            at: at % 2,
          },
        ),
      ),
    );
  const statusesOf = (replies: Reply[]): number[] => replies.map(({ status }) => status).toSorted();

  it('rate: answers 100 calls at once, and refuses more with RATE_LIMITED on every instance', async () => {
    const [alice, bob] = [await shop.welcomes('alice'), await shop.welcomes('bob')];
    const before = await refusalsIn(shop, 'user-calls');
    expect(statusesOf(await calls(alice, 100))).toEqual(Array(100).fill(404));
    const order = await alice.orders({ productId: await shop.sells() });
    for (const at of [0, 1]) {
      const refused = await alice.triesToPay(order, 'JSAPI', at);
      expectProblem(refused, 429, 'RATE_LIMITED');
      expect(refused.headers.get('retry-after')).toBe('1');
      expectProblem(await alice.cancels<ProblemJson>(order, at), 429, 'RATE_LIMITED');
      expectProblem(await alice.triesToGetBack(order, {}, at), 429, 'RATE_LIMITED');
      expectProblem(await alice.asks('POST', 'refunds/R1/cancel', undefined, { at }), 429, 'RATE_LIMITED');
    }
    expect(await refusalsIn(shop, 'user-calls')).toBe(before + 8);
    expect((await alice.asks('GET', `orders/${order.orderNo}/refunds`)).status).toBe(200);
    expect(statusesOf(await calls(bob, 2))).toEqual([404, 404]);
  });

  it('rate: a clock that was half an hour ahead refuses no call afterwards', async () => {
    const clocks = shop.instances.map(({ app }) => app.get(Clock));
    const bases = clocks.map(({ source }) => source);
    const alice = await shop.welcomes('alice');
    for (const [at, clock] of clocks.entries()) {
      const base = bases[at] ?? clock.source;
      clock.follow({ now: () => new Date(base.now().getTime() + 1_800_000) }, false);
    }
    try {
      await calls(alice, 100);
      expect(statusesOf(await calls(alice, 4))).toEqual([429, 429, 429, 429]);
    } finally {
      for (const [at, clock] of clocks.entries()) clock.follow(bases[at] ?? clock.source);
    }
    expect(statusesOf(await calls(alice, 4))).toEqual([404, 404, 404, 404]);
  });

  it('rate: gives one call back a second at USER_CALLS_PER_MINUTE=60', async () => {
    const alice = await shop.welcomes('alice');
    await calls(alice, 100);
    await shop.wechat.passes({ seconds: 3 });
    expect(statusesOf(await calls(alice, 5))).toEqual([404, 404, 404, 429, 429]);
  });

  it('rate: a budget that cannot be read refuses no payment', async () => {
    const alice = await shop.welcomes('alice');
    const order = await alice.orders({ productId: await shop.sells() });
    await shop.forces('ALTER TABLE call_budgets RENAME TO call_budgets_away');
    try {
      for (const at of [0, 1]) expect((await alice.triesToPay(order, 'JSAPI', at)).status).toBe(200);
    } finally {
      await shop.forces('ALTER TABLE call_budgets_away RENAME TO call_budgets');
    }
  });

  it('rate: budgets are forgotten when the whole burst is free again', async () => {
    const alice = await shop.welcomes('alice');
    await calls(alice, 30);
    const keepsHouse = (): Promise<void> => shop.first.app.get(HousekeepingJob).tick();
    const isKept = async (): Promise<boolean> =>
      (await shop.first.all(CallBudget)).some(({ userId }) => userId === alice.id);
    await keepsHouse();
    expect(await isKept()).toBe(true);
    await shop.wechat.passes({ seconds: 31 });
    await keepsHouse();
    expect(await isKept()).toBe(false);
  });
});

describe('attempts to pay an order, and questions about them', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await openShop({ instances: 2 });
  });
  afterAll(() => shop.closes());

  const questions = (outTradeNo?: string): Promise<number> => shop.wechat.timesCalled('/pay/orderquery', outTradeNo);

  const begun = async (attempts: number): Promise<{ alice: Customer; order: OrderJson; outTradeNos: string[] }> => {
    const alice = await shop.welcomes('alice');
    const order = await alice.orders({ productId: await shop.sells() });
    const outTradeNos: string[] = [];
    for (let attempt = 0; attempt < attempts; attempt++)
      outTradeNos.push((await alice.begins(order, attempt % 2 === 0 ? 'JSAPI' : 'NATIVE')).outTradeNo);
    return { alice, order, outTradeNos };
  };

  it('pay: refuses an eleventh attempt, and the tenth can still be paid', async () => {
    const { alice, order, outTradeNos } = await begun(10);
    const before = await refusalsIn(shop, 'payment-attempts');
    for (const at of [0, 1]) expectProblem(await alice.triesToPay(order, 'JSAPI', at), 409, 'ORDER_NOT_PAYABLE');
    expect(await refusalsIn(shop, 'payment-attempts')).toBe(before + 2);
    expect(await shop.paymentsOf(order.orderNo)).toHaveLength(10);
    const again = await alice.begins(order, 'NATIVE');
    expect(again.outTradeNo).toBe(outTradeNos.at(-1));
    await alice.confirms(again);
    expect((await alice.syncs(order)).body.status).toBe('PAID');
  });

  it('sync: asks about the open attempt and the three newest closed ones, also for a cancelled order', async () => {
    const { alice, order, outTradeNos } = await begun(6);
    const asked = async (): Promise<number[]> => {
      const before = await Promise.all(outTradeNos.map(questions));
      expect((await alice.syncs(order)).status).toBe(200);
      return Promise.all(outTradeNos.map(async (outTradeNo, at) => (await questions(outTradeNo)) - (before[at] ?? 0)));
    };
    expect(await asked()).toEqual([0, 0, 1, 1, 1, 1]);
    expect((await alice.cancels(order)).body.status).toBe('CLOSED');
    expect(await asked()).toEqual([0, 0, 0, 1, 1, 1]);
  });

  it('sync: twenty calls at once on two instances ask WeChat once', async () => {
    const { alice, order, outTradeNos } = await begun(1);
    await alice.confirms(await alice.begins(order), { notify: 'lost' });
    await shop.wechat.fails({ endpoint: 'orderquery', kind: 'stall', when: 'after', delayMs: 3000 });
    const before = await questions(outTradeNos[0]);
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        alice.asks('POST', `orders/${order.orderNo}/sync`, undefined, { at: at % 2 }),
      ),
    );
    expect(replies.map(({ body }) => body.status)).toEqual(Array(20).fill('PAID'));
    expect((await questions(outTradeNos[0])) - before).toBe(1);
  });

  it('sync: a lease that an instance left behind ends by its time', async () => {
    const { alice, order, outTradeNos } = await begun(1);
    await shop.forces(
      `UPDATE payments SET sync_until = '2036-01-01 00:00:00.000' WHERE out_trade_no = '${outTradeNos[0]}'`,
    );
    const waiting = alice.syncs(order);
    await shop.forces(
      `UPDATE payments SET sync_until = '2016-01-01 00:00:00.000' WHERE out_trade_no = '${outTradeNos[0]}'`,
    );
    expect(await waiting).toMatchObject({ status: 200, body: { status: 'PENDING' } });
    expect(await questions(outTradeNos[0])).toBe(1);
  });
});
