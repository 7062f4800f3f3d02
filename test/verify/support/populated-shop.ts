import { expect } from '@jest/globals';
import { Bill } from '../../../src/bill/bill.entity.js';
import { addDays, beijingDateOf, startOfBeijingDate } from '../../../src/common/time/beijing-days.js';
import { Clock } from '../../../src/common/time/clock.js';
import { Event } from '../../../src/event/event.entity.js';
import { BillReconciliationJob } from '../../../src/reconciliation/bill-reconciliation.job.js';
import { Refund } from '../../../src/refund/refund.entity.js';
import { ApiKeyClient } from '../../support/clients/api-key-client.js';
import { grantCoupon, createOrderWithCoupon } from '../../support/fixtures/coupons.js';
import type { OrderJson, PayJson, RefundJson } from '../../support/clients/test-buyer.js';
import { eventually } from '../../support/eventually.js';
import { PRICE_FEN, RefundFixture } from '../../support/fixtures/refund-fixture.js';

/** Closes a payment attempt only in our database, as after a wrong response of WeChat, although WeChat has it. */
async function closeAttemptLocally(fixture: RefundFixture, { outTradeNo }: PayJson): Promise<void> {
  await fixture.shop.rawUpdate(
    `UPDATE payments SET status = 'CLOSED', closed_at = created_at, next_check_at = NULL WHERE out_trade_no = '${outTradeNo}'`,
    `INSERT INTO order_events (at, order_no, out_trade_no, type, result)
     SELECT created_at, order_no, out_trade_no, 'QUERY', 'CLOSED' FROM payments WHERE out_trade_no = '${outTradeNo}'`,
  );
}

async function closeOrderLocally(fixture: RefundFixture, { orderNo }: OrderJson): Promise<void> {
  await fixture.shop.rawUpdate(
    `UPDATE orders SET status = 'CLOSED', close_reason = 'EXPIRED', closed_at = created_at, next_check_at = NULL WHERE order_no = '${orderNo}'`,
    `UPDATE products SET stock = stock + 1 WHERE product_id = '${fixture.tea}'`,
    `INSERT INTO stock_movements (product_id, order_no, kind, pieces, created_at)
     SELECT '${fixture.tea}', order_no, 'RELEASED', 1, created_at FROM orders WHERE order_no = '${orderNo}'`,
    `INSERT INTO order_events (at, order_no, type, result)
     SELECT created_at, order_no, 'ORDER_CLOSED', 'EXPIRED' FROM orders WHERE order_no = '${orderNo}'`,
    `UPDATE orders SET version = version + 1 WHERE order_no = '${orderNo}'`,
    `INSERT INTO events (event_id, type, subject, data, created_at)
     SELECT CONCAT('evt_c_', o.order_no), 'order.closed', o.order_no, JSON_SET(e.data, '$.version', o.version), o.created_at
     FROM orders o JOIN events e ON e.subject = o.order_no WHERE o.order_no = '${orderNo}' ORDER BY e.id DESC LIMIT 1`,
  );
}

/** A shop with orders, payments, refunds and coupons in every state, without violations. */
export class PopulatedShop {
  private constructor(
    readonly fixture: RefundFixture,
    /** Paid, without a refund. */
    readonly sold: OrderJson,
    /** Payment started, not paid. */
    readonly pending: OrderJson,
    readonly cancelled: OrderJson,
    /** Paid after the close and refunded, because the stock was gone. */
    readonly late: OrderJson,
    /** Paid after the close and reopened. */
    readonly reopened: OrderJson,
    /** Paid twice; the payment that was received first is kept. */
    readonly paidTwice: OrderJson,
    readonly overpayment: string,
    /** A payment order of the merchant's own system, not paid. */
    readonly external: { orderNo: string },
    /** The day of a reconciled bill with a payment, a refund and an open difference. */
    readonly billDate: string,
    readonly refunds: Record<
      'full' | 'partial' | 'undecided' | 'rejected' | 'withdrawn' | 'failed' | 'inProgress',
      RefundJson
    >,
    /** Orders with a coupon, by the state of the coupon; and an unused coupon. */
    readonly coupons: Record<'used' | 'returned' | 'released' | 'reserved', OrderJson> & { free: string },
  ) {}

  static async open(): Promise<PopulatedShop> {
    const environment = { LATE_PAYMENT_POLICY: 'deliver', REFUND_QUERY_BACKOFF_SECONDS: '30,86400' };
    const fixture = await RefundFixture.open({ environment });
    await fixture.boss.call('PATCH', `products/${fixture.tea}`, { stock: 40 });
    const billDate = await createReconciledDay(fixture);
    await createUnreachableEndpoint(fixture);
    const late = await createOrderPaidAfterClose(fixture, 'the goods are gone');
    const reopened = await createOrderPaidAfterClose(fixture, 'the goods are there');
    const { paidTwice, overpayment } = await createOrderPaidTwice(fixture);
    const cancelled = await createCancelledOrder(fixture);
    const refunds = await createRefundsInEveryState(fixture);
    const sold = await fixture.createPaidOrder();
    const expired = await fixture.alice.createOrder({ productId: fixture.tea, quantity: 2 });
    await fixture.alice.startPayment(expired);
    await fixture.runJobsAfter({ hours: 1 });
    const failed = await createRefusedRefund(fixture, 'USER_ACCOUNT_ABNORMAL');
    await createRefusedRefund(fixture, 'NOAUTH'); // needs staff
    await createRefundAtWechat(fixture);
    const coupons = await createCouponsInEveryState(fixture);
    const external = await createPaymentOrder(fixture);
    await createShipment(fixture, sold);
    const pending = await fixture.alice.createOrder(
      { productId: fixture.tea },
      { productId: await fixture.shop.createProduct() },
    );
    await fixture.alice.startPayment(pending);
    await fixture.shop.wechat.setBehaviours({ refundEnds: 'PROCESSING' }); // otherwise its notice would arrive during a test
    const inProgress = await fixture.createApprovedRefund(await fixture.createPaidOrder(), 1000);
    await eventually(() => expectEventsInSequence(fixture)); // the delivery job works on after the last call
    const allRefunds = { ...refunds, failed, inProgress };
    const others = [sold, pending, cancelled, late, reopened, paidTwice, overpayment, external, billDate] as const;
    return new PopulatedShop(fixture, ...others, allRefunds, coupons);
  }

  /** The shop's time, which the simulator has advanced. */
  get now(): Date {
    return this.fixture.shop.firstInstance.app.get(Clock).now();
  }

  get environment(): Record<string, string> {
    return this.fixture.shop.environment;
  }
}

/** Another system of the merchant has a payment on the bill. Leaves the clock at eleven o'clock in Beijing. */
async function createReconciledDay(fixture: RefundFixture): Promise<string> {
  const { wechat, firstInstance } = fixture.shop;
  const date = addDays(beijingDateOf(wechat.now()), 1);
  const hourOf = (day: string, hour: number): string =>
    new Date(startOfBeijingDate(day).getTime() + hour * 3600_000).toISOString();
  await wechat.advanceUntil(hourOf(date, 12));
  await fixture.createPaidOrder();
  const order = await fixture.createPaidOrder();
  await fixture.boss.call('POST', `orders/${order.orderNo}/refunds`, { amountFen: 1000, reason: 'returned' });
  await wechat.control('POST', 'orders', { out_trade_no: 'OTHER-SYSTEM', total_fee: 700 });
  await wechat.control('POST', 'orders/OTHER-SYSTEM/pay', {});
  await fixture.runJobsAfter({ minutes: 5 });
  await wechat.advanceUntil(hourOf(addDays(date, 1), 11));
  await fixture.shop.runJobs();
  await firstInstance.app.get(BillReconciliationJob).run();
  const bill = (await firstInstance.findAll(Bill)).find((each) => each.date === date);
  if (bill?.openDifferences !== 1) throw new Error(`The bill was not reconciled: ${JSON.stringify(bill)}`);
  return date;
}

async function expectEventsInSequence({ shop }: RefundFixture): Promise<void> {
  const positions = (await shop.firstInstance.findAll(Event)).map(({ position }) => position);
  expect(positions).not.toContain(null);
}

async function createOrderPaidAfterClose(fixture: RefundFixture, goods: 'the goods are gone' | 'the goods are there') {
  const order = await fixture.alice.createOrder({ productId: fixture.tea });
  const pay = await fixture.alice.pay(order, { notify: 'lost' });
  await closeAttemptLocally(fixture, pay);
  await closeOrderLocally(fixture, order);
  const stock = await fixture.shop.getStock(fixture.tea);
  const set = (pieces: number) => fixture.boss.call('PATCH', `products/${fixture.tea}`, { stock: pieces });
  if (goods === 'the goods are gone') await set(0);
  await fixture.shop.wechat.sendPaymentNotice(pay.outTradeNo);
  await fixture.runJobsAfter({ minutes: 1 });
  await set(stock);
  await fixture.runJobsAfter({ minutes: 10 });
  return order;
}

async function createOrderPaidTwice(fixture: RefundFixture): Promise<{ paidTwice: OrderJson; overpayment: string }> {
  const paidTwice = await fixture.alice.createOrder({ productId: fixture.tea });
  const first = await fixture.alice.pay(paidTwice, { notify: 'lost' });
  await closeAttemptLocally(fixture, first);
  const second = await fixture.alice.startPayment(paidTwice, 'NATIVE');
  await fixture.alice.confirmPayment(second, { notify: 'lost' });
  for (const { outTradeNo } of [second, first]) await fixture.shop.wechat.sendPaymentNotice(outTradeNo);
  for (let round = 0; round < 3; round++) await fixture.runJobsAfter({ minutes: 5 });
  return { paidTwice, overpayment: first.outTradeNo };
}

/** Another one, with a line, is closed. */
async function createPaymentOrder({ shop, boss }: RefundFixture): Promise<{ orderNo: string }> {
  const backend = await ApiKeyClient.create(shop, boss, { scopes: ['payments:write'] });
  const body = { merchantOrderNo: 'M-1', amountFen: PRICE_FEN };
  const order = (await backend.call<{ orderNo: string }>('POST', 'payment-orders', body)).body;
  const lines = [{ name: '报名费', unitFen: PRICE_FEN, quantity: 2 }];
  const closed = await backend.call<{ orderNo: string }>('POST', 'payment-orders', { merchantOrderNo: 'M-2', lines });
  await backend.call('POST', `payment-orders/${closed.body.orderNo}/close`);
  return order;
}

/** Its deliveries wait for their next attempts. Nothing listens on port 9. */
async function createUnreachableEndpoint({ shop, boss }: RefundFixture): Promise<void> {
  const program = await ApiKeyClient.create(shop, boss, { scopes: ['events:manage'] });
  const { status } = await program.call('POST', 'event-endpoints', { url: 'http://127.0.0.1:9/events' });
  if (status !== 201) throw new Error(`The event endpoint was not created: ${status}`);
}

async function createShipment({ boss }: RefundFixture, { orderNo }: OrderJson): Promise<void> {
  await boss.call('POST', `orders/${orderNo}/shipments`, {
    kind: 'EXPRESS',
    carrier: 'ZTO',
    trackingNo: 'ZT0000000001',
  });
}

async function createCancelledOrder(fixture: RefundFixture): Promise<OrderJson> {
  const order = await fixture.alice.createOrder({ productId: fixture.tea });
  await fixture.alice.startPayment(order);
  await fixture.shop.wechat.advanceTime({ minutes: 6 }); // WeChat ignores an earlier close
  const { body } = await fixture.alice.cancelOrder(order);
  return body;
}

async function createRefundsInEveryState(fixture: RefundFixture) {
  const full = await fixture.createApprovedRefund(await fixture.createPaidOrder());
  const order = await fixture.createPaidOrder();
  const rejected = await fixture.alice.requestRefund(order, { amountFen: 100 });
  await fixture.rejectRefund(rejected);
  const withdrawn = await fixture.alice.requestRefund(order, { amountFen: 200 });
  await fixture.alice.call('POST', `refunds/${withdrawn.refundNo}/cancel`);
  const partial = await fixture.createApprovedRefund(order, PRICE_FEN / 4);
  const undecided = await fixture.alice.requestRefund(order, { amountFen: 300 });
  await fixture.boss.call('POST', `orders/${order.orderNo}/refunds`, { amountFen: 400, reason: '补偿' });
  return { full, partial, undecided, rejected, withdrawn };
}

async function createRefusedRefund(fixture: RefundFixture, errCode: string): Promise<RefundJson> {
  const order = await fixture.createPaidOrder();
  await fixture.shop.wechat.failNext({ endpoint: 'refund', kind: 'err_code', errCode });
  const refund = await fixture.createApprovedRefund(order);
  await fixture.shop.wechat.clearFaults();
  return refund;
}

/** A refund made in WeChat's merchant platform with a foreign number, received by its notice. */
async function createRefundAtWechat(fixture: RefundFixture): Promise<void> {
  const { orderNo } = await fixture.createPaidOrder();
  const refund = {
    refundFen: 4000,
    out_refund_no: 'BYHAND0001',
    notify_url: `${fixture.shop.environment['PUBLIC_BASE_URL'] ?? ''}/wechat/notify/refund`,
  };
  await fixture.shop.wechat.control('POST', `orders/${orderNo}-1/vendor-refund`, refund);
  await fixture.runJobsAfter({ minutes: 1 });
  await eventually(async () => {
    const adopted = (await fixture.shop.firstInstance.findAll(Refund)).find(
      ({ refundNo }) => refundNo === 'BYHAND0001',
    );
    if (adopted?.status !== 'SUCCEEDED') throw new Error('The refund made at WeChat was not imported');
  });
}

async function createCouponsInEveryState(fixture: RefundFixture): Promise<PopulatedShop['coupons']> {
  const pen = await fixture.shop.createProduct({ priceFen: 333, stock: 40 });
  const orders = async (): Promise<OrderJson> => {
    const coupon = await grantCoupon(fixture.boss, fixture.alice, { discountFen: 1000 });
    return createOrderWithCoupon(fixture.alice, coupon, { productId: fixture.tea }, { productId: pen, quantity: 3 });
  };
  const sells = async (): Promise<OrderJson> => {
    const order = await orders();
    await fixture.alice.pay(order);
    await fixture.alice.syncOrder(order);
    return order;
  };
  const used = await sells();
  await fixture.createApprovedRefund(used, 100);
  const returned = await sells();
  await fixture.createApprovedRefund(returned);
  const released = await orders();
  await fixture.alice.startPayment(released);
  await fixture.runJobsAfter({ minutes: 30 });
  await fixture.runJobsAfter({ minutes: 30 });
  const { id: free } = await grantCoupon(fixture.boss, fixture.alice);
  return { used, returned, released, reserved: await orders(), free };
}
