import type { TestStaff } from '../contract/support/test-staff.js';
import type { TestBuyer, OrderJson } from './test-buyer.js';

/** A coupon in the mini-program API. */
export interface CouponJson {
  id: string;
  name: string;
  discountFen: number;
  minSpendFen: number;
  status: string;
  expiresAt: string;
}

/** A coupon in the admin API. */
export interface AdminCouponJson extends Omit<CouponJson, 'status'> {
  createdAt: string;
  grantedCount: number;
  usedCount: number;
}

/** A granted coupon in the admin API. */
export interface GrantedCouponJson extends CouponJson {
  couponId: string;
  userId: string;
  grantedAt: string;
}

/** An order with the amounts of its discount. */
export interface DiscountedOrderJson extends OrderJson {
  totalFen: number;
  discountFen: number;
  couponId: string | null;
  items: { productId: string; unitFen: number; quantity: number; discountFen: number; payableFen: number }[];
}

export const FAR_FUTURE = '2099-01-01T00:00:00.000Z';

/** Creates a coupon as staff and grants it to a buyer. */
export async function grantCoupon(
  staff: TestStaff,
  { id: userId }: Pick<TestBuyer, 'id'>,
  { discountFen = 500, minSpendFen = 0, expiresAt = FAR_FUTURE } = {},
): Promise<GrantedCouponJson> {
  const created = await staff.call<AdminCouponJson>('POST', 'coupons', {
    ...{ name: '满减券', discountFen, minSpendFen, expiresAt },
  });
  const granted = await staff.call<GrantedCouponJson>('POST', `coupons/${created.body.id}/grant`, { userId });
  if (granted.status !== 201) throw new Error(`The coupon was not granted: ${JSON.stringify(granted.body)}`);
  return granted.body;
}

/**
 * Creates an order with the coupon.
 * @throws when the order is not accepted.
 */
export async function createOrderWithCoupon(
  buyer: TestBuyer,
  { id: couponId }: Pick<CouponJson, 'id'>,
  ...lines: { productId: string; quantity?: number }[]
): Promise<DiscountedOrderJson> {
  const items = lines.map(({ productId, quantity = 1 }) => ({ productId, quantity }));
  const reply = await buyer.call<DiscountedOrderJson>('POST', 'orders', { items, couponId });
  if (reply.status !== 201) throw new Error(`The order was not accepted: ${JSON.stringify(reply.body)}`);
  return reply.body;
}

/** Returns the statuses of a buyer's coupons by their ids. */
export async function getCouponStatuses(buyer: TestBuyer): Promise<Record<string, string>> {
  const { body } = await buyer.call<{ items: CouponJson[] }>('GET', 'coupons?limit=100');
  return Object.fromEntries(body.items.map(({ id, status }) => [id, status]));
}
