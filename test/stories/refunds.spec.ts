import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { OrderJson, ProblemJson, RefundJson } from '../support/test-buyer.js';
import { call, type HttpReply } from '../support/http.js';
import { PRICE_FEN, RefundFixture, INITIAL_STOCK } from '../support/refund-fixture.js';

describe('a refund', () => {
  let world: RefundFixture;
  let order: OrderJson;

  beforeAll(async () => {
    world = await RefundFixture.open();
  });
  afterAll(() => world.shop.close());
  beforeEach(async () => {
    world = await world.restart();
    order = await world.createPaidOrder();
  });

  it('is asked for, approved, sent, and in the end the money is back and the goods are on the shelf', async () => {
    const { alice } = world;
    const refund = await alice.requestRefund(order);
    expect(refund).toMatchObject({ status: 'REQUESTED', kind: 'USER', amountFen: PRICE_FEN, waitReason: null });
    expect(await alice.getOrder(order)).toMatchObject({ refundStatus: 'REQUESTED', refundedFen: 0 });

    const { status, body } = await world.approveRefund(refund);
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'PROCESSING', waitReason: null, sendCount: 1 });
    expect(await alice.getOrder(order)).toMatchObject({ refundStatus: 'PROCESSING', refundedFen: 0 }); // accepted, not back

    await world.runJobsAfter({ hours: 1 });
    expect(await alice.getRefund(refund)).toMatchObject({ status: 'SUCCEEDED', completedAt: expect.any(String) });
    expect(await alice.getOrder(order)).toMatchObject({ status: 'PAID', refundStatus: 'FULL', refundedFen: PRICE_FEN });
    expect(await world.shop.getStock(world.tea)).toBe(INITIAL_STOCK);
    expect(await world.getLedger(order)).toEqual({ paidFen: PRICE_FEN, refundedFen: PRICE_FEN, refunds: 1 });
  });

  it('never takes more than was paid: of twenty requests of 60 on 100 at once, one is reserved', async () => {
    const wishes = await Promise.all(
      Array.from({ length: 20 }, () =>
        world.alice.tryRequestRefund<RefundJson & ProblemJson>(order, { amountFen: 6000 }),
      ),
    );
    expect(wishes.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const { status, body } of wishes) {
      if (status !== 201) expect(body).toMatchObject({ status: 409, code: 'REFUND_EXCEEDS_PAYMENT' });
    }
    expect(await world.shop.getPayments(order.orderNo)).toMatchObject([{ refundHeldFen: 6000, refundCount: 1 }]);
  });

  it('is paid out once when ten people approve it at the same moment', async () => {
    const refund = await world.alice.requestRefund(order);
    const decisions = await Promise.all(
      Array.from({ length: 10 }, () => world.approveRefund<{ code?: string }>(refund)),
    );
    expect(decisions.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { status, body } of decisions) {
      if (status !== 200) expect([status, body.code]).toEqual([409, 'REFUND_NOT_DECIDABLE']);
    }
    await world.runJobsAfter({ hours: 1 });
    expect(await world.countRefundCalls(refund.refundNo)).toBe(1);
    expect(await world.getLedger(order)).toMatchObject({ refundedFen: PRICE_FEN, refunds: 1 });
  });

  it('frees its money when it is rejected, cancelled, or approved for less', async () => {
    const { alice } = world;
    const sentBefore = await world.countRefundCalls();
    const rejected = await alice.requestRefund(order);
    expect((await world.rejectRefund(rejected)).body).toMatchObject({ status: 'REJECTED', rejectReason: '已发货' });
    expect(await alice.getOrder(order)).toMatchObject({ refundStatus: 'NONE' });

    const cancelled = await alice.requestRefund(order);
    const again = (): ReturnType<typeof alice.call<RefundJson>> =>
      alice.call<RefundJson>('POST', `refunds/${cancelled.refundNo}/cancel`);
    expect((await again()).body).toMatchObject({ status: 'CANCELLED' });
    expect((await again()).body).toMatchObject({ status: 'CANCELLED' });
    expect((await world.approveRefund<ProblemJson>(cancelled)).body).toMatchObject({ code: 'REFUND_NOT_DECIDABLE' });

    const lowered = await alice.requestRefund(order);
    expect((await world.approveRefund<ProblemJson>(lowered, { amountFen: PRICE_FEN + 1 })).body).toMatchObject({
      code: 'REFUND_EXCEEDS_PAYMENT',
    });
    expect((await world.approveRefund(lowered, { amountFen: 4000 })).body).toMatchObject({ amountFen: 4000 });
    expect((await alice.requestRefund(order)).amountFen).toBe(6000);
    expect(await world.countRefundCalls()).toBe(sentBefore + 1);
  });

  it('comes in parts: the second waits its minute, both go out, and the goods stay sold', async () => {
    const first = await world.createApprovedRefund(order, 3000);
    const second = await world.createApprovedRefund(order, 2000);
    expect(second).toMatchObject({ status: 'PROCESSING', waitReason: 'RATE_LIMITED', sendCount: 0 });
    await world.runJobsAfter({ seconds: 61 });
    await world.runJobsAfter({ hours: 1 });
    for (const part of [first, second]) expect(await world.getAdminRefund(part)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await world.alice.getOrder(order)).toMatchObject({ refundStatus: 'PARTIAL', refundedFen: 5000 });
    expect(await world.getLedger(order)).toMatchObject({ refundedFen: 5000, refunds: 2 });
    expect(await world.shop.getStock(world.tea)).toBe(INITIAL_STOCK - 1);
  });

  it('brings the goods back once, when staff name them or all of the money is back', async () => {
    const part = await world.alice.requestRefund(order, { amountFen: 1000 });
    await world.approveRefund(part, { returnItems: [{ productId: world.tea, quantity: 1 }] });
    await world.runJobsAfter({ hours: 1 });
    expect(await world.shop.getStock(world.tea)).toBe(INITIAL_STOCK);
    await world.createApprovedRefund(order);
    await world.runJobsAfter({ hours: 1 });
    expect(await world.alice.getOrder(order)).toMatchObject({ refundStatus: 'FULL' });
    expect(await world.shop.getStock(world.tea)).toBe(INITIAL_STOCK);
  });

  it('leaves broken goods out of the shelf when staff say so', async () => {
    await world.approveRefund(await world.alice.requestRefund(order), { returnStock: false });
    await world.runJobsAfter({ hours: 1 });
    expect(await world.alice.getOrder(order)).toMatchObject({ refundStatus: 'FULL' });
    expect(await world.shop.getStock(world.tea)).toBe(INITIAL_STOCK - 1);
  });

  it('may be five days on its way to a bank card', async () => {
    await world.shop.wechat.setBehaviours({ refundEnds: 'PROCESSING' });
    const refund = await world.createApprovedRefund(order);
    for (let day = 0; day < 5; day++) await world.runJobsAfter({ hours: 24 });
    expect(await world.alice.getRefund(refund)).toMatchObject({ status: 'PROCESSING', waitReason: null });
    const unheard = { endpoint: 'refund-notice', kind: 'lose_forever', out_refund_no: refund.refundNo } as const;
    await world.shop.wechat.failNext(unheard);
    await world.shop.wechat.control('POST', `refunds/${refund.refundNo}/state`, { state: 'SUCCESS' });
    await world.runJobsAfter({ hours: 25 });
    expect(await world.alice.getRefund(refund)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await world.countRefundCalls(refund.refundNo)).toBe(1);
  });

  it('that WeChat closes frees the money, and a new one under a new number gives it back', async () => {
    await world.shop.wechat.setBehaviours({ refundEnds: 'REFUNDCLOSE' });
    const failed = await world.createApprovedRefund(order);
    await world.runJobsAfter({ hours: 1 });
    expect(await world.getAdminRefund(failed)).toMatchObject({ status: 'FAILED', errorCode: 'REFUNDCLOSE' });
    expect(await world.alice.getOrder(order)).toMatchObject({ refundStatus: 'NONE', refundedFen: 0 });

    await world.shop.wechat.setBehaviours({ refundEnds: 'SUCCESS' });
    const again = await world.createApprovedRefund(order);
    expect(again.refundNo).not.toBe(failed.refundNo);
    await world.runJobsAfter({ hours: 1 });
    expect(await world.getAdminRefund(again)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await world.getLedger(order)).toMatchObject({ refundedFen: PRICE_FEN });
  });

  it('by staff needs an Idempotency-Key, and is one refund however often it is sent with it', async () => {
    const path = `${world.shop.url}/admin/api/orders/${order.orderNo}/refunds`;
    const body = { amountFen: 1000, reason: '少发一件' };
    const gives = (headers: Record<string, string>): Promise<HttpReply<RefundJson & ProblemJson>> =>
      call(path, { method: 'POST', body, headers: { authorization: `Bearer ${world.boss.login.token}`, ...headers } });
    expect(await gives({})).toMatchObject({ status: 400, body: { code: 'IDEMPOTENCY_KEY_REQUIRED' } });
    expect(await world.alice.listRefunds(order)).toEqual([]);
    const key = { 'idempotency-key': `give-${order.orderNo}` };
    const [first, second] = [await gives(key), await gives(key)];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body.refundNo).toBe(first.body.refundNo);
    expect(await world.alice.listRefunds(order)).toHaveLength(1);
  });

  it('is nobody else’s business', async () => {
    const refund = await world.alice.requestRefund(order);
    const mallory = await world.shop.createUser('mallory');
    const others = [
      await mallory.tryRequestRefund(order, {}),
      await mallory.call<ProblemJson>('GET', `orders/${order.orderNo}/refunds`),
      await mallory.call<ProblemJson>('GET', `refunds/${refund.refundNo}`),
      await mallory.call<ProblemJson>('POST', `refunds/${refund.refundNo}/cancel`),
    ];
    expect(others.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect(await world.alice.getRefund(refund)).toMatchObject({ status: 'REQUESTED' });
  });

  it('is for paid orders, for a year, and for what is left', async () => {
    const unpaid = await world.alice.createOrder({ productId: world.tea });
    expect((await world.alice.tryRequestRefund(unpaid, {})).body).toMatchObject({ code: 'ORDER_NOT_REFUNDABLE' });
    await world.alice.requestRefund(order);
    expect((await world.alice.tryRequestRefund(order, {})).body).toMatchObject({ code: 'ORDER_NOT_REFUNDABLE' });
    await world.shop.rawUpdate(
      `UPDATE payments SET paid_at = '2025-11-01 00:00:00.000', refund_held_fen = 0 WHERE order_no = '${order.orderNo}'`,
    );
    expect((await world.alice.tryRequestRefund(order, {})).body).toMatchObject({ code: 'ORDER_NOT_REFUNDABLE' });
  });
});
