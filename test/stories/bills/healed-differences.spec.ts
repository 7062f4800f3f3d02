import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Refund } from '../../../src/refund/refund.entity.js';
import { BillFixture, PRICE_FEN } from '../../support/fixtures/bill-fixture.js';

describe('bills: what WeChat can explain is resolved by itself', () => {
  let fixture: BillFixture;
  let date: string;

  beforeEach(async () => {
    fixture = await BillFixture.open();
    ({ date } = fixture);
  });
  afterEach(() => fixture.shop.close());

  it('a payment whose notice was lost is queried, its order is paid, and the difference is RESOLVED', async () => {
    const { order, outTradeNo } = await fixture.createUnknownPayment();
    await fixture.moveToMorningAfter(date);
    await fixture.runBillJob();
    expect(await fixture.listDifferences(date)).toMatchObject([
      {
        kind: 'MISSING_HERE',
        outTradeNo,
        orderNo: order.orderNo,
        theirsFen: PRICE_FEN,
        status: 'RESOLVED',
        resolution: 'PAYMENT_APPLIED',
      },
    ]);
    expect(await fixture.alice.getOrder(order)).toMatchObject({ status: 'PAID', paidFen: PRICE_FEN });
    expect(await fixture.getBill(date)).toMatchObject({
      status: 'BALANCED',
      openDifferences: 0,
      bridge: { oursFen: 0, lines: [{ kind: 'MISSING_HERE', count: 1, fen: PRICE_FEN }], theirsFen: PRICE_FEN },
    });
    // Compared again, both sides have it. What was resolved stays listed.
    await fixture.reconcile(date);
    expect(await fixture.getBill(date)).toMatchObject({ bridge: { oursFen: PRICE_FEN, lines: [] } });
    expect(await fixture.listDifferences(date)).toMatchObject([{ status: 'RESOLVED' }]);
  });

  it('a payment of an order that is closed here is recorded as late, and refunded', async () => {
    const { order, outTradeNo } = await fixture.createUnknownPayment();
    await fixture.shop.rawUpdate(
      `UPDATE orders SET status = 'CLOSED', close_reason = 'EXPIRED' WHERE order_no = '${order.orderNo}'`,
      `UPDATE payments SET status = 'CLOSED', next_check_at = NULL WHERE out_trade_no = '${outTradeNo}'`,
    );
    await fixture.moveToMorningAfter(date);
    await fixture.runBillJob();
    expect(await fixture.listDifferences(date)).toMatchObject([{ status: 'RESOLVED', resolution: 'PAYMENT_LATE' }]);
    await fixture.shop.runJobs();
    await fixture.shop.runJobs();
    const refunds = await fixture.shop.firstInstance.findAll(Refund);
    expect(refunds).toMatchObject([{ kind: 'AUTOMATIC', amountFen: PRICE_FEN, outTradeNo }]);
  });

  it('a refund of the merchant platform whose notice was lost is imported', async () => {
    const { order, outTradeNo } = await fixture.createPaidOrder();
    const made = await fixture.shop.wechat.control('POST', `orders/${outTradeNo}/vendor-refund`, {
      refundFen: 3000,
      notify_url: 'http://127.0.0.1:9/lost',
    });
    expect(made.status).toBe(201);
    const { out_refund_no: outRefundNo } = made.body as { out_refund_no: string };
    await fixture.moveToMorningAfter(date);
    expect(await fixture.alice.getOrder(order)).toMatchObject({ refundedFen: 0 });
    await fixture.runBillJob();
    expect(await fixture.listDifferences(date)).toMatchObject([
      {
        kind: 'MISSING_HERE',
        outTradeNo,
        outRefundNo,
        status: 'RESOLVED',
        resolution: 'REFUND_IMPORTED',
        theirsFen: 3000,
      },
    ]);
    expect(await fixture.alice.getOrder(order)).toMatchObject({ refundedFen: 3000, refundStatus: 'PARTIAL' });
  });

  it('a payment stays OPEN while WeChat gives no usable answer, and is queried again later', async () => {
    const { order } = await fixture.createUnknownPayment();
    await fixture.moveToMorningAfter(date);
    await fixture.shop.wechat.failNext({ endpoint: 'orderquery', kind: 'SYSTEMERROR', times: 1 });
    await fixture.runBillJob();
    expect(await fixture.getBill(date)).toMatchObject({ status: 'DIFFERENCES', openDifferences: 1 });
    expect(await fixture.listDifferences(date)).toMatchObject([{ kind: 'MISSING_HERE', status: 'OPEN' }]);
    await fixture.runBillJob();
    expect(await fixture.alice.getOrder(order)).toMatchObject({ status: 'PENDING' }); // not due yet
    await fixture.shop.wechat.advanceTime({ minutes: 61 });
    await fixture.runBillJob();
    expect(await fixture.alice.getOrder(order)).toMatchObject({ status: 'PAID' });
    expect(await fixture.getBill(date)).toMatchObject({ status: 'BALANCED', openDifferences: 0 });
  });

  it('a refund whose call had no answer, and that WeChat then closed, fits its line', async () => {
    const { order } = await fixture.createPaidOrder();
    await fixture.shop.wechat.setBehaviours({ refundEnds: 'REFUNDCLOSE' });
    await fixture.shop.wechat.failNext({ endpoint: 'refund', kind: 'http500', when: 'after' });
    const refundNo = await fixture.refund(order, 4000);
    await fixture.shop.wechat.advanceTime({ minutes: 10 });
    await fixture.shop.runJobs();
    const [refund] = await fixture.shop.firstInstance.findAll(Refund);
    expect(refund).toMatchObject({ refundNo, status: 'FAILED', acceptedAt: null, wechatRefundId: expect.any(String) });
    await fixture.moveToMorningAfter(date);
    await fixture.runBillJob();
    expect(await fixture.listDifferences(date)).toEqual([]);
    expect(await fixture.getBill(date)).toMatchObject({ status: 'BALANCED', refunds: { count: 1, fen: 4000 } });
  });
});
