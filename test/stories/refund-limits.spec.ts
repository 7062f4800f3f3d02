import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Order } from '../../src/order/order.entity.js';
import type { OrderJson, ProblemJson, RefundJson } from '../support/test-buyer.js';
import type { HttpReply } from '../support/http.js';
import { RefundFixture } from '../support/refund-fixture.js';
import { MetricsScrape } from '../support/metrics-scrape.js';

type RefundReply = HttpReply<RefundJson & ProblemJson>;

let fixture: RefundFixture;
let order: OrderJson;

beforeAll(async () => {
  fixture = await RefundFixture.open({ instances: 2 });
});
afterAll(() => fixture.shop.close());
beforeEach(async () => {
  fixture = await fixture.restart();
  order = await fixture.createPaidOrder();
});

const requestRefunds = (count: number): Promise<RefundReply[]> =>
  Promise.all(
    Array.from({ length: count }, (_, n) =>
      fixture.alice.tryRequestRefund<RefundJson & ProblemJson>(order, { amountFen: 1 }, n % 2),
    ),
  );
const acceptedReplies = (answers: RefundReply[]): RefundReply[] => answers.filter(({ status }) => status === 201);

describe('refund: the limits of one order', () => {
  it('are five undecided requests, although twelve come at once on two instances', async () => {
    const answers = await requestRefunds(12);
    expect(acceptedReplies(answers)).toHaveLength(5);
    for (const { status, body } of answers.filter(({ status }) => status !== 201)) {
      expect(status).toBe(409);
      expect(body).toMatchObject({ code: 'REFUND_LIMIT_REACHED', retryable: false });
    }
    const row = (await fixture.shop.firstInstance.findAll(Order)).find(({ orderNo }) => orderNo === order.orderNo);
    expect(row).toMatchObject({ refundsRequested: 5, refundRequestCount: 5 });
    expect((await fixture.shop.getPayments(order.orderNo))[0]).toMatchObject({ refundHeldFen: 5, refundCount: 5 });
  });

  it('leave room again when a request is decided or withdrawn', async () => {
    const [first, second] = acceptedReplies(await requestRefunds(5)).map(({ body }) => body);
    if (!first || !second) throw new Error('Nothing was accepted.');
    expect((await requestRefunds(1))[0]?.body).toMatchObject({ code: 'REFUND_LIMIT_REACHED' });
    await fixture.alice.call('POST', `refunds/${first.refundNo}/cancel`);
    await fixture.rejectRefund(second);
    expect(acceptedReplies(await requestRefunds(3))).toHaveLength(2);
  });

  it('are twenty requests in its life, however many are withdrawn', async () => {
    for (let round = 0; round < 5; round++) {
      for (const { body } of acceptedReplies(await requestRefunds(4))) {
        await fixture.alice.call('POST', `refunds/${body.refundNo}/cancel`);
      }
    }
    const [last] = await requestRefunds(1);
    expect(last?.body).toMatchObject({ code: 'REFUND_LIMIT_REACHED' });
    expect(last?.body.detail).toContain('20');
    expect(await fixture.alice.listRefunds(order)).toHaveLength(20);
    const give = { amountFen: 1, reason: '补偿' };
    expect((await fixture.boss.call('POST', `orders/${order.orderNo}/refunds`, give)).status).toBe(201); // staff may
  });

  it('are counted in a metric, and a repetition with its key is answered as before', async () => {
    const headers = { 'idempotency-key': `limit-${order.orderNo}` };
    const wish = { amountFen: 1, reason: '不想要了' };
    const path = `orders/${order.orderNo}/refunds`;
    const first = await fixture.alice.call<RefundJson>('POST', path, wish, { headers });
    await requestRefunds(10);
    expect((await fixture.alice.call<RefundJson>('POST', path, wish, { headers })).body).toEqual(first.body);
    const metrics = await MetricsScrape.fetch(fixture.shop.url);
    expect(metrics.getValue('limits_reached_total', { limit: 'refund-requests' })).toBeGreaterThan(0);
  });
});
