import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiKeyClient } from '../../support/clients/api-key-client.js';
import type { ProblemJson } from '../../support/clients/test-buyer.js';
import {
  AMOUNT_FEN,
  PaymentOrderFixture,
  type ServerRefundJson,
} from '../../support/fixtures/payment-order-fixture.js';
import { expectProblem } from '../support/expect-problem.js';
import type { PageJson } from '../support/test-staff.js';

describe('POST /server/api/payment-orders/{orderNo}/refunds', () => {
  let fixture: PaymentOrderFixture;
  beforeAll(async () => {
    fixture = await PaymentOrderFixture.open({ instances: 2 });
  });
  afterAll(() => fixture.shop.close());

  it('refund: is created, sent at once and found by its number, without an Idempotency-Key', async () => {
    const order = await fixture.createPaid();
    const { status, body } = await fixture.tryRefund(order, { amountFen: 1000, merchantRefundNo: 'refund-1' });
    expect({ status, body }).toMatchObject({
      status: 201,
      body: {
        orderNo: order.orderNo,
        kind: 'MERCHANT',
        amountFen: 1000,
        merchantRefundNo: 'refund-1',
        status: 'PROCESSING',
      },
    });
    await fixture.runJobsAfter({ minutes: 10 });
    const found = await fixture.backend.call<ServerRefundJson>('GET', `refunds/${body.refundNo}`);
    expect(found.body).toMatchObject({ status: 'SUCCEEDED', merchantRefundNo: 'refund-1' });
    expect(found.body.version).toBeGreaterThan(body.version);
    expect(await fixture.get(order)).toMatchObject({ refundStatus: 'PARTIAL', refundedFen: 1000 });
    const list = await fixture.boss.call<PageJson<object>>('GET', 'orders?q=refund-1');
    expect(list.body.items).toMatchObject([{ orderNo: order.orderNo }]);
    const refunds = await fixture.boss.call<PageJson<object>>('GET', `refunds?q=${order.merchantOrderNo}`);
    expect(refunds.body.items).toMatchObject([{ merchantRefundNo: 'refund-1' }]);
  });

  it('refund: concurrent repetitions on two instances create one refund, also of the whole amount', async () => {
    const order = await fixture.createPaid();
    const body = { amountFen: AMOUNT_FEN, merchantRefundNo: 'refund-race' };
    const replies = await Promise.all(Array.from({ length: 12 }, (_, n) => fixture.tryRefund(order, body, n % 2)));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(replies.map(({ body: { refundNo } }) => refundNo)).size).toBe(1);
    await fixture.runJobsAfter({ minutes: 10 });
    expect((await fixture.tryRefund(order, body)).body).toMatchObject({ status: 'SUCCEEDED' });
    expect(await fixture.get(order)).toMatchObject({ refundStatus: 'FULL', refundedFen: AMOUNT_FEN });
  });

  it('refund: the same number with other facts is MERCHANT_REFUND_NO_TAKEN and names the fields', async () => {
    const order = await fixture.createPaid();
    const other = await fixture.createPaid();
    const facts = { amountFen: 100, reason: 'a', merchantRefundNo: 'refund-2' };
    await fixture.tryRefund(order, facts);
    const fieldsOf = async (of: { orderNo: string }, changes: object): Promise<string[]> => {
      const reply = await fixture.tryRefund<ProblemJson>(of, { ...facts, ...changes });
      return (expectProblem(reply, 409, 'MERCHANT_REFUND_NO_TAKEN').errors ?? []).map(({ field }) => field);
    };
    expect(await fieldsOf(order, { amountFen: 101 })).toEqual(['amountFen']);
    expect(await fieldsOf(order, { reason: 'b' })).toEqual(['reason']);
    expect(await fieldsOf(other, {})).toEqual(['orderNo']);
    expect((await fixture.tryRefund(order, { ...facts, reason: ' a ' })).status).toBe(201);
    expect((await fixture.tryRefund(order, { ...facts, merchantRefundNo: 'Refund-2' })).body).toMatchObject({
      merchantRefundNo: 'Refund-2',
    });
  });

  it('refund: an amount above the payment and an unpaid order are rejected, and the number stays free', async () => {
    const order = await fixture.createPaid();
    const merchantRefundNo = 'refund-3';
    const tooMuch = await fixture.tryRefund(order, { amountFen: AMOUNT_FEN + 1, merchantRefundNo });
    expectProblem(tooMuch, 409, 'REFUND_EXCEEDS_PAYMENT');
    const unpaid = await fixture.create();
    expectProblem(await fixture.tryRefund(unpaid, { amountFen: 1, merchantRefundNo }), 409, 'ORDER_NOT_REFUNDABLE');
    expect((await fixture.tryRefund(order, { amountFen: 1, merchantRefundNo })).status).toBe(201);
  });

  it('refund: stays within the daily limit of the key', async () => {
    const scopes = ['payments:write', 'refunds:write'];
    const limited = await ApiKeyClient.create(fixture.shop, fixture.boss, { scopes, maxRefundFenPerDay: 150 });
    const order = await fixture.createPaid();
    const refund = (amountFen: number, merchantRefundNo: string) =>
      limited.call('POST', `payment-orders/${order.orderNo}/refunds`, { amountFen, reason: 'x', merchantRefundNo });
    expect((await refund(100, 'limit-1')).status).toBe(201);
    expectProblem(await refund(100, 'limit-2'), 409, 'REFUND_LIMIT_REACHED');
    expect((await refund(100, 'limit-1')).status).toBe(201);
    expect((await refund(50, 'limit-3')).status).toBe(201);
  });

  it.each<[string, object]>([
    ['merchantRefundNo', { amountFen: 1, merchantRefundNo: undefined }],
    ['merchantRefundNo', { amountFen: 1, merchantRefundNo: 'a b' }],
    ['amountFen', { amountFen: 0 }],
    ['amountFen', { amountFen: null }],
    ['reason', { amountFen: 1, reason: ' ' }],
    ['returnStock', { amountFen: 1, returnStock: true }],
  ])('refund: rejects an invalid %s: %j', async (field, body) => {
    const order = await fixture.createPaid();
    const problem = expectProblem(await fixture.tryRefund<ProblemJson>(order, body), 400, 'VALIDATION_FAILED');
    expect(problem.errors?.map((error) => error.field)).toContain(field);
  });
});
