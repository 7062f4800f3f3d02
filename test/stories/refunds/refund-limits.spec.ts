import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Order } from '../../../src/order/order.entity.js';
import type { OrderJson, ProblemJson, RefundJson } from '../../support/clients/test-buyer.js';
import type { HttpResponse } from '../../../tools/client/http.js';
import { RefundFixture } from '../../support/fixtures/refund-fixture.js';
import { MetricsScrape } from '../../support/clients/metrics-scrape.js';

type RefundReply = HttpResponse<RefundJson & Omit<ProblemJson, 'status'>>;

let fixture: RefundFixture;
let order: OrderJson;

beforeAll(async () => {
  fixture = await RefundFixture.open({ instances: 2 });
});
afterAll(() => fixture.shop.close());
beforeEach(async () => {
  fixture = await fixture.resetForNextTest();
  order = await fixture.createPaidOrder();
});

const requestRefunds = (count: number): Promise<RefundReply[]> =>
  Promise.all(
    Array.from({ length: count }, (_, n) =>
      fixture.alice.tryRequestRefund<RefundJson & Omit<ProblemJson, 'status'>>(order, { amountFen: 1 }, n % 2),
    ),
  );
const acceptedReplies = (answers: RefundReply[]): RefundReply[] => answers.filter(({ status }) => status === 201);

describe('refund: limits per order', () => {
  it('five requests can be undecided, although twelve arrive at once on two instances', async () => {
    const answers = await requestRefunds(12);
    expect(acceptedReplies(answers)).toHaveLength(5);
    for (const { status, body } of answers.filter(({ status }) => status !== 201)) {
      expect(status).toBe(409);
      expect(body).toMatchObject({ code: 'REFUND_LIMIT_REACHED', retryable: false });
    }
    const row = (await fixture.shop.firstInstance.findAll(Order)).find(({ orderNo }) => orderNo === order.orderNo);
    expect(row).toMatchObject({ refundsRequested: 5, refundRequestCount: 5 });
    expect((await fixture.shop.getPayments(order.orderNo))[0]).toMatchObject({ refundReservedFen: 5, refundCount: 5 });
  });

  it('a decided or withdrawn request makes room for another', async () => {
    const [first, second] = acceptedReplies(await requestRefunds(5)).map(({ body }) => body);
    if (!first || !second) throw new Error('No refund request was accepted.');
    expect((await requestRefunds(1))[0]?.body).toMatchObject({ code: 'REFUND_LIMIT_REACHED' });
    await fixture.alice.call('POST', `refunds/${first.refundNo}/cancel`);
    await fixture.rejectRefund(second);
    expect(acceptedReplies(await requestRefunds(3))).toHaveLength(2);
  });

  it('a buyer can make twenty requests for an order, however many are withdrawn', async () => {
    for (let round = 0; round < 5; round++) {
      for (const { body } of acceptedReplies(await requestRefunds(4))) {
        await fixture.alice.call('POST', `refunds/${body.refundNo}/cancel`);
      }
    }
    const [last] = await requestRefunds(1);
    expect(last?.body).toMatchObject({ code: 'REFUND_LIMIT_REACHED' });
    expect(last?.body.detail).toContain('20');
    expect(await fixture.alice.listRefunds(order)).toHaveLength(20);
    const merchantInput = { amountFen: 1, reason: '补偿' };
    // the limit does not apply to staff
    expect((await fixture.boss.call('POST', `orders/${order.orderNo}/refunds`, merchantInput)).status).toBe(201);
  });

  it('a metric counts rejected requests, and a repetition with its Idempotency-Key gets the first response', async () => {
    const headers = { 'idempotency-key': `limit-${order.orderNo}` };
    const input = { amountFen: 1, reason: '不想要了' };
    const path = `orders/${order.orderNo}/refunds`;
    const first = await fixture.alice.call<RefundJson>('POST', path, input, { headers });
    await requestRefunds(10);
    expect((await fixture.alice.call<RefundJson>('POST', path, input, { headers })).body).toEqual(first.body);
    const metrics = await MetricsScrape.fetch(fixture.shop.url);
    expect(metrics.getValue('limits_reached_total', { limit: 'refund-requests' })).toBeGreaterThan(0);
  });
});
