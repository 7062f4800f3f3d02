import type { Clerk } from '../contract/support/clerk.js';
import type { Customer, OrderJson } from './customer.js';

/** A coupon as its user gets it. */
export interface CouponJson {
  id: string;
  name: string;
  discountFen: number;
  minSpendFen: number;
  status: string;
  expiresAt: string;
}

/** A kind of coupon as staff get it. */
export interface CouponKindJson extends Omit<CouponJson, 'status'> {
  createdAt: string;
  grantedCount: number;
  usedCount: number;
}

/** What the clerk gets who hands one out. */
export interface GrantJson extends CouponJson {
  couponId: string;
  userId: string;
  grantedAt: string;
}

/** An order with what a discount makes of it. */
export interface DiscountedOrderJson extends OrderJson {
  totalFen: number;
  discountFen: number;
  couponId: string | null;
  items: { productId: string; unitFen: number; quantity: number; discountFen: number; payableFen: number }[];
}

export const FOR_EVER = '2099-01-01T00:00:00.000Z';

/** Staff make a kind of coupon, and hand one of it to the customer. */
export async function hands(
  clerk: Clerk,
  { id: userId }: Pick<Customer, 'id'>,
  { discountFen = 500, minSpendFen = 0, expiresAt = FOR_EVER } = {},
): Promise<GrantJson> {
  const kind = await clerk.asks<CouponKindJson>('POST', 'coupons', {
    ...{ name: '满减券', discountFen, minSpendFen, expiresAt },
  });
  const granted = await clerk.asks<GrantJson>('POST', `coupons/${kind.body.id}/grant`, { userId });
  if (granted.status !== 201) throw new Error(`Nothing was granted: ${JSON.stringify(granted.body)}`);
  return granted.body;
}

/** Places an order with the coupon, which must be accepted. */
export async function ordersWith(
  customer: Customer,
  { id: couponId }: Pick<CouponJson, 'id'>,
  ...lines: { productId: string; quantity?: number }[]
): Promise<DiscountedOrderJson> {
  const items = lines.map(({ productId, quantity = 1 }) => ({ productId, quantity }));
  const reply = await customer.asks<DiscountedOrderJson>('POST', 'orders', { items, couponId });
  if (reply.status !== 201) throw new Error(`Not accepted: ${JSON.stringify(reply.body)}`);
  return reply.body;
}

/** The coupons of somebody, by their ids. */
export async function statusesOf(customer: Customer): Promise<Record<string, string>> {
  const { body } = await customer.asks<{ items: CouponJson[] }>('GET', 'coupons?limit=100');
  return Object.fromEntries(body.items.map(({ id, status }) => [id, status]));
}
