import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Order } from '../../src/order/order.entity.js';
import type { OrderJson, ProblemJson, RefundJson } from '../support/customer.js';
import type { Reply } from '../support/http.js';
import { RefundShop } from '../support/refund-shop.js';
import { Scrape } from '../support/scrape.js';

type Answer = Reply<RefundJson & ProblemJson>;

let world: RefundShop;
let order: OrderJson;

beforeAll(async () => {
  world = await RefundShop.opens({ instances: 2 });
});
afterAll(() => world.shop.closes());
beforeEach(async () => {
  world = await world.goesOn();
  order = await world.sells();
});

const requests = (count: number): Promise<Answer[]> =>
  Promise.all(
    Array.from({ length: count }, (_, n) =>
      world.alice.triesToGetBack<RefundJson & ProblemJson>(order, { amountFen: 1 }, n % 2),
    ),
  );
const accepted = (answers: Answer[]): Answer[] => answers.filter(({ status }) => status === 201);

describe('refund: the limits of one order', () => {
  it('are five undecided requests, although twelve come at once on two instances', async () => {
    const answers = await requests(12);
    expect(accepted(answers)).toHaveLength(5);
    for (const { status, body } of answers.filter(({ status }) => status !== 201)) {
      expect(status).toBe(409);
      expect(body).toMatchObject({ code: 'REFUND_LIMIT_REACHED', retryable: false });
    }
    const row = (await world.shop.first.all(Order)).find(({ orderNo }) => orderNo === order.orderNo);
    expect(row).toMatchObject({ refundsRequested: 5, refundRequestCount: 5 });
    expect((await world.shop.paymentsOf(order.orderNo))[0]).toMatchObject({ refundHeldFen: 5, refundCount: 5 });
  });

  it('leave room again when a request is decided or withdrawn', async () => {
    const [first, second] = accepted(await requests(5)).map(({ body }) => body);
    if (!first || !second) throw new Error('Nothing was accepted.');
    expect((await requests(1))[0]?.body).toMatchObject({ code: 'REFUND_LIMIT_REACHED' });
    await world.alice.asks('POST', `refunds/${first.refundNo}/cancel`);
    await world.rejects(second);
    expect(accepted(await requests(3))).toHaveLength(2);
  });

  it('are twenty requests in its life, however many are withdrawn', async () => {
    for (let round = 0; round < 5; round++) {
      for (const { body } of accepted(await requests(4))) {
        await world.alice.asks('POST', `refunds/${body.refundNo}/cancel`);
      }
    }
    const [last] = await requests(1);
    expect(last?.body).toMatchObject({ code: 'REFUND_LIMIT_REACHED' });
    expect(last?.body.detail).toContain('20');
    expect(await world.alice.seesRefunds(order)).toHaveLength(20);
    const give = { amountFen: 1, reason: '补偿' };
    expect((await world.boss.asks('POST', `orders/${order.orderNo}/refunds`, give)).status).toBe(201); // staff may
  });

  it('are counted in a metric, and a repetition with its key is answered as before', async () => {
    const headers = { 'idempotency-key': `limit-${order.orderNo}` };
    const wish = { amountFen: 1, reason: '不想要了' };
    const path = `orders/${order.orderNo}/refunds`;
    const first = await world.alice.asks<RefundJson>('POST', path, wish, { headers });
    await requests(10);
    expect((await world.alice.asks<RefundJson>('POST', path, wish, { headers })).body).toEqual(first.body);
    const metrics = await Scrape.of(world.shop.url);
    expect(metrics.value('limits_reached_total', { limit: 'refund-requests' })).toBeGreaterThan(0);
  });
});
