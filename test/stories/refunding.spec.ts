import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { OrderJson, ProblemJson, RefundJson } from '../support/customer.js';
import { call, type Reply } from '../support/http.js';
import { PRICE_FEN, RefundShop, STOCK } from '../support/refund-shop.js';

describe('a refund', () => {
  let world: RefundShop;
  let order: OrderJson;

  beforeAll(async () => {
    world = await RefundShop.opens();
  });
  afterAll(() => world.shop.closes());
  beforeEach(async () => {
    world = await world.goesOn();
    order = await world.sells();
  });

  it('is asked for, approved, sent, and in the end the money is back and the goods are on the shelf', async () => {
    const { alice } = world;
    const refund = await alice.wantsBack(order);
    expect(refund).toMatchObject({ status: 'REQUESTED', kind: 'USER', amountFen: PRICE_FEN, waitReason: null });
    expect(await alice.sees(order)).toMatchObject({ refundStatus: 'REQUESTED', refundedFen: 0 });

    const { status, body } = await world.approves(refund);
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'PROCESSING', waitReason: null, sendCount: 1 });
    expect(await alice.sees(order)).toMatchObject({ refundStatus: 'PROCESSING', refundedFen: 0 }); // accepted, not back

    await world.passes({ hours: 1 });
    expect(await alice.seesRefund(refund)).toMatchObject({ status: 'SUCCEEDED', completedAt: expect.any(String) });
    expect(await alice.sees(order)).toMatchObject({ status: 'PAID', refundStatus: 'FULL', refundedFen: PRICE_FEN });
    expect(await world.shop.stockOf(world.tea)).toBe(STOCK);
    expect(await world.ledgerOf(order)).toEqual({ paidFen: PRICE_FEN, refundedFen: PRICE_FEN, refunds: 1 });
  });

  it('never takes more than was paid: of twenty requests of 60 on 100 at once, one is reserved', async () => {
    const wishes = await Promise.all(
      Array.from({ length: 20 }, () =>
        world.alice.triesToGetBack<RefundJson & ProblemJson>(order, { amountFen: 6000 }),
      ),
    );
    expect(wishes.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const { status, body } of wishes) {
      if (status !== 201) expect(body).toMatchObject({ status: 409, code: 'REFUND_EXCEEDS_PAYMENT' });
    }
    expect(await world.shop.paymentsOf(order.orderNo)).toMatchObject([{ refundHeldFen: 6000, refundCount: 1 }]);
  });

  it('is paid out once when ten people approve it at the same moment', async () => {
    const refund = await world.alice.wantsBack(order);
    const decisions = await Promise.all(Array.from({ length: 10 }, () => world.approves<{ code?: string }>(refund)));
    expect(decisions.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { status, body } of decisions) {
      if (status !== 200) expect([status, body.code]).toEqual([409, 'REFUND_NOT_DECIDABLE']);
    }
    await world.passes({ hours: 1 });
    expect(await world.timesSent(refund.refundNo)).toBe(1);
    expect(await world.ledgerOf(order)).toMatchObject({ refundedFen: PRICE_FEN, refunds: 1 });
  });

  it('frees its money when it is rejected, cancelled, or approved for less', async () => {
    const { alice } = world;
    const sentBefore = await world.timesSent();
    const rejected = await alice.wantsBack(order);
    expect((await world.rejects(rejected)).body).toMatchObject({ status: 'REJECTED', rejectReason: '已发货' });
    expect(await alice.sees(order)).toMatchObject({ refundStatus: 'NONE' });

    const cancelled = await alice.wantsBack(order);
    const again = (): ReturnType<typeof alice.asks<RefundJson>> =>
      alice.asks<RefundJson>('POST', `refunds/${cancelled.refundNo}/cancel`);
    expect((await again()).body).toMatchObject({ status: 'CANCELLED' });
    expect((await again()).body).toMatchObject({ status: 'CANCELLED' });
    expect((await world.approves<ProblemJson>(cancelled)).body).toMatchObject({ code: 'REFUND_NOT_DECIDABLE' });

    const lowered = await alice.wantsBack(order);
    expect((await world.approves<ProblemJson>(lowered, { amountFen: PRICE_FEN + 1 })).body).toMatchObject({
      code: 'REFUND_EXCEEDS_PAYMENT',
    });
    expect((await world.approves(lowered, { amountFen: 4000 })).body).toMatchObject({ amountFen: 4000 });
    expect((await alice.wantsBack(order)).amountFen).toBe(6000);
    expect(await world.timesSent()).toBe(sentBefore + 1);
  });

  it('comes in parts: the second waits its minute, both go out, and the goods stay sold', async () => {
    const first = await world.getsBack(order, 3000);
    const second = await world.getsBack(order, 2000);
    expect(second).toMatchObject({ status: 'PROCESSING', waitReason: 'RATE_LIMITED', sendCount: 0 });
    await world.passes({ seconds: 61 });
    await world.passes({ hours: 1 });
    for (const part of [first, second]) expect(await world.deskSees(part)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await world.alice.sees(order)).toMatchObject({ refundStatus: 'PARTIAL', refundedFen: 5000 });
    expect(await world.ledgerOf(order)).toMatchObject({ refundedFen: 5000, refunds: 2 });
    expect(await world.shop.stockOf(world.tea)).toBe(STOCK - 1);
  });

  it('brings the goods back once, when staff name them or all of the money is back', async () => {
    const part = await world.alice.wantsBack(order, { amountFen: 1000 });
    await world.approves(part, { returnItems: [{ productId: world.tea, quantity: 1 }] });
    await world.passes({ hours: 1 });
    expect(await world.shop.stockOf(world.tea)).toBe(STOCK);
    await world.getsBack(order);
    await world.passes({ hours: 1 });
    expect(await world.alice.sees(order)).toMatchObject({ refundStatus: 'FULL' });
    expect(await world.shop.stockOf(world.tea)).toBe(STOCK);
  });

  it('leaves broken goods out of the shelf when staff say so', async () => {
    await world.approves(await world.alice.wantsBack(order), { returnStock: false });
    await world.passes({ hours: 1 });
    expect(await world.alice.sees(order)).toMatchObject({ refundStatus: 'FULL' });
    expect(await world.shop.stockOf(world.tea)).toBe(STOCK - 1);
  });

  it('may be five days on its way to a bank card', async () => {
    await world.shop.wechat.behaves({ refundEnds: 'PROCESSING' });
    const refund = await world.getsBack(order);
    for (let day = 0; day < 5; day++) await world.passes({ hours: 24 });
    expect(await world.alice.seesRefund(refund)).toMatchObject({ status: 'PROCESSING', waitReason: null });
    const unheard = { endpoint: 'refund-notice', kind: 'lose_forever', out_refund_no: refund.refundNo } as const;
    await world.shop.wechat.fails(unheard);
    await world.shop.wechat.control('POST', `refunds/${refund.refundNo}/state`, { state: 'SUCCESS' });
    await world.passes({ hours: 25 });
    expect(await world.alice.seesRefund(refund)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await world.timesSent(refund.refundNo)).toBe(1);
  });

  it('that WeChat closes frees the money, and a new one under a new number gives it back', async () => {
    await world.shop.wechat.behaves({ refundEnds: 'REFUNDCLOSE' });
    const failed = await world.getsBack(order);
    await world.passes({ hours: 1 });
    expect(await world.deskSees(failed)).toMatchObject({ status: 'FAILED', errorCode: 'REFUNDCLOSE' });
    expect(await world.alice.sees(order)).toMatchObject({ refundStatus: 'NONE', refundedFen: 0 });

    await world.shop.wechat.behaves({ refundEnds: 'SUCCESS' });
    const again = await world.getsBack(order);
    expect(again.refundNo).not.toBe(failed.refundNo);
    await world.passes({ hours: 1 });
    expect(await world.deskSees(again)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await world.ledgerOf(order)).toMatchObject({ refundedFen: PRICE_FEN });
  });

  it('by staff needs an Idempotency-Key, and is one refund however often it is sent with it', async () => {
    const path = `${world.shop.url}/admin/api/orders/${order.orderNo}/refunds`;
    const body = { amountFen: 1000, reason: '少发一件' };
    const gives = (headers: Record<string, string>): Promise<Reply<RefundJson & ProblemJson>> =>
      call(path, { method: 'POST', body, headers: { authorization: `Bearer ${world.boss.login.token}`, ...headers } });
    expect(await gives({})).toMatchObject({ status: 400, body: { code: 'IDEMPOTENCY_KEY_REQUIRED' } });
    expect(await world.alice.seesRefunds(order)).toEqual([]);
    const key = { 'idempotency-key': `give-${order.orderNo}` };
    const [first, second] = [await gives(key), await gives(key)];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body.refundNo).toBe(first.body.refundNo);
    expect(await world.alice.seesRefunds(order)).toHaveLength(1);
  });

  it('is nobody else’s business', async () => {
    const refund = await world.alice.wantsBack(order);
    const mallory = await world.shop.welcomes('mallory');
    const others = [
      await mallory.triesToGetBack(order, {}),
      await mallory.asks<ProblemJson>('GET', `orders/${order.orderNo}/refunds`),
      await mallory.asks<ProblemJson>('GET', `refunds/${refund.refundNo}`),
      await mallory.asks<ProblemJson>('POST', `refunds/${refund.refundNo}/cancel`),
    ];
    expect(others.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect(await world.alice.seesRefund(refund)).toMatchObject({ status: 'REQUESTED' });
  });

  it('is for paid orders, for a year, and for what is left', async () => {
    const unpaid = await world.alice.orders({ productId: world.tea });
    expect((await world.alice.triesToGetBack(unpaid, {})).body).toMatchObject({ code: 'ORDER_NOT_REFUNDABLE' });
    await world.alice.wantsBack(order);
    expect((await world.alice.triesToGetBack(order, {})).body).toMatchObject({ code: 'ORDER_NOT_REFUNDABLE' });
    await world.shop.forces(
      `UPDATE payments SET paid_at = '2025-11-01 00:00:00.000', refund_held_fen = 0 WHERE order_no = '${order.orderNo}'`,
    );
    expect((await world.alice.triesToGetBack(order, {})).body).toMatchObject({ code: 'ORDER_NOT_REFUNDABLE' });
  });
});
