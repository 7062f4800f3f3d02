import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { OrderJson, ProblemJson, RefundJson } from '../../support/clients/test-buyer.js';
import { sendRequest, type HttpResponse } from '../../../tools/client/http.js';
import { byProtocol } from '../../support/wechat/pay-protocol.js';
import { PRICE_FEN, RefundFixture, INITIAL_STOCK } from '../../support/fixtures/refund-fixture.js';

describe('refunds', () => {
  let fixture: RefundFixture;
  let order: OrderJson;

  beforeAll(async () => {
    fixture = await RefundFixture.open();
  });
  afterAll(() => fixture.shop.close());
  beforeEach(async () => {
    fixture = await fixture.resetForNextTest();
    order = await fixture.createPaidOrder();
  });

  it('a refund is requested, approved and sent; it ends SUCCEEDED, the payment is refunded and the stock is returned', async () => {
    const { alice } = fixture;
    const refund = await alice.requestRefund(order);
    expect(refund).toMatchObject({ status: 'REQUESTED', kind: 'USER', amountFen: PRICE_FEN, waitReason: null });
    expect(await alice.getOrder(order)).toMatchObject({ refundStatus: 'REQUESTED', refundedFen: 0 });

    const { status, body } = await fixture.approveRefund(refund);
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'PROCESSING', waitReason: null, sendCount: 1 });
    // accepted by WeChat, not completed
    expect(await alice.getOrder(order)).toMatchObject({ refundStatus: 'PROCESSING', refundedFen: 0 });

    await fixture.runJobsAfter({ hours: 1 });
    expect(await alice.getRefund(refund)).toMatchObject({ status: 'SUCCEEDED', completedAt: expect.any(String) });
    expect(await alice.getOrder(order)).toMatchObject({ status: 'PAID', refundStatus: 'FULL', refundedFen: PRICE_FEN });
    expect(await fixture.shop.getStock(fixture.tea)).toBe(INITIAL_STOCK);
    expect(await fixture.getLedger(order)).toEqual({ paidFen: PRICE_FEN, refundedFen: PRICE_FEN, refunds: 1 });
  });

  it('concurrent requests never reserve more than was paid', async () => {
    const replies = await Promise.all(
      Array.from({ length: 20 }, () =>
        fixture.alice.tryRequestRefund<RefundJson & Omit<ProblemJson, 'status'>>(order, { amountFen: 6000 }),
      ),
    );
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const { status, body } of replies) {
      if (status !== 201) expect(body).toMatchObject({ status: 409, code: 'REFUND_EXCEEDS_PAYMENT' });
    }
    expect(await fixture.shop.getPayments(order.orderNo)).toMatchObject([{ refundReservedFen: 6000, refundCount: 1 }]);
  });

  it('ten concurrent approvals send the refund once', async () => {
    const refund = await fixture.alice.requestRefund(order);
    const decisions = await Promise.all(
      Array.from({ length: 10 }, () => fixture.approveRefund<{ code?: string }>(refund)),
    );
    expect(decisions.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { status, body } of decisions) {
      if (status !== 200) expect([status, body.code]).toEqual([409, 'REFUND_NOT_DECIDABLE']);
    }
    await fixture.runJobsAfter({ hours: 1 });
    expect(await fixture.countRefundCalls(refund.refundNo)).toBe(1);
    expect(await fixture.getLedger(order)).toMatchObject({ refundedFen: PRICE_FEN, refunds: 1 });
  });

  it('a rejected, cancelled or lowered refund releases its money', async () => {
    const { alice } = fixture;
    const sentBefore = await fixture.countRefundCalls();
    const rejected = await alice.requestRefund(order);
    expect((await fixture.rejectRefund(rejected)).body).toMatchObject({ status: 'REJECTED', rejectReason: '已发货' });
    expect(await alice.getOrder(order)).toMatchObject({ refundStatus: 'NONE' });

    const cancelled = await alice.requestRefund(order);
    const cancel = (): ReturnType<typeof alice.call<RefundJson>> =>
      alice.call<RefundJson>('POST', `refunds/${cancelled.refundNo}/cancel`);
    expect((await cancel()).body).toMatchObject({ status: 'CANCELLED' });
    expect((await cancel()).body).toMatchObject({ status: 'CANCELLED' });
    expect((await fixture.approveRefund<ProblemJson>(cancelled)).body).toMatchObject({ code: 'REFUND_NOT_DECIDABLE' });

    const lowered = await alice.requestRefund(order);
    expect((await fixture.approveRefund<ProblemJson>(lowered, { amountFen: PRICE_FEN + 1 })).body).toMatchObject({
      code: 'REFUND_EXCEEDS_PAYMENT',
    });
    expect((await fixture.approveRefund(lowered, { amountFen: 4000 })).body).toMatchObject({ amountFen: 4000 });
    expect((await alice.requestRefund(order)).amountFen).toBe(6000);
    expect(await fixture.countRefundCalls()).toBe(sentBefore + 1);
  });

  it('partial refunds are sent a minute apart, and the stock does not return', async () => {
    const first = await fixture.createApprovedRefund(order, 3000);
    const second = await fixture.createApprovedRefund(order, 2000);
    expect(second).toMatchObject({ status: 'PROCESSING', waitReason: 'RATE_LIMITED', sendCount: 0 });
    await fixture.runJobsAfter({ seconds: 61 });
    await fixture.runJobsAfter({ hours: 1 });
    for (const part of [first, second])
      expect(await fixture.getAdminRefund(part)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await fixture.alice.getOrder(order)).toMatchObject({ refundStatus: 'PARTIAL', refundedFen: 5000 });
    expect(await fixture.getLedger(order)).toMatchObject({ refundedFen: 5000, refunds: 2 });
    expect(await fixture.shop.getStock(fixture.tea)).toBe(INITIAL_STOCK - 1);
  });

  it('the stock returns once, when staff name the items or the order is fully refunded', async () => {
    const part = await fixture.alice.requestRefund(order, { amountFen: 1000 });
    await fixture.approveRefund(part, { returnItems: [{ productId: fixture.tea, quantity: 1 }] });
    await fixture.runJobsAfter({ hours: 1 });
    expect(await fixture.shop.getStock(fixture.tea)).toBe(INITIAL_STOCK);
    await fixture.createApprovedRefund(order);
    await fixture.runJobsAfter({ hours: 1 });
    expect(await fixture.alice.getOrder(order)).toMatchObject({ refundStatus: 'FULL' });
    expect(await fixture.shop.getStock(fixture.tea)).toBe(INITIAL_STOCK);
  });

  it('returnStock: false keeps damaged items out of the stock', async () => {
    await fixture.approveRefund(await fixture.alice.requestRefund(order), { returnStock: false });
    await fixture.runJobsAfter({ hours: 1 });
    expect(await fixture.alice.getOrder(order)).toMatchObject({ refundStatus: 'FULL' });
    expect(await fixture.shop.getStock(fixture.tea)).toBe(INITIAL_STOCK - 1);
  });

  it('a refund to a bank card may take five days', async () => {
    await fixture.shop.wechat.setBehaviours({ refundEnds: 'PROCESSING' });
    const refund = await fixture.createApprovedRefund(order);
    for (let day = 0; day < 5; day++) await fixture.runJobsAfter({ hours: 24 });
    expect(await fixture.alice.getRefund(refund)).toMatchObject({ status: 'PROCESSING', waitReason: null });
    const lostNotice = { endpoint: 'refund-notice', kind: 'lose_forever', out_refund_no: refund.refundNo } as const;
    await fixture.shop.wechat.failNext(lostNotice);
    await fixture.shop.wechat.control('POST', `refunds/${refund.refundNo}/state`, { state: 'SUCCESS' });
    await fixture.runJobsAfter({ hours: 25 });
    expect(await fixture.alice.getRefund(refund)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await fixture.countRefundCalls(refund.refundNo)).toBe(1);
  });

  it('a refund that WeChat closes releases the money, and a new refund sends it', async () => {
    await fixture.shop.wechat.setBehaviours({ refundEnds: 'REFUNDCLOSE' });
    const failed = await fixture.createApprovedRefund(order);
    await fixture.runJobsAfter({ hours: 1 });
    expect(await fixture.getAdminRefund(failed)).toMatchObject({
      status: 'FAILED',
      errorCode: byProtocol({ v2: 'REFUNDCLOSE', v3: 'CLOSED' }),
    });
    expect(await fixture.alice.getOrder(order)).toMatchObject({ refundStatus: 'NONE', refundedFen: 0 });

    await fixture.shop.wechat.setBehaviours({ refundEnds: 'SUCCESS' });
    const cancel = await fixture.createApprovedRefund(order);
    expect(cancel.refundNo).not.toBe(failed.refundNo);
    await fixture.runJobsAfter({ hours: 1 });
    expect(await fixture.getAdminRefund(cancel)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await fixture.getLedger(order)).toMatchObject({ refundedFen: PRICE_FEN });
  });

  it('a merchant refund requires an Idempotency-Key, and repetitions with the key are one refund', async () => {
    const path = `${fixture.shop.url}/admin/api/orders/${order.orderNo}/refunds`;
    const body = { amountFen: 1000, reason: '少发一件' };
    const createMerchantRefund = (
      headers: Record<string, string>,
    ): Promise<HttpResponse<RefundJson & Omit<ProblemJson, 'status'>>> =>
      sendRequest(path, {
        method: 'POST',
        body,
        headers: { authorization: `Bearer ${fixture.boss.login.token}`, ...headers },
      });
    expect(await createMerchantRefund({})).toMatchObject({ status: 400, body: { code: 'IDEMPOTENCY_KEY_REQUIRED' } });
    expect(await fixture.alice.listRefunds(order)).toEqual([]);
    const key = { 'idempotency-key': `give-${order.orderNo}` };
    const [first, second] = [await createMerchantRefund(key), await createMerchantRefund(key)];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body.refundNo).toBe(first.body.refundNo);
    expect(await fixture.alice.listRefunds(order)).toHaveLength(1);
  });

  it("another buyer gets 404 for the order's refunds", async () => {
    const refund = await fixture.alice.requestRefund(order);
    const mallory = await fixture.shop.createUser('mallory');
    const others = [
      await mallory.tryRequestRefund(order, {}),
      await mallory.call<ProblemJson>('GET', `orders/${order.orderNo}/refunds`),
      await mallory.call<ProblemJson>('GET', `refunds/${refund.refundNo}`),
      await mallory.call<ProblemJson>('POST', `refunds/${refund.refundNo}/cancel`),
    ];
    expect(others.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect(await fixture.alice.getRefund(refund)).toMatchObject({ status: 'REQUESTED' });
  });

  it('a refund is rejected for an unpaid order, a year after the payment, and when nothing can be refunded', async () => {
    const unpaid = await fixture.alice.createOrder({ productId: fixture.tea });
    expect((await fixture.alice.tryRequestRefund(unpaid, {})).body).toMatchObject({ code: 'ORDER_NOT_REFUNDABLE' });
    await fixture.alice.requestRefund(order);
    expect((await fixture.alice.tryRequestRefund(order, {})).body).toMatchObject({ code: 'ORDER_NOT_REFUNDABLE' });
    await fixture.shop.rawUpdate(
      `UPDATE payments SET paid_at = '2025-11-01 00:00:00.000', refund_held_fen = 0 WHERE order_no = '${order.orderNo}'`,
    );
    expect((await fixture.alice.tryRequestRefund(order, {})).body).toMatchObject({ code: 'ORDER_NOT_REFUNDABLE' });
  });
});
