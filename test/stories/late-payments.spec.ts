import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { OrderQueryService } from '../../src/order/order-query.service.js';
import { LatePaymentRefunder } from '../../src/refund/late-payment-refunder.js';
import { Refund } from '../../src/refund/refund.entity.js';
import type { OrderJson, PayJson } from '../support/test-buyer.js';
import { PRICE_FEN, RefundFixture, INITIAL_STOCK } from '../support/refund-fixture.js';

describe('money that comes too late or twice', () => {
  let world: RefundFixture;

  /** The stories from here on share a shop; both of its instances tick at the same moment. */
  function inOneShop(environment: Record<string, string> = {}): void {
    let here: RefundFixture;
    beforeAll(async () => {
      here = await RefundFixture.open({ instances: 2, environment });
    });
    afterAll(() => here.shop.close());
    beforeEach(async () => {
      world = await here.restart();
    });
  }
  inOneShop();

  /** A payment that WeChat has and the shop has given up: no sequence of honest answers brings that about. */
  async function paidAfterTheClose(): Promise<{ order: OrderJson; pay: PayJson }> {
    const order = await world.alice.createOrder({ productId: world.tea });
    const pay = await world.alice.pay(order, { notify: 'lost' });
    await world.shop.rawUpdate(
      `UPDATE payments SET status = 'CLOSED', next_check_at = NULL WHERE out_trade_no = '${pay.outTradeNo}'`,
      `UPDATE products SET stock = stock + 1 WHERE product_id = '${world.tea}'`,
      `UPDATE orders SET status = 'CLOSED', close_reason = 'EXPIRED', next_check_at = NULL,
         closed_at = created_at WHERE order_no = '${order.orderNo}'`,
    );
    return { order, pay };
  }

  /** The first attempt is taken for closed while WeChat has it paid, and the second is paid too. */
  async function paidTwice(): Promise<{ order: OrderJson; pays: [PayJson, PayJson] }> {
    const order = await world.alice.createOrder({ productId: world.tea });
    const first = await world.alice.pay(order, { notify: 'lost' });
    await world.shop.rawUpdate(
      `UPDATE payments SET status = 'CLOSED', next_check_at = NULL WHERE out_trade_no = '${first.outTradeNo}'`,
    );
    const second = await world.alice.startPayment(order, 'NATIVE');
    await world.alice.confirmPayment(second, { notify: 'lost' });
    return { order, pays: [first, second] };
  }

  const refundsOf = async ({ orderNo }: OrderJson): Promise<Refund[]> =>
    (await world.shop.firstInstance.findAll(Refund)).filter((refund) => refund.orderNo === orderNo);

  it.each(['a notice', 'a client’s sync', 'staff who ask'])(
    'goes back by itself, once, when %s tells',
    async (teller) => {
      const { order, pay } = await paidAfterTheClose();
      if (teller === 'a notice') {
        const replies = await Promise.all([1, 2, 3].map(() => world.shop.wechat.sendPaymentNotice(pay.outTradeNo)));
        expect(replies.flat().map(({ isAccepted }) => isAccepted)).toEqual([true, true, true]);
      } else if (teller === 'a client’s sync') {
        await Promise.all([world.alice.syncOrder(order), world.alice.syncOrder(order)]);
      } else {
        await world.boss.call('POST', `orders/${order.orderNo}/query`);
      }
      expect(await world.alice.getOrder(order)).toMatchObject({ status: 'CLOSED', paidFen: PRICE_FEN });

      for (let round = 0; round < 3; round++) await world.runJobsAfter({ minutes: 30 });
      expect(await refundsOf(order)).toMatchObject([
        { kind: 'AUTOMATIC', status: 'SUCCEEDED', amountFen: PRICE_FEN, isSurplus: false, sendCount: 1 },
      ]);
      expect(await world.alice.getOrder(order)).toMatchObject({
        ...{ status: 'CLOSED', refundStatus: 'FULL', paidFen: PRICE_FEN, refundedFen: PRICE_FEN },
      });
      expect(await world.getLedger(order)).toEqual({ paidFen: PRICE_FEN, refundedFen: PRICE_FEN, refunds: 1 });
      expect(await world.shop.getStock(world.tea)).toBe(INITIAL_STOCK);

      const { body } = await world.boss.call<{ refunds: unknown[]; events: { type: string }[] }>(
        'GET',
        `orders/${order.orderNo}`,
      );
      expect(body.refunds).toMatchObject([{ kind: 'AUTOMATIC', status: 'SUCCEEDED' }]);
      expect(body.events.map(({ type }) => type)).toEqual(expect.arrayContaining(['REFUND_REQUEST', 'REFUND_CALL']));
    },
  );

  it('shows at once that a second late payment has not gone back yet', async () => {
    const { order, pays } = await paidTwice();
    await world.shop.rawUpdate(
      `UPDATE payments SET status = 'CLOSED', next_check_at = NULL WHERE order_no = '${order.orderNo}'`,
      `UPDATE orders SET status = 'CLOSED', close_reason = 'EXPIRED', next_check_at = NULL,
         closed_at = created_at WHERE order_no = '${order.orderNo}'`,
    );
    await world.shop.wechat.sendPaymentNotice(pays[0].outTradeNo);
    for (let round = 0; round < 3; round++) await world.runJobsAfter({ minutes: 30 });
    expect(await world.alice.getOrder(order)).toMatchObject({ refundStatus: 'FULL', paidFen: PRICE_FEN });

    await world.shop.wechat.sendPaymentNotice(pays[1].outTradeNo);
    expect(await world.alice.getOrder(order)).toMatchObject({ refundStatus: 'PARTIAL', paidFen: 2 * PRICE_FEN });
    for (let round = 0; round < 3; round++) await world.runJobsAfter({ minutes: 30 });
    expect(await world.alice.getOrder(order)).toMatchObject({ refundStatus: 'FULL', refundedFen: 2 * PRICE_FEN });
  });

  it('twice for one order is kept once: the other payment goes back, and the order stays paid', async () => {
    const { order, pays } = await paidTwice();
    for (const { outTradeNo } of pays.toReversed()) await world.shop.wechat.sendPaymentNotice(outTradeNo);
    for (let round = 0; round < 3; round++) await world.runJobsAfter({ minutes: 30 });

    expect(await refundsOf(order)).toMatchObject([
      { outTradeNo: pays[0].outTradeNo, kind: 'AUTOMATIC', status: 'SUCCEEDED', isSurplus: true },
    ]);
    // Nothing of it concerns the goods: they are paid, and may still be refunded whole.
    expect(await world.alice.getOrder(order)).toMatchObject({
      ...{ status: 'PAID', paidFen: PRICE_FEN, refundedFen: 0, refundStatus: 'NONE' },
    });
    expect(await world.getLedger(order)).toEqual({ paidFen: 2 * PRICE_FEN, refundedFen: PRICE_FEN, refunds: 1 });
    expect((await world.createApprovedRefund(order)).amountFen).toBe(PRICE_FEN);
    await world.runJobsAfter({ hours: 1 });
    expect(await world.getLedger(order)).toMatchObject({ refundedFen: 2 * PRICE_FEN, refunds: 2 });
    expect(await world.alice.getOrder(order)).toMatchObject({ refundStatus: 'FULL', refundedFen: PRICE_FEN });
  });

  it('is not the buyer’s to ask for: it is on its way already', async () => {
    const { order, pay } = await paidAfterTheClose();
    await world.shop.wechat.sendPaymentNotice(pay.outTradeNo);
    expect((await world.alice.tryRequestRefund(order, {})).body).toMatchObject({ code: 'ORDER_NOT_REFUNDABLE' });
  });

  it('is given back by staff when WeChat refused for good', async () => {
    const { order, pay } = await paidAfterTheClose();
    await world.shop.wechat.sendPaymentNotice(pay.outTradeNo);
    const refusal = { endpoint: 'refund', kind: 'err_code', errCode: 'USER_ACCOUNT_ABNORMAL' } as const;
    await world.shop.wechat.failNext({ ...refusal, out_trade_no: pay.outTradeNo });
    await world.runJobsAfter({ minutes: 1 });
    expect(await refundsOf(order)).toMatchObject([{ status: 'FAILED', errorCode: 'USER_ACCOUNT_ABNORMAL' }]);
    const wish = { amountFen: PRICE_FEN, reason: '退款' };
    expect((await world.boss.call('POST', `orders/${order.orderNo}/refunds`, wish)).status).toBe(201);
    for (let round = 0; round < 2; round++) await world.runJobsAfter({ hours: 1 });
    expect(await world.alice.getOrder(order)).toMatchObject({ refundStatus: 'FULL', refundedFen: PRICE_FEN });
  });

  describe('in a shop that delivers late orders', () => {
    inOneShop({ LATE_PAYMENT_POLICY: 'deliver' });
    afterEach(() => void jest.restoreAllMocks());

    it('revives the order and takes its goods again', async () => {
      const { order, pay } = await paidAfterTheClose();
      await world.shop.wechat.sendPaymentNotice(pay.outTradeNo);
      await world.runJobsAfter({ minutes: 1 });
      expect(await world.alice.getOrder(order)).toMatchObject({
        ...{ status: 'PAID', paidFen: PRICE_FEN, closeReason: null, refundStatus: 'NONE' },
      });
      expect(await refundsOf(order)).toEqual([]);
      expect(await world.shop.getStock(world.tea)).toBe(INITIAL_STOCK - 1);
      await world.createApprovedRefund(order);
      await world.runJobsAfter({ hours: 1 });
      expect(await world.alice.getOrder(order)).toMatchObject({ refundStatus: 'FULL' });
      expect(await world.shop.getStock(world.tea)).toBe(INITIAL_STOCK);
    });

    it('is told apart from what is surplus, though the order is revived in the moment in which staff give it back', async () => {
      const { order, pays } = await paidTwice();
      await world.shop.rawUpdate(
        `UPDATE payments SET status = 'CLOSED', next_check_at = NULL WHERE order_no = '${order.orderNo}'`,
        `UPDATE products SET stock = stock + 1 WHERE product_id = '${world.tea}'`,
        `UPDATE orders SET status = 'CLOSED', close_reason = 'EXPIRED', next_check_at = NULL,
           closed_at = created_at WHERE order_no = '${order.orderNo}'`,
      );
      for (const { outTradeNo } of pays) await world.shop.wechat.sendPaymentNotice(outTradeNo);
      // Another instance has the first payment in hand, and is slow.
      const tonight = new Date(world.shop.wechat.now().getTime() + 12 * 3_600_000)
        .toISOString()
        .replace(/[TZ]/g, ' ')
        .trim();
      await world.shop.rawUpdate(
        `UPDATE payments SET next_check_at = '${tonight}' WHERE out_trade_no = '${pays[0].outTradeNo}'`,
      );
      const orders = world.shop.firstInstance.app.get(OrderQueryService);
      const byNumber = orders.getByNumber.bind(orders);
      jest.spyOn(orders, 'getByNumber').mockImplementationOnce(async (orderNo) => {
        const closed = await byNumber(orderNo);
        await world.shop.runJobs(); // revives it, by the second payment
        return closed;
      });
      const wish = { amountFen: PRICE_FEN, reason: '重复支付' };
      const { status } = await world.boss.call('POST', `orders/${order.orderNo}/refunds`, wish);
      expect(status).toBe(201);
      for (let round = 0; round < 3; round++) await world.runJobsAfter({ minutes: 30 });

      // The order says that all is back, and its goods are: so it must be its own money, not what was paid besides.
      const own = { outTradeNo: pays[1].outTradeNo, kind: 'MERCHANT', status: 'SUCCEEDED', isSurplus: false };
      expect(await refundsOf(order)).toMatchObject([own]);
      const whole = { status: 'PAID', refundStatus: 'FULL', paidFen: PRICE_FEN, refundedFen: PRICE_FEN };
      expect(await world.alice.getOrder(order)).toMatchObject(whole);
      expect(await world.shop.getStock(world.tea)).toBe(INITIAL_STOCK);
      await world.shop.rawUpdate(
        `UPDATE payments SET next_check_at = '2020-01-01 00:00:00.000' WHERE out_trade_no = '${pays[0].outTradeNo}'`,
      );
      for (let round = 0; round < 3; round++) await world.runJobsAfter({ minutes: 30 });
      const other = { outTradeNo: pays[0].outTradeNo, kind: 'AUTOMATIC', status: 'SUCCEEDED', isSurplus: true };
      expect(await refundsOf(order)).toMatchObject([own, other]);
      expect(await world.alice.getOrder(order)).toMatchObject(whole);
      expect(await world.getLedger(order)).toMatchObject({ paidFen: 2 * PRICE_FEN, refundedFen: 2 * PRICE_FEN });
    });

    it('refunds at once the second of two late payments that are dealt with at the same time', async () => {
      const { order, pays } = await paidTwice();
      await world.shop.rawUpdate(
        `UPDATE payments SET status = 'CLOSED', next_check_at = NULL WHERE order_no = '${order.orderNo}'`,
        `UPDATE products SET stock = stock + 1 WHERE product_id = '${world.tea}'`,
        `UPDATE orders SET status = 'CLOSED', close_reason = 'EXPIRED', next_check_at = NULL,
           closed_at = created_at WHERE order_no = '${order.orderNo}'`,
      );
      for (const { outTradeNo } of pays) await world.shop.wechat.sendPaymentNotice(outTradeNo);
      const payments = await world.shop.getPayments(order.orderNo);
      const said = jest.spyOn(Logger.prototype, 'log');
      // Both read the closed order before either of them revives it.
      const orders = world.shop.firstInstance.app.get(OrderQueryService);
      const byNumber = orders.getByNumber.bind(orders);
      const reading = payments.map(() => byNumber(order.orderNo));
      const spy = jest.spyOn(orders, 'getByNumber');
      for (const read of reading) spy.mockImplementationOnce(() => Promise.all(reading).then(() => read));
      const owed = world.shop.firstInstance.app.get(LatePaymentRefunder);
      await Promise.all(payments.map((payment) => owed.refundOrDeliver(payment)));

      const [refund, ...more] = await refundsOf(order);
      expect(more).toEqual([]);
      expect(refund).toMatchObject({ kind: 'AUTOMATIC', status: 'PROCESSING', amountFen: PRICE_FEN, isSurplus: true });
      expect(await world.alice.getOrder(order)).toMatchObject({
        status: 'PAID',
        paidFen: PRICE_FEN,
        refundStatus: 'NONE',
      });
      expect(said.mock.calls.filter(([line]) => String(line).includes('is delivered all the same'))).toHaveLength(1);
      const waiting = (await world.shop.getPayments(order.orderNo)).filter(({ nextCheckAt }) => nextCheckAt !== null);
      expect(waiting).toEqual([]);
    });

    it('goes back after all when the goods are gone', async () => {
      const { order, pay } = await paidAfterTheClose();
      await world.shop.rawUpdate(`UPDATE products SET stock = 0 WHERE product_id = '${world.tea}'`);
      await world.shop.wechat.sendPaymentNotice(pay.outTradeNo);
      for (let round = 0; round < 2; round++) await world.runJobsAfter({ minutes: 30 });
      expect(await refundsOf(order)).toMatchObject([{ kind: 'AUTOMATIC', status: 'SUCCEEDED' }]);
      expect(await world.alice.getOrder(order)).toMatchObject({ status: 'CLOSED', refundStatus: 'FULL' });
    });
  });
});
