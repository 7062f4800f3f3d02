import type { TestStaff } from '../contract/support/test-staff.js';
import type { TestBuyer, OrderJson } from './test-buyer.js';

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
export interface AdminCouponJson extends Omit<CouponJson, 'status'> {
  createdAt: string;
  grantedCount: number;
  usedCount: number;
}

/** What the clerk gets who hands one out. */
export interface GrantedCouponJson extends CouponJson {
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

export const FAR_FUTURE = '2099-01-01T00:00:00.000Z';

/** Staff make a kind of coupon, and hand one of it to the customer. */
export async function grantCoupon(
  clerk: TestStaff,
  { id: userId }: Pick<TestBuyer, 'id'>,
  { discountFen = 500, minSpendFen = 0, expiresAt = FAR_FUTURE } = {},
): Promise<GrantedCouponJson> {
  const kind = await clerk.call<AdminCouponJson>('POST', 'coupons', {
    ...{ name: '满减券', discountFen, minSpendFen, expiresAt },
  });
  const granted = await clerk.call<GrantedCouponJson>('POST', `coupons/${kind.body.id}/grant`, { userId });
  if (granted.status !== 201) throw new Error(`Nothing was granted: ${JSON.stringify(granted.body)}`);
  return granted.body;
}

/** Places an order with the coupon, which must be accepted. */
export async function createOrderWithCoupon(
  customer: TestBuyer,
  { id: couponId }: Pick<CouponJson, 'id'>,
  ...lines: { productId: string; quantity?: number }[]
): Promise<DiscountedOrderJson> {
  const items = lines.map(({ productId, quantity = 1 }) => ({ productId, quantity }));
  const reply = await customer.call<DiscountedOrderJson>('POST', 'orders', { items, couponId });
  if (reply.status !== 201) throw new Error(`Not accepted: ${JSON.stringify(reply.body)}`);
  return reply.body;
}

/** The coupons of somebody, by their ids. */
export async function getCouponStatuses(customer: TestBuyer): Promise<Record<string, string>> {
  const { body } = await customer.call<{ items: CouponJson[] }>('GET', 'coupons?limit=100');
  return Object.fromEntries(body.items.map(({ id, status }) => [id, status]));
}
