import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { OrderQueryService } from '../../../src/order/order-query.service.js';
import { LatePaymentHandler } from '../../../src/refund/request/late-payment-handler.js';
import { Refund } from '../../../src/refund/refund.entity.js';
import type { OrderJson, PayJson, RefundJson } from '../../support/clients/test-buyer.js';
import { byProtocol } from '../../support/wechat/pay-protocol.js';
import { PRICE_FEN, RefundFixture, INITIAL_STOCK } from '../../support/fixtures/refund-fixture.js';

describe('late and duplicate payments', () => {
  let fixture: RefundFixture;

  /** Opens one shop for the tests that follow. Both of its instances run their jobs at the same moment. */
  function useSharedShop(environment: Record<string, string> = {}): void {
    let shared: RefundFixture;
    beforeAll(async () => {
      shared = await RefundFixture.open({ instances: 2, environment });
    });
    afterAll(() => shared.shop.close());
    beforeEach(async () => {
      fixture = await shared.resetForNextTest();
    });
  }
  useSharedShop();

  /** Creates an order that is closed here and paid at WeChat. No sequence of valid responses leads there. */
  async function createOrderPaidAfterClose(): Promise<{ order: OrderJson; pay: PayJson }> {
    const order = await fixture.alice.createOrder({ productId: fixture.tea });
    const pay = await fixture.alice.pay(order, { notify: 'lost' });
    await fixture.shop.rawUpdate(
      `UPDATE payments SET status = 'CLOSED', next_check_at = NULL WHERE out_trade_no = '${pay.outTradeNo}'`,
      `UPDATE products SET stock = stock + 1 WHERE product_id = '${fixture.tea}'`,
      `UPDATE orders SET status = 'CLOSED', close_reason = 'EXPIRED', next_check_at = NULL,
         closed_at = created_at WHERE order_no = '${order.orderNo}'`,
    );
    return { order, pay };
  }

  /** Pays an order twice: the first attempt is closed here although WeChat has it paid. */
  async function createOrderPaidTwice(): Promise<{ order: OrderJson; pays: [PayJson, PayJson] }> {
    const order = await fixture.alice.createOrder({ productId: fixture.tea });
    const first = await fixture.alice.pay(order, { notify: 'lost' });
    await fixture.shop.rawUpdate(
      `UPDATE payments SET status = 'CLOSED', next_check_at = NULL WHERE out_trade_no = '${first.outTradeNo}'`,
    );
    const second = await fixture.alice.startPayment(order, 'NATIVE');
    await fixture.alice.confirmPayment(second, { notify: 'lost' });
    return { order, pays: [first, second] };
  }

  const getRefunds = async ({ orderNo }: OrderJson): Promise<Refund[]> =>
    (await fixture.shop.firstInstance.findAll(Refund)).filter((refund) => refund.orderNo === orderNo);

  it.each(['a notice', 'a client’s sync', 'a query by staff'])(
    'a late payment that is found by %s is refunded once',
    async (source) => {
      const { order, pay } = await createOrderPaidAfterClose();
      if (source === 'a notice') {
        const replies = await Promise.all([1, 2, 3].map(() => fixture.shop.wechat.sendPaymentNotice(pay.outTradeNo)));
        expect(replies.flat().map(({ isAccepted }) => isAccepted)).toEqual([true, true, true]);
      } else if (source === 'a client’s sync') {
        await Promise.all([fixture.alice.syncOrder(order), fixture.alice.syncOrder(order)]);
      } else {
        await fixture.boss.call('POST', `orders/${order.orderNo}/query`);
      }
      expect(await fixture.alice.getOrder(order)).toMatchObject({ status: 'CLOSED', paidFen: PRICE_FEN });

      for (let round = 0; round < 3; round++) await fixture.runJobsAfter({ minutes: 30 });
      expect(await getRefunds(order)).toMatchObject([
        { kind: 'AUTOMATIC', status: 'SUCCEEDED', amountFen: PRICE_FEN, isOverpayment: false, sendCount: 1 },
      ]);
      expect(await fixture.alice.getOrder(order)).toMatchObject({
        status: 'CLOSED',
        refundStatus: 'FULL',
        paidFen: PRICE_FEN,
        refundedFen: PRICE_FEN,
      });
      expect(await fixture.getLedger(order)).toEqual({ paidFen: PRICE_FEN, refundedFen: PRICE_FEN, refunds: 1 });
      expect(await fixture.shop.getStock(fixture.tea)).toBe(INITIAL_STOCK);

      const { body } = await fixture.boss.call<{ refunds: unknown[]; events: { type: string }[] }>(
        'GET',
        `orders/${order.orderNo}`,
      );
      expect(body.refunds).toMatchObject([{ kind: 'AUTOMATIC', status: 'SUCCEEDED' }]);
      expect(body.events.map(({ type }) => type)).toEqual(expect.arrayContaining(['REFUND_REQUEST', 'REFUND_CALL']));
    },
  );

  it('a second payment of a paid order is found by a query by staff and refunded', async () => {
    const { order, pays } = await createOrderPaidTwice();
    await fixture.shop.wechat.sendPaymentNotice(pays[1].outTradeNo);
    expect(await fixture.alice.getOrder(order)).toMatchObject({ status: 'PAID', refundStatus: 'NONE' });
    await fixture.boss.call('POST', `orders/${order.orderNo}/query`);
    await fixture.runJobsAfter({ minutes: 2 });
    expect(await getRefunds(order)).toMatchObject([
      { kind: 'AUTOMATIC', outTradeNo: pays[0].outTradeNo, amountFen: PRICE_FEN, isOverpayment: true },
    ]);
  });

  it('refundStatus is PARTIAL until a second late payment is refunded too', async () => {
    const { order, pays } = await createOrderPaidTwice();
    await fixture.shop.rawUpdate(
      `UPDATE payments SET status = 'CLOSED', next_check_at = NULL WHERE order_no = '${order.orderNo}'`,
      `UPDATE orders SET status = 'CLOSED', close_reason = 'EXPIRED', next_check_at = NULL,
         closed_at = created_at WHERE order_no = '${order.orderNo}'`,
    );
    await fixture.shop.wechat.sendPaymentNotice(pays[0].outTradeNo);
    for (let round = 0; round < 3; round++) await fixture.runJobsAfter({ minutes: 30 });
    expect(await fixture.alice.getOrder(order)).toMatchObject({ refundStatus: 'FULL', paidFen: PRICE_FEN });

    await fixture.shop.wechat.sendPaymentNotice(pays[1].outTradeNo);
    expect(await fixture.alice.getOrder(order)).toMatchObject({ refundStatus: 'PARTIAL', paidFen: 2 * PRICE_FEN });
    for (let round = 0; round < 3; round++) await fixture.runJobsAfter({ minutes: 30 });
    expect(await fixture.alice.getOrder(order)).toMatchObject({ refundStatus: 'FULL', refundedFen: 2 * PRICE_FEN });
  });

  it('a duplicate payment is refunded, and the order stays PAID', async () => {
    const { order, pays } = await createOrderPaidTwice();
    for (const { outTradeNo } of pays.toReversed()) await fixture.shop.wechat.sendPaymentNotice(outTradeNo);
    for (let round = 0; round < 3; round++) await fixture.runJobsAfter({ minutes: 30 });

    expect(await getRefunds(order)).toMatchObject([
      { outTradeNo: pays[0].outTradeNo, kind: 'AUTOMATIC', status: 'SUCCEEDED', isOverpayment: true },
    ]);
    // The duplicate does not concern the items: they are paid and can still be refunded in full.
    expect(await fixture.alice.getOrder(order)).toMatchObject({
      status: 'PAID',
      paidFen: PRICE_FEN,
      refundedFen: 0,
      refundStatus: 'NONE',
    });
    expect(await fixture.getLedger(order)).toEqual({ paidFen: 2 * PRICE_FEN, refundedFen: PRICE_FEN, refunds: 1 });
    expect((await fixture.createApprovedRefund(order)).amountFen).toBe(PRICE_FEN);
    await fixture.runJobsAfter({ hours: 1 });
    expect(await fixture.getLedger(order)).toMatchObject({ refundedFen: 2 * PRICE_FEN, refunds: 2 });
    expect(await fixture.alice.getOrder(order)).toMatchObject({ refundStatus: 'FULL', refundedFen: PRICE_FEN });
  });

  it('the buyer cannot request a refund of a late payment, because it is refunded automatically', async () => {
    const { order, pay } = await createOrderPaidAfterClose();
    await fixture.shop.wechat.sendPaymentNotice(pay.outTradeNo);
    expect((await fixture.alice.tryRequestRefund(order, {})).body).toMatchObject({ code: 'ORDER_NOT_REFUNDABLE' });
  });

  it('staff can refund a late payment whose automatic refund has failed', async () => {
    const { order, pay } = await createOrderPaidAfterClose();
    await fixture.shop.wechat.sendPaymentNotice(pay.outTradeNo);
    const refusal = { endpoint: 'refund', kind: 'err_code', errCode: 'USER_ACCOUNT_ABNORMAL' } as const;
    await fixture.shop.wechat.failNext({ ...refusal, out_trade_no: pay.outTradeNo });
    await fixture.runJobsAfter({ minutes: 1 });
    expect(await getRefunds(order)).toMatchObject([{ status: 'FAILED', errorCode: 'USER_ACCOUNT_ABNORMAL' }]);
    const input = { amountFen: PRICE_FEN, reason: '退款' };
    expect((await fixture.boss.call('POST', `orders/${order.orderNo}/refunds`, input)).status).toBe(201);
    for (let round = 0; round < 2; round++) await fixture.runJobsAfter({ hours: 1 });
    expect(await fixture.alice.getOrder(order)).toMatchObject({ refundStatus: 'FULL', refundedFen: PRICE_FEN });
  });

  describe('late payments with LATE_PAYMENT_POLICY=deliver', () => {
    useSharedShop({ LATE_PAYMENT_POLICY: 'deliver' });
    afterEach(() => void jest.restoreAllMocks());

    it('a late payment reopens the order and reserves its stock again', async () => {
      const { order, pay } = await createOrderPaidAfterClose();
      await fixture.shop.wechat.sendPaymentNotice(pay.outTradeNo);
      await fixture.runJobsAfter({ minutes: 1 });
      expect(await fixture.alice.getOrder(order)).toMatchObject({
        status: 'PAID',
        paidFen: PRICE_FEN,
        closeReason: null,
        refundStatus: 'NONE',
      });
      expect(await getRefunds(order)).toEqual([]);
      expect(await fixture.shop.getStock(fixture.tea)).toBe(INITIAL_STOCK - 1);
      await fixture.createApprovedRefund(order);
      await fixture.runJobsAfter({ hours: 1 });
      expect(await fixture.alice.getOrder(order)).toMatchObject({ refundStatus: 'FULL' });
      expect(await fixture.shop.getStock(fixture.tea)).toBe(INITIAL_STOCK);
    });

    it('a merchant refund is not taken for the refund of a duplicate when the order is reopened at the same moment', async () => {
      const { order, pays } = await createOrderPaidTwice();
      await fixture.shop.rawUpdate(
        `UPDATE payments SET status = 'CLOSED', next_check_at = NULL WHERE order_no = '${order.orderNo}'`,
        `UPDATE products SET stock = stock + 1 WHERE product_id = '${fixture.tea}'`,
        `UPDATE orders SET status = 'CLOSED', close_reason = 'EXPIRED', next_check_at = NULL,
           closed_at = created_at WHERE order_no = '${order.orderNo}'`,
      );
      for (const { outTradeNo } of pays) await fixture.shop.wechat.sendPaymentNotice(outTradeNo);
      // Another instance has claimed the first payment and is slow.
      const tonight = new Date(fixture.shop.wechat.now().getTime() + 12 * 3_600_000)
        .toISOString()
        .replace(/[TZ]/g, ' ')
        .trim();
      await fixture.shop.rawUpdate(
        `UPDATE payments SET next_check_at = '${tonight}' WHERE out_trade_no = '${pays[0].outTradeNo}'`,
      );
      const orders = fixture.shop.firstInstance.app.get(OrderQueryService);
      const byNumber = orders.getByNumber.bind(orders);
      jest.spyOn(orders, 'getByNumber').mockImplementationOnce(async (orderNo) => {
        const closed = await byNumber(orderNo);
        await fixture.shop.runJobs(); // the jobs reopen the order by its second payment
        return closed;
      });
      const input = { amountFen: PRICE_FEN, reason: '重复支付' };
      const { status } = await fixture.boss.call('POST', `orders/${order.orderNo}/refunds`, input);
      expect(status).toBe(201);
      for (let round = 0; round < 3; round++) await fixture.runJobsAfter({ minutes: 30 });

      // The order is fully refunded and its stock is back, so the refund must be of the order's own payment.
      const own = { outTradeNo: pays[1].outTradeNo, kind: 'MERCHANT', status: 'SUCCEEDED', isOverpayment: false };
      expect(await getRefunds(order)).toMatchObject([own]);
      const whole = { status: 'PAID', refundStatus: 'FULL', paidFen: PRICE_FEN, refundedFen: PRICE_FEN };
      expect(await fixture.alice.getOrder(order)).toMatchObject(whole);
      expect(await fixture.shop.getStock(fixture.tea)).toBe(INITIAL_STOCK);
      await fixture.shop.rawUpdate(
        `UPDATE payments SET next_check_at = '2020-01-01 00:00:00.000' WHERE out_trade_no = '${pays[0].outTradeNo}'`,
      );
      for (let round = 0; round < 3; round++) await fixture.runJobsAfter({ minutes: 30 });
      const other = { outTradeNo: pays[0].outTradeNo, kind: 'AUTOMATIC', status: 'SUCCEEDED', isOverpayment: true };
      expect(await getRefunds(order)).toMatchObject([own, other]);
      expect(await fixture.alice.getOrder(order)).toMatchObject(whole);
      expect(await fixture.getLedger(order)).toMatchObject({ paidFen: 2 * PRICE_FEN, refundedFen: 2 * PRICE_FEN });
    });

    it('two late payments that are handled at once reopen the order once and refund the second', async () => {
      const { order, pays } = await createOrderPaidTwice();
      await fixture.shop.rawUpdate(
        `UPDATE payments SET status = 'CLOSED', next_check_at = NULL WHERE order_no = '${order.orderNo}'`,
        `UPDATE products SET stock = stock + 1 WHERE product_id = '${fixture.tea}'`,
        `UPDATE orders SET status = 'CLOSED', close_reason = 'EXPIRED', next_check_at = NULL,
           closed_at = created_at WHERE order_no = '${order.orderNo}'`,
      );
      for (const { outTradeNo } of pays) await fixture.shop.wechat.sendPaymentNotice(outTradeNo);
      const payments = await fixture.shop.getPayments(order.orderNo);
      const logSpy = jest.spyOn(Logger.prototype, 'log');
      // Both read the closed order before either of them reopens it.
      const orders = fixture.shop.firstInstance.app.get(OrderQueryService);
      const byNumber = orders.getByNumber.bind(orders);
      const reading = payments.map(() => byNumber(order.orderNo));
      const spy = jest.spyOn(orders, 'getByNumber');
      for (const read of reading) spy.mockImplementationOnce(() => Promise.all(reading).then(() => read));
      const refunder = fixture.shop.firstInstance.app.get(LatePaymentHandler);
      await Promise.all(payments.map((payment) => refunder.refundOrReopen(payment)));

      const [refund, ...more] = await getRefunds(order);
      expect(more).toEqual([]);
      expect(refund).toMatchObject({
        kind: 'AUTOMATIC',
        status: 'PROCESSING',
        amountFen: PRICE_FEN,
        isOverpayment: true,
      });
      expect(await fixture.alice.getOrder(order)).toMatchObject({
        status: 'PAID',
        paidFen: PRICE_FEN,
        refundStatus: 'NONE',
      });
      expect(
        logSpy.mock.calls.filter(([line]) => String(line).includes('is reopened (LATE_PAYMENT_POLICY=deliver)')),
      ).toHaveLength(1);
      const waiting = (await fixture.shop.getPayments(order.orderNo)).filter(({ nextCheckAt }) => nextCheckAt !== null);
      expect(waiting).toEqual([]);
    });

    it('a failed refund of an earlier late payment that succeeds after all does not count as a refund of the reopened order', async () => {
      const { order, pays } = await createOrderPaidTwice();
      await fixture.shop.rawUpdate(
        `UPDATE payments SET status = 'CLOSED', next_check_at = NULL WHERE order_no = '${order.orderNo}'`,
        `UPDATE products SET stock = 0 WHERE product_id = '${fixture.tea}'`,
        `UPDATE orders SET status = 'CLOSED', close_reason = 'EXPIRED', next_check_at = NULL,
           closed_at = created_at WHERE order_no = '${order.orderNo}'`,
      );
      const [first, second] = pays;
      // WeChat refunds the money, but its responses say that it does not, and its notice is late.
      const { wechat } = fixture.shop;
      const refusal = { kind: 'err_code', when: 'after', errCode: 'USER_ACCOUNT_ABNORMAL' } as const;
      await wechat.failNext({ endpoint: 'refund', out_trade_no: first.outTradeNo, ...refusal });
      const absent = {
        endpoint: 'refundquery',
        kind: 'err_code',
        errCode: byProtocol({ v2: 'REFUNDNOTEXIST', v3: 'RESOURCE_NOT_EXISTS' }),
      } as const;
      await wechat.failNext({ ...absent, out_trade_no: first.outTradeNo, times: 5 });
      await wechat.failNext({ endpoint: 'refund-notice', kind: 'lose_forever', out_trade_no: first.outTradeNo });
      await wechat.sendPaymentNotice(first.outTradeNo);
      await fixture.runJobsAfter({ minutes: 1 });
      const [failed] = await getRefunds(order);
      expect(failed).toMatchObject({ status: 'FAILED', isOverpayment: false });

      await fixture.shop.rawUpdate(`UPDATE products SET stock = 1 WHERE product_id = '${fixture.tea}'`);
      await wechat.sendPaymentNotice(second.outTradeNo);
      await fixture.runJobsAfter({ minutes: 1 });
      const reopened = { status: 'PAID', transactionId: expect.any(String), refundStatus: 'NONE', refundedFen: 0 };
      expect(await fixture.alice.getOrder(order)).toMatchObject(reopened);

      await wechat.control('DELETE', 'faults');
      expect(await fixture.sendRefundNotice({ refundNo: String(failed?.refundNo) } as RefundJson)).toEqual([true]);
      expect(await getRefunds(order)).toMatchObject([{ status: 'SUCCEEDED', isOverpayment: true }]);
      expect(await fixture.alice.getOrder(order)).toMatchObject(reopened);
      expect(await fixture.shop.getStock(fixture.tea)).toBe(0);
    });

    it('a late payment is refunded when the stock is gone', async () => {
      const { order, pay } = await createOrderPaidAfterClose();
      await fixture.shop.rawUpdate(`UPDATE products SET stock = 0 WHERE product_id = '${fixture.tea}'`);
      await fixture.shop.wechat.sendPaymentNotice(pay.outTradeNo);
      for (let round = 0; round < 2; round++) await fixture.runJobsAfter({ minutes: 30 });
      expect(await getRefunds(order)).toMatchObject([{ kind: 'AUTOMATIC', status: 'SUCCEEDED' }]);
      expect(await fixture.alice.getOrder(order)).toMatchObject({ status: 'CLOSED', refundStatus: 'FULL' });
    });
  });
});
