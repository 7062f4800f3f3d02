import { Clock } from '../../../src/common/clock.js';
import { Refund } from '../../../src/refund/refund.entity.js';
import { hands, ordersWith } from '../../support/coupons.js';
import type { OrderJson, PayJson, RefundJson } from '../../support/customer.js';
import { eventually } from '../../support/eventually.js';
import { PRICE_FEN, RefundShop } from '../../support/refund-shop.js';

/** A payment that WeChat has and the shop gave up: as a close leaves the books that believed a wrong word. */
async function givesUp(world: RefundShop, { outTradeNo }: PayJson): Promise<void> {
  await world.shop.forces(
    `UPDATE payments SET status = 'CLOSED', closed_at = created_at, next_check_at = NULL WHERE out_trade_no = '${outTradeNo}'`,
    `INSERT INTO payment_events (at, order_no, out_trade_no, type, result)
     SELECT created_at, order_no, out_trade_no, 'QUERY', 'CLOSED' FROM payments WHERE out_trade_no = '${outTradeNo}'`,
  );
}

async function closes(world: RefundShop, { orderNo }: OrderJson): Promise<void> {
  await world.shop.forces(
    `UPDATE orders SET status = 'CLOSED', close_reason = 'EXPIRED', closed_at = created_at, next_check_at = NULL WHERE order_no = '${orderNo}'`,
    `UPDATE products SET stock = stock + 1 WHERE product_id = '${world.tea}'`,
    `INSERT INTO stock_movements (product_id, order_no, kind, pieces, created_at)
     SELECT '${world.tea}', order_no, 'RELEASED', 1, created_at FROM orders WHERE order_no = '${orderNo}'`,
    `INSERT INTO payment_events (at, order_no, type, result)
     SELECT created_at, order_no, 'ORDER_CLOSED', 'EXPIRED' FROM orders WHERE order_no = '${orderNo}'`,
  );
}

/** A shop in which everything has happened that can happen to money, and which is in order. */
export class LivedInShop {
  private constructor(
    readonly world: RefundShop,
    /** Paid, and nothing since. */
    readonly sold: OrderJson,
    /** Begun to pay, and not paid. */
    readonly pending: OrderJson,
    readonly cancelled: OrderJson,
    /** Paid after its close; the money went back, the goods were gone. */
    readonly late: OrderJson,
    /** Paid after its close, and delivered all the same. */
    readonly revived: OrderJson,
    /** Paid twice; the first to be heard of is kept. */
    readonly double: OrderJson,
    readonly surplusPayment: string,
    readonly refunds: Record<
      'whole' | 'part' | 'waiting' | 'rejected' | 'withdrawn' | 'failed' | 'onItsWay',
      RefundJson
    >,
    /** Orders with a coupon, by what has become of it; and a coupon that nobody has used. */
    readonly coupons: Record<'used' | 'returned' | 'givenBack' | 'reserved', OrderJson> & { free: string },
  ) {}

  static async opens(): Promise<LivedInShop> {
    const environment = { LATE_PAYMENT_POLICY: 'deliver', REFUND_QUERY_BACKOFF_SECONDS: '30,86400' };
    const world = await RefundShop.opens({ environment });
    await world.boss.asks('PATCH', `products/${world.tea}`, { stock: 40 });
    const late = await paidAfterTheClose(world, 'the goods are gone');
    const revived = await paidAfterTheClose(world, 'the goods are there');
    const { double, surplusPayment } = await paidTwice(world);
    const cancelled = await cancels(world);
    const refunds = await refundsOfAllKinds(world);
    const sold = await world.sells();
    const expired = await world.alice.orders({ productId: world.tea, quantity: 2 });
    await world.alice.begins(expired);
    await world.passes({ hours: 1 });
    const failed = await isRefused(world, 'USER_ACCOUNT_ABNORMAL');
    await isRefused(world, 'NOAUTH'); // a person must act
    await refundsByHand(world);
    const coupons = await couponsOfAllKinds(world);
    const pending = await world.alice.orders({ productId: world.tea }, { productId: await world.shop.sells() });
    await world.alice.begins(pending);
    await world.shop.wechat.behaves({ refundEnds: 'PROCESSING' }); // its notice would come in the middle of some test
    const onItsWay = await world.getsBack(await world.sells(), 1000);
    const allRefunds = { ...refunds, failed, onItsWay };
    const others = [sold, pending, cancelled, late, revived, double, surplusPayment] as const;
    return new LivedInShop(world, ...others, allRefunds, coupons);
  }

  /** The shop's own time, which the simulator has moved. */
  get now(): Date {
    return this.world.shop.first.app.get(Clock).now();
  }

  get environment(): Record<string, string> {
    return this.world.shop.environment;
  }
}

async function paidAfterTheClose(world: RefundShop, goods: 'the goods are gone' | 'the goods are there') {
  const order = await world.alice.orders({ productId: world.tea });
  const pay = await world.alice.pays(order, { notify: 'lost' });
  await givesUp(world, pay);
  await closes(world, order);
  const stock = await world.shop.stockOf(world.tea);
  const set = (pieces: number) => world.boss.asks('PATCH', `products/${world.tea}`, { stock: pieces });
  if (goods === 'the goods are gone') await set(0);
  await world.shop.wechat.notifies(pay.outTradeNo);
  await world.passes({ minutes: 1 });
  await set(stock);
  await world.passes({ minutes: 10 });
  return order;
}

async function paidTwice(world: RefundShop): Promise<{ double: OrderJson; surplusPayment: string }> {
  const double = await world.alice.orders({ productId: world.tea });
  const first = await world.alice.pays(double, { notify: 'lost' });
  await givesUp(world, first);
  const second = await world.alice.begins(double, 'NATIVE');
  await world.alice.confirms(second, { notify: 'lost' });
  for (const { outTradeNo } of [second, first]) await world.shop.wechat.notifies(outTradeNo);
  for (let round = 0; round < 3; round++) await world.passes({ minutes: 5 });
  return { double, surplusPayment: first.outTradeNo };
}

async function cancels(world: RefundShop): Promise<OrderJson> {
  const order = await world.alice.orders({ productId: world.tea });
  await world.alice.begins(order);
  await world.shop.wechat.passes({ minutes: 6 }); // WeChat ignores an earlier close
  const { body } = await world.alice.cancels(order);
  return body;
}

async function refundsOfAllKinds(world: RefundShop) {
  const whole = await world.getsBack(await world.sells());
  const order = await world.sells();
  const rejected = await world.alice.wantsBack(order, { amountFen: 100 });
  await world.rejects(rejected);
  const withdrawn = await world.alice.wantsBack(order, { amountFen: 200 });
  await world.alice.asks('POST', `refunds/${withdrawn.refundNo}/cancel`);
  const part = await world.getsBack(order, PRICE_FEN / 4);
  const waiting = await world.alice.wantsBack(order, { amountFen: 300 });
  await world.boss.asks('POST', `orders/${order.orderNo}/refunds`, { amountFen: 400, reason: '补偿' });
  return { whole, part, waiting, rejected, withdrawn };
}

async function isRefused(world: RefundShop, errCode: string): Promise<RefundJson> {
  const order = await world.sells();
  await world.shop.wechat.fails({ endpoint: 'refund', kind: 'err_code', errCode });
  const refund = await world.getsBack(order);
  await world.shop.wechat.recovers();
  return refund;
}

/** In WeChat's platform, under a number that is not ours: we hear of it by its notice. */
async function refundsByHand(world: RefundShop): Promise<void> {
  const { orderNo } = await world.sells();
  const refund = {
    ...{ refundFen: 4000, out_refund_no: 'BYHAND0001' },
    notify_url: `${world.shop.environment['PUBLIC_BASE_URL'] ?? ''}/wechat/notify/refund`,
  };
  await world.shop.wechat.control('POST', `orders/${orderNo}-1/vendor-refund`, refund);
  await world.passes({ minutes: 1 });
  await eventually(async () => {
    const adopted = (await world.shop.first.all(Refund)).find(({ refundNo }) => refundNo === 'BYHAND0001');
    if (adopted?.status !== 'SUCCEEDED') throw new Error('The refund made by hand was not heard of');
  });
}

async function couponsOfAllKinds(world: RefundShop): Promise<LivedInShop['coupons']> {
  const pen = await world.shop.sells({ priceFen: 333, stock: 40 });
  const orders = async (): Promise<OrderJson> => {
    const coupon = await hands(world.boss, world.alice, { discountFen: 1000 });
    return ordersWith(world.alice, coupon, { productId: world.tea }, { productId: pen, quantity: 3 });
  };
  const sells = async (): Promise<OrderJson> => {
    const order = await orders();
    await world.alice.pays(order);
    await world.alice.syncs(order);
    return order;
  };
  const used = await sells();
  await world.getsBack(used, 100);
  const returned = await sells();
  await world.getsBack(returned);
  const givenBack = await orders();
  await world.alice.begins(givenBack);
  await world.passes({ minutes: 30 });
  await world.passes({ minutes: 30 });
  const { id: free } = await hands(world.boss, world.alice);
  return { used, returned, givenBack, reserved: await orders(), free };
}
