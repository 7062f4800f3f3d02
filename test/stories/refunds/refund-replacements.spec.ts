import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Refund } from '../../../src/refund/refund.entity.js';
import { ApiKeyClient } from '../../support/clients/api-key-client.js';
import type { OrderJson } from '../../support/clients/test-buyer.js';
import {
  type AdminRefundJson,
  INITIAL_STOCK,
  PRICE_FEN,
  RefundFixture,
} from '../../support/fixtures/refund-fixture.js';

describe('refund: failed refunds and the refunds that replace them', () => {
  let fixture: RefundFixture;

  beforeAll(async () => {
    fixture = await RefundFixture.open();
  });
  afterAll(() => fixture.shop.close());
  beforeEach(async () => {
    fixture = await fixture.resetForNextTest();
  });

  const failNextRefund = (outTradeNo: string): Promise<unknown> =>
    fixture.shop.wechat.failNext({
      endpoint: 'refund',
      kind: 'err_code',
      errCode: 'USER_ACCOUNT_ABNORMAL',
      out_trade_no: outTradeNo,
    });

  const listUnresolved = async ({ orderNo }: OrderJson): Promise<string[]> => {
    const query = `refunds?status=FAILED&unresolved=true&orderNo=${orderNo}`;
    const { body } = await fixture.boss.call<{ items: AdminRefundJson[] }>('GET', query);
    return body.items.map(({ refundNo }) => refundNo);
  };

  it('a failed partial refund stays in the list although another part, requested before it failed, is refunded', async () => {
    const order = await fixture.createPaidOrder();
    const first = await fixture.alice.requestRefund(order, { amountFen: 3_000 });
    const second = await fixture.alice.requestRefund(order, { amountFen: 4_000 });
    const [payment] = await fixture.shop.getPayments(order.orderNo);
    await failNextRefund(payment?.outTradeNo ?? '');
    expect((await fixture.approveRefund(first)).body).toMatchObject({ status: 'FAILED' });
    await fixture.approveRefund(second);
    for (let round = 0; round < 2; round++) await fixture.runJobsAfter({ minutes: 5 });
    expect(await fixture.getAdminRefund(second)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await listUnresolved(order)).toEqual([first.refundNo]);

    const replacement = { amountFen: 3_000, reason: '重新退款' };
    expect((await fixture.boss.call('POST', `orders/${order.orderNo}/refunds`, replacement)).status).toBe(201);
    expect(await listUnresolved(order)).toEqual([]);
  });

  describe('an order with a duplicate payment whose automatic refund has failed', () => {
    let order: OrderJson;
    let own: string;
    let duplicate: string;

    /** The first payment is closed here although WeChat has it paid, and the second pays the order. */
    beforeEach(async () => {
      const { alice, shop } = fixture;
      order = await alice.createOrder({ productId: fixture.tea });
      duplicate = (await alice.pay(order, { notify: 'lost' })).outTradeNo;
      await shop.rawUpdate(
        `UPDATE payments SET status = 'CLOSED', next_check_at = NULL WHERE out_trade_no = '${duplicate}'`,
      );
      const second = await alice.startPayment(order, 'NATIVE');
      own = second.outTradeNo;
      await alice.confirmPayment(second, { notify: 'lost' });
      for (const outTradeNo of [own, duplicate]) await shop.wechat.sendPaymentNotice(outTradeNo);
      await failNextRefund(duplicate);
      await fixture.runJobsAfter({ minutes: 1 });
      expect(await getRefunds()).toMatchObject([
        { kind: 'AUTOMATIC', status: 'FAILED', outTradeNo: duplicate, isOverpayment: true },
      ]);
    });

    const getRefunds = async (): Promise<Refund[]> =>
      (await fixture.shop.firstInstance.findAll(Refund)).filter(({ orderNo }) => orderNo === order.orderNo);
    const refund = (body: object = {}) =>
      fixture.boss.call<AdminRefundJson & { outTradeNo: string }>('POST', `orders/${order.orderNo}/refunds`, {
        amountFen: PRICE_FEN,
        reason: '重复支付',
        ...body,
      });
    const settle = async (): Promise<void> => {
      for (let round = 0; round < 3; round++) await fixture.runJobsAfter({ minutes: 30 });
    };
    const refundableFen = async (): Promise<Record<string, number>> => {
      type Json = { payments: { outTradeNo: string; refundableFen: number }[] };
      const { body } = await fixture.boss.call<Json>('GET', `orders/${order.orderNo}`);
      return Object.fromEntries(body.payments.map((payment) => [payment.outTradeNo, payment.refundableFen]));
    };

    it('a refund by staff belongs to the duplicate payment, and the next one to the order', async () => {
      expect(await refundableFen()).toEqual({ [own]: PRICE_FEN, [duplicate]: PRICE_FEN });
      expect(await refund()).toMatchObject({ status: 201, body: { outTradeNo: duplicate } });
      await settle();
      expect(await refundableFen()).toEqual({ [own]: PRICE_FEN, [duplicate]: 0 });
      expect(await fixture.alice.getOrder(order)).toMatchObject({ refundStatus: 'NONE', refundedFen: 0 });
      expect(await fixture.shop.getStock(fixture.tea)).toBe(INITIAL_STOCK - 1);
      expect(await listUnresolved(order)).toEqual([]);

      expect(await refund()).toMatchObject({ status: 201, body: { outTradeNo: own } });
      await settle();
      expect(await fixture.alice.getOrder(order)).toMatchObject({ refundStatus: 'FULL', refundedFen: PRICE_FEN });
      expect(await fixture.shop.getStock(fixture.tea)).toBe(INITIAL_STOCK);
      const money = { paidFen: 2 * PRICE_FEN, refundedFen: 2 * PRICE_FEN, refunds: 2 };
      expect(await fixture.getLedger(order)).toEqual(money);
    });

    it('a refund that names returns belongs to the order, and the failed refund stays in the list', async () => {
      expect(await refund({ returnStock: true })).toMatchObject({ status: 201, body: { outTradeNo: own } });
      await settle();
      expect(await fixture.alice.getOrder(order)).toMatchObject({ refundStatus: 'FULL' });
      expect(await listUnresolved(order)).toHaveLength(1);
    });

    it('outTradeNo selects the payment, for staff and for programs', async () => {
      const rejection = { code: 'VALIDATION_FAILED', errors: [{ field: 'outTradeNo' }] };
      expect(await refund({ outTradeNo: 'UNKNOWN' })).toMatchObject({ status: 400, body: rejection });
      expect(await refund({ outTradeNo: own, amountFen: 100 })).toMatchObject({ body: { outTradeNo: own } });
      const tooMuch = await refund({ outTradeNo: own, amountFen: PRICE_FEN });
      expect(tooMuch.body).toMatchObject({ code: 'REFUND_EXCEEDS_PAYMENT' });
      const program = await ApiKeyClient.create(fixture.shop, fixture.boss, { scopes: ['refunds:write'] });
      const body = { amountFen: 300, reason: '重复支付', outTradeNo: own };
      const options = { idempotencyKey: 'selected-payment' };
      const path = `orders/${order.orderNo}/refunds`;
      expect(await program.call('POST', path, body, options)).toMatchObject({ status: 201 });
      const other = { ...body, outTradeNo: duplicate };
      const reused = await program.call('POST', path, other, options);
      expect(reused.body).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
      const sums = (await getRefunds()).map(({ outTradeNo, amountFen }) => [outTradeNo, amountFen]);
      expect(sums).toEqual([
        [duplicate, PRICE_FEN],
        [own, 100],
        [own, 300],
      ]);
    });

    it('a payment that had 50 refunds is skipped', async () => {
      await fixture.shop.rawUpdate(
        `UPDATE payments SET refund_count = 50 WHERE out_trade_no = '${own}'`,
        `UPDATE payments SET refund_due_fen = 0 WHERE out_trade_no = '${duplicate}'`,
      );
      expect(await refundableFen()).toEqual({ [own]: 0, [duplicate]: PRICE_FEN });
      expect(await refund()).toMatchObject({ status: 201, body: { outTradeNo: duplicate } });
    });
  });
});
