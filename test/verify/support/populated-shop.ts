import { Clock } from '../../../src/common/clock.js';
import { Refund } from '../../../src/refund/refund.entity.js';
import { grantCoupon, createOrderWithCoupon } from '../../support/coupons.js';
import type { OrderJson, PayJson, RefundJson } from '../../support/test-buyer.js';
import { eventually } from '../../support/eventually.js';
import { PRICE_FEN, RefundFixture } from '../../support/refund-fixture.js';

/** Closes a payment attempt only in our database, as after a wrong answer of WeChat, although WeChat has it. */
async function closeAttemptLocally(world: RefundFixture, { outTradeNo }: PayJson): Promise<void> {
  await world.shop.rawUpdate(
    `UPDATE payments SET status = 'CLOSED', closed_at = created_at, next_check_at = NULL WHERE out_trade_no = '${outTradeNo}'`,
    `INSERT INTO order_events (at, order_no, out_trade_no, type, result)
     SELECT created_at, order_no, out_trade_no, 'QUERY', 'CLOSED' FROM payments WHERE out_trade_no = '${outTradeNo}'`,
  );
}

async function closeOrderLocally(world: RefundFixture, { orderNo }: OrderJson): Promise<void> {
  await world.shop.rawUpdate(
    `UPDATE orders SET status = 'CLOSED', close_reason = 'EXPIRED', closed_at = created_at, next_check_at = NULL WHERE order_no = '${orderNo}'`,
    `UPDATE products SET stock = stock + 1 WHERE product_id = '${world.tea}'`,
    `INSERT INTO stock_movements (product_id, order_no, kind, pieces, created_at)
     SELECT '${world.tea}', order_no, 'RELEASED', 1, created_at FROM orders WHERE order_no = '${orderNo}'`,
    `INSERT INTO order_events (at, order_no, type, result)
     SELECT created_at, order_no, 'ORDER_CLOSED', 'EXPIRED' FROM orders WHERE order_no = '${orderNo}'`,
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
    readonly revived: OrderJson,
    /** Paid twice; the payment that was received first is kept. */
    readonly double: OrderJson,
    readonly overpayment: string,
    readonly refunds: Record<
      'whole' | 'part' | 'waiting' | 'rejected' | 'withdrawn' | 'failed' | 'onItsWay',
      RefundJson
    >,
    /** Orders with a coupon, by the state of the coupon; and an unused coupon. */
    readonly coupons: Record<'used' | 'returned' | 'givenBack' | 'reserved', OrderJson> & { free: string },
  ) {}

  static async open(): Promise<PopulatedShop> {
    const environment = { LATE_PAYMENT_POLICY: 'deliver', REFUND_QUERY_BACKOFF_SECONDS: '30,86400' };
    const world = await RefundFixture.open({ environment });
    await world.boss.call('PATCH', `products/${world.tea}`, { stock: 40 });
    const late = await createOrderPaidAfterClose(world, 'the goods are gone');
    const revived = await createOrderPaidAfterClose(world, 'the goods are there');
    const { double, surplusPayment } = await createOrderPaidTwice(world);
    const cancelled = await createCancelledOrder(world);
    const refunds = await createRefundsInEveryState(world);
    const sold = await world.createPaidOrder();
    const expired = await world.alice.createOrder({ productId: world.tea, quantity: 2 });
    await world.alice.startPayment(expired);
    await world.runJobsAfter({ hours: 1 });
    const failed = await createRefusedRefund(world, 'USER_ACCOUNT_ABNORMAL');
    await createRefusedRefund(world, 'NOAUTH'); // needs staff
    await createRefundAtWechat(world);
    const coupons = await createCouponsInEveryState(world);
    const pending = await world.alice.createOrder(
      { productId: world.tea },
      { productId: await world.shop.createProduct() },
    );
    await world.alice.startPayment(pending);
    await world.shop.wechat.setBehaviours({ refundEnds: 'PROCESSING' }); // otherwise its notice would arrive during a test
    const onItsWay = await world.createApprovedRefund(await world.createPaidOrder(), 1000);
    const allRefunds = { ...refunds, failed, onItsWay };
    const others = [sold, pending, cancelled, late, revived, double, surplusPayment] as const;
    return new PopulatedShop(world, ...others, allRefunds, coupons);
  }

  /** The shop's time, which the simulator has advanced. */
  get now(): Date {
    return this.fixture.shop.firstInstance.app.get(Clock).now();
  }

  get environment(): Record<string, string> {
    return this.fixture.shop.environment;
  }
}

async function createOrderPaidAfterClose(world: RefundFixture, goods: 'the goods are gone' | 'the goods are there') {
  const order = await world.alice.createOrder({ productId: world.tea });
  const pay = await world.alice.pay(order, { notify: 'lost' });
  await closeAttemptLocally(world, pay);
  await closeOrderLocally(world, order);
  const stock = await world.shop.getStock(world.tea);
  const set = (pieces: number) => world.boss.call('PATCH', `products/${world.tea}`, { stock: pieces });
  if (goods === 'the goods are gone') await set(0);
  await world.shop.wechat.sendPaymentNotice(pay.outTradeNo);
  await world.runJobsAfter({ minutes: 1 });
  await set(stock);
  await world.runJobsAfter({ minutes: 10 });
  return order;
}

async function createOrderPaidTwice(world: RefundFixture): Promise<{ double: OrderJson; surplusPayment: string }> {
  const double = await world.alice.createOrder({ productId: world.tea });
  const first = await world.alice.pay(double, { notify: 'lost' });
  await closeAttemptLocally(world, first);
  const second = await world.alice.startPayment(double, 'NATIVE');
  await world.alice.confirmPayment(second, { notify: 'lost' });
  for (const { outTradeNo } of [second, first]) await world.shop.wechat.sendPaymentNotice(outTradeNo);
  for (let round = 0; round < 3; round++) await world.runJobsAfter({ minutes: 5 });
  return { double, surplusPayment: first.outTradeNo };
}

async function createCancelledOrder(world: RefundFixture): Promise<OrderJson> {
  const order = await world.alice.createOrder({ productId: world.tea });
  await world.alice.startPayment(order);
  await world.shop.wechat.advanceTime({ minutes: 6 }); // WeChat ignores an earlier close
  const { body } = await world.alice.cancelOrder(order);
  return body;
}

async function createRefundsInEveryState(world: RefundFixture) {
  const whole = await world.createApprovedRefund(await world.createPaidOrder());
  const order = await world.createPaidOrder();
  const rejected = await world.alice.requestRefund(order, { amountFen: 100 });
  await world.rejectRefund(rejected);
  const withdrawn = await world.alice.requestRefund(order, { amountFen: 200 });
  await world.alice.call('POST', `refunds/${withdrawn.refundNo}/cancel`);
  const part = await world.createApprovedRefund(order, PRICE_FEN / 4);
  const waiting = await world.alice.requestRefund(order, { amountFen: 300 });
  await world.boss.call('POST', `orders/${order.orderNo}/refunds`, { amountFen: 400, reason: '补偿' });
  return { whole, part, waiting, rejected, withdrawn };
}

async function createRefusedRefund(world: RefundFixture, errCode: string): Promise<RefundJson> {
  const order = await world.createPaidOrder();
  await world.shop.wechat.failNext({ endpoint: 'refund', kind: 'err_code', errCode });
  const refund = await world.createApprovedRefund(order);
  await world.shop.wechat.clearFaults();
  return refund;
}

/** A refund made in WeChat's merchant platform with a foreign number, received by its notice. */
async function createRefundAtWechat(world: RefundFixture): Promise<void> {
  const { orderNo } = await world.createPaidOrder();
  const refund = {
    ...{ refundFen: 4000, out_refund_no: 'BYHAND0001' },
    notify_url: `${world.shop.environment['PUBLIC_BASE_URL'] ?? ''}/wechat/notify/refund`,
  };
  await world.shop.wechat.control('POST', `orders/${orderNo}-1/vendor-refund`, refund);
  await world.runJobsAfter({ minutes: 1 });
  await eventually(async () => {
    const adopted = (await world.shop.firstInstance.findAll(Refund)).find(({ refundNo }) => refundNo === 'BYHAND0001');
    if (adopted?.status !== 'SUCCEEDED') throw new Error('The refund made at WeChat was not imported');
  });
}

async function createCouponsInEveryState(world: RefundFixture): Promise<PopulatedShop['coupons']> {
  const pen = await world.shop.createProduct({ priceFen: 333, stock: 40 });
  const orders = async (): Promise<OrderJson> => {
    const coupon = await grantCoupon(world.boss, world.alice, { discountFen: 1000 });
    return createOrderWithCoupon(world.alice, coupon, { productId: world.tea }, { productId: pen, quantity: 3 });
  };
  const sells = async (): Promise<OrderJson> => {
    const order = await orders();
    await world.alice.pay(order);
    await world.alice.syncOrder(order);
    return order;
  };
  const used = await sells();
  await world.createApprovedRefund(used, 100);
  const returned = await sells();
  await world.createApprovedRefund(returned);
  const givenBack = await orders();
  await world.alice.startPayment(givenBack);
  await world.runJobsAfter({ minutes: 30 });
  await world.runJobsAfter({ minutes: 30 });
  const { id: free } = await grantCoupon(world.boss, world.alice);
  return { used, returned, givenBack, reserved: await orders(), free };
}
