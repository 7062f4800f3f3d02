import type { BuyerActor } from '../clients/buyer-actor.ts';
import type { Random } from './random.ts';
import { countEvent, type ScenarioContext } from './scenario-context.ts';

/** Places an order. Repeats without scarce products if one is sold out. */
export async function placeOrder(
  context: ScenarioContext,
  buyer: BuyerActor,
  random: Random,
  number: number,
): Promise<{ orderNo: string; expiresAt: string }> {
  let wantsCoupon = random.chance(0.3);
  for (let products = context.products, round = 1; ; round++) {
    const weights = Object.fromEntries(products.map(({ productId, weight }) => [productId, weight]));
    const chosen = new Set(Array.from({ length: random.int(1, 3) }, () => random.weighted(weights)));
    const items = [...chosen].map((productId) => ({ productId, quantity: random.int(1, 3) }));
    const key = `order-${context.seed}-${number}-${round}`;
    const calls = random.chance(0.15) ? 2 : 1;
    const userCouponId = wantsCoupon ? await chooseCoupon(context, buyer, random, number) : null;
    const replies = await Promise.all(Array.from({ length: calls }, () => buyer.createOrder(items, key, userCouponId)));
    const [first, ...others] = replies.flatMap((reply) => (reply.isOk ? [reply.body] : []));
    if (first) {
      for (const { orderNo } of others) context.clients.answerRecord.recordSameKey(key, first.orderNo, orderNo);
      if (userCouponId !== null) countEvent(context, 'orders with a coupon');
      return first;
    }
    const [problem] = replies.flatMap((reply) => (reply.isOk ? [] : [reply.body]));
    if (problem?.code === 'COUPON_NOT_USABLE' && wantsCoupon) {
      countEvent(context, 'coupons not usable');
      wantsCoupon = false;
      continue;
    }
    if (problem?.code !== 'OUT_OF_STOCK') throw new Error(`An order was rejected: ${JSON.stringify(problem)}`);
    countEvent(context, 'products sold out');
    products = products.filter(({ isScarce }) => !isScarce);
  }
}

/** Returns an existing user coupon of the buyer, used or not, or a new one. */
async function chooseCoupon(
  { clients, staff, couponId, seed }: ScenarioContext,
  buyer: BuyerActor,
  random: Random,
  number: number,
): Promise<string> {
  if (buyer.userCoupons.length > 0 && random.chance(0.6)) return random.pick(buyer.userCoupons);
  await buyer.ensureLoggedIn();
  const key = `coupon-${seed}-${number}`;
  const staffMember = random.pick(staff);
  const calls = Array.from({ length: random.chance(0.15) ? 2 : 1 }, () =>
    staffMember.grantCoupon(couponId, buyer.id, key),
  );
  const [userCouponId = '', again = userCouponId] = await Promise.all(calls);
  clients.answerRecord.recordSameKey(key, userCouponId, again);
  buyer.userCoupons.push(userCouponId);
  return userCouponId;
}
