import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Event } from '../../../src/event/event.entity.js';
import { Refund } from '../../../src/refund/refund.entity.js';
import {
  AMOUNT_FEN,
  PaymentOrderFixture,
  type PaymentOrderJson,
  type PayOrderJson,
} from '../../support/fixtures/payment-order-fixture.js';
import { findViolations } from '../../verify/support/find-violations.js';

const DAY_HOURS = 24;

describe('payment orders of the merchant’s own system', () => {
  let fixture: PaymentOrderFixture;
  beforeAll(async () => {
    fixture = await PaymentOrderFixture.open({ instances: 2 });
  });
  afterAll(async () => {
    expect(await findViolations(fixture.shop)).toEqual([]);
    await fixture.shop.close();
  });

  const eventTypesOf = async ({ orderNo }: PaymentOrderJson): Promise<string[]> =>
    (await fixture.shop.firstInstance.findAll(Event))
      .filter(({ subject }) => subject === orderNo)
      .toSorted((one, another) => one.id - another.id)
      .map(({ type }) => type);
  const refundsOf = async ({ orderNo }: PaymentOrderJson): Promise<Refund[]> =>
    (await fixture.shop.firstInstance.findAll(Refund)).filter((refund) => refund.orderNo === orderNo);
  /** Pays, and WeChat sends the notice. */
  const payAndNotify = async (pay: PayOrderJson): Promise<void> => {
    await fixture.confirmPayment(pay, { notify: 'lost' });
    await fixture.shop.wechat.sendPaymentNotice(pay.outTradeNo);
  };
  /** Marks an attempt as closed here although WeChat has it open, as after a wrong answer. */
  const closeAttemptHere = (outTradeNo: string): Promise<void> =>
    fixture.shop.rawUpdate(
      `UPDATE payments SET status = 'CLOSED', closed_at = created_at, next_check_at = NULL WHERE out_trade_no = '${outTradeNo}'`,
      `INSERT INTO order_events (at, type, result, order_no, out_trade_no)
        SELECT created_at, 'CLOSE', 'CLOSED_LOCALLY', order_no, out_trade_no FROM payments WHERE out_trade_no = '${outTradeNo}'`,
    );

  it('a sale: the notice makes the order PAID, and a refund returns the money', async () => {
    const order = await fixture.create();
    const pay = await fixture.startPayment(order);
    await payAndNotify(pay);
    const paid = await fixture.get(order);
    expect(paid).toMatchObject({ status: 'PAID', paidFen: AMOUNT_FEN, version: 2, transactionId: expect.any(String) });
    await fixture.tryRefund(order, { amountFen: AMOUNT_FEN });
    await fixture.runJobsAfter({ minutes: 10 });
    expect(await fixture.get(order)).toMatchObject({ status: 'PAID', refundStatus: 'FULL', refundedFen: AMOUNT_FEN });
    expect(await eventTypesOf(order)).toEqual([
      ...['order.created', 'order.paid', 'order.updated', 'refund.processing', 'refund.updated'],
      ...['order.updated', 'refund.succeeded'],
    ]);
  });

  it.each([
    { what: 'without lines', body: {} },
    { what: 'with lines', body: { lines: ['Tea', 'Cup', 'Pot'].map((name) => ({ name, unitFen: 500, quantity: 1 })) } },
  ])('the event of a payment shows an order $what as the API shows it', async ({ body }) => {
    const order = await fixture.create(body);
    await payAndNotify(await fixture.startPayment(order));
    const events = await fixture.shop.firstInstance.findAll(Event);
    const paid = events.find(({ subject, type }) => subject === order.orderNo && type === 'order.paid');
    const shown = JSON.parse(JSON.stringify(await fixture.get(order))) as PaymentOrderJson;
    expect(JSON.parse(paid?.data ?? 'null')).toEqual({ object: 'order', ...shown });
    expect(shown.lines).toEqual('lines' in body ? body.lines : []);
  });

  it('a lost notice is found by the query of the job, also after days', async () => {
    const order = await fixture.create({ expiresInSeconds: 604_800 });
    const pay = await fixture.startPayment(order);
    await fixture.runJobsAfter({ hours: 5 * DAY_HOURS });
    expect(await fixture.get(order)).toMatchObject({ status: 'PENDING' });
    // The prepay_id has expired: the same attempt gets new parameters.
    const again = await fixture.startPayment(order);
    expect(again.outTradeNo).toBe(pay.outTradeNo);
    await fixture.confirmPayment(again, { notify: 'lost' });
    await fixture.runJobsAfter({ hours: 2 });
    expect(await fixture.get(order)).toMatchObject({ status: 'PAID' });
  });

  it('an unpaid order expires, and nothing can be paid any more', async () => {
    const order = await fixture.create({ expiresInSeconds: 604_800 });
    await fixture.startPayment(order);
    const closed = await fixture.expire(order);
    expect(closed).toMatchObject({ status: 'CLOSED', closeReason: 'EXPIRED', version: 2 });
    expect(await eventTypesOf(order)).toEqual(['order.created', 'order.closed']);
    expect(await fixture.call(order, 'pay', { tradeType: 'JSAPI' })).toMatchObject({ status: 409 });
  });

  it.each(['refund', 'deliver'])('a late payment follows the policy of the order: %s', async (latePayment) => {
    const order = await fixture.create({ latePayment });
    const pay = await fixture.startPayment(order);
    await fixture.confirmPayment(pay, { notify: 'lost' });
    await closeAttemptHere(pay.outTradeNo);
    expect(await fixture.expire(order)).toMatchObject({ status: 'CLOSED' });
    await fixture.shop.wechat.sendPaymentNotice(pay.outTradeNo);
    expect(await fixture.call(order, 'reopen', {})).toMatchObject({
      status: 409,
      body: { code: 'ORDER_NOT_REOPENABLE' },
    });
    for (let round = 0; round < 3; round++) await fixture.runJobsAfter({ minutes: 30 });
    const isRefunded = latePayment === 'refund';
    expect(await fixture.get(order)).toMatchObject(
      isRefunded
        ? { status: 'CLOSED', refundStatus: 'FULL', refundedFen: AMOUNT_FEN }
        : { status: 'PAID', refundStatus: 'NONE', paidFen: AMOUNT_FEN },
    );
    expect(await refundsOf(order)).toMatchObject(isRefunded ? [{ kind: 'AUTOMATIC', status: 'SUCCEEDED' }] : []);
    expect(await eventTypesOf(order)).toContain('order.late_payment');
    expect(await fixture.call(order, 'reopen', {})).toMatchObject({ status: 409 });
  });

  it('a second payment of one order is refunded', async () => {
    const order = await fixture.create();
    const first = await fixture.startPayment(order);
    await closeAttemptHere(first.outTradeNo);
    const second = await fixture.startPayment(order, { tradeType: 'NATIVE' });
    await payAndNotify(second);
    await payAndNotify(first);
    for (let round = 0; round < 3; round++) await fixture.runJobsAfter({ minutes: 30 });
    expect(await refundsOf(order)).toMatchObject([{ outTradeNo: first.outTradeNo, isOverpayment: true, userId: null }]);
    expect(await fixture.get(order)).toMatchObject({ status: 'PAID', refundStatus: 'NONE', paidFen: AMOUNT_FEN });
  });

  it('an expired order is reopened, and its next payment is a new attempt', async () => {
    const order = await fixture.create();
    const old = await fixture.startPayment(order);
    await fixture.expire(order);
    await fixture.shop.wechat.advanceTime({ hours: 60 * DAY_HOURS });
    const { status, body } = await fixture.call(order, 'reopen', { expiresInSeconds: 3600 });
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { status: 'PENDING', closeReason: null, closedAt: null, version: 3 },
    });
    expect(new Date(body.expiresAt).getTime() - fixture.shop.wechat.now().getTime()).toBeGreaterThan(3_500_000);
    expect(await fixture.call(order, 'reopen', {})).toMatchObject({ status: 409 });
    const pay = await fixture.startPayment(order);
    expect(pay.outTradeNo).not.toBe(old.outTradeNo);
    await payAndNotify(pay);
    expect(await fixture.get(order)).toMatchObject({ status: 'PAID', paidFen: AMOUNT_FEN });
    expect(await eventTypesOf(order)).toEqual(['order.created', 'order.closed', 'order.updated', 'order.paid']);
  });

  it('a reopened order expires again and can be reopened again', async () => {
    const order = await fixture.create();
    await fixture.expire(order);
    const reopened = (await fixture.call(order, 'reopen', { expiresInSeconds: 60 })).body;
    expect(await fixture.expire(reopened)).toMatchObject({ status: 'CLOSED', closeReason: 'EXPIRED' });
    expect(await fixture.call(order, 'reopen', {})).toMatchObject({ status: 200, body: { status: 'PENDING' } });
  });

  it('concurrent reopenings on two instances reopen the order once', async () => {
    const order = await fixture.create();
    await fixture.expire(order);
    const replies = await Promise.all([0, 1, 0, 1].map((at) => fixture.call(order, 'reopen', {}, at)));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    expect(await fixture.get(order)).toMatchObject({ status: 'PENDING', version: 3 });
  });

  it('a payment of an old attempt pays the reopened order, and a second payment is refunded', async () => {
    const order = await fixture.create();
    const old = await fixture.startPayment(order);
    await fixture.confirmPayment(old, { notify: 'lost' });
    await closeAttemptHere(old.outTradeNo);
    await fixture.expire(order);
    await fixture.call(order, 'reopen', {});
    const current = await fixture.startPayment(order, { tradeType: 'NATIVE' });
    await fixture.shop.wechat.sendPaymentNotice(old.outTradeNo);
    expect(await fixture.get(order)).toMatchObject({ status: 'PAID', paidFen: AMOUNT_FEN });
    await payAndNotify(current);
    for (let round = 0; round < 3; round++) await fixture.runJobsAfter({ minutes: 30 });
    expect(await fixture.get(order)).toMatchObject({ status: 'PAID', refundStatus: 'NONE', paidFen: AMOUNT_FEN });
    expect(await refundsOf(order)).toMatchObject([
      { outTradeNo: current.outTradeNo, status: 'SUCCEEDED', amountFen: AMOUNT_FEN, isOverpayment: true },
    ]);
  });

  it('a reopening and a late payment at the same time lose no money', async () => {
    for (let round = 0; round < 8; round++) {
      const order = await fixture.create();
      const pay = await fixture.startPayment(order);
      await fixture.confirmPayment(pay, { notify: 'lost' });
      await closeAttemptHere(pay.outTradeNo);
      await fixture.expire(order);
      const [reopening] = await Promise.all([
        fixture.call(order, 'reopen', {}, round % 2),
        fixture.shop.wechat.sendPaymentNotice(pay.outTradeNo),
      ]);
      for (let time = 0; time < 3; time++) await fixture.runJobsAfter({ minutes: 30 });
      const after = await fixture.get(order);
      if (reopening.status === 200) expect(after).toMatchObject({ status: 'PAID', paidFen: AMOUNT_FEN });
      else expect(after).toMatchObject({ status: 'CLOSED', refundStatus: 'FULL', refundedFen: AMOUNT_FEN });
    }
  });
});
