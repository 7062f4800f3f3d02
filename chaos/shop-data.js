import { StaffActor } from './staff-actor.js';
import { BuyerActor } from './buyer-actor.js';

/** The average number of orders per buyer. */
const ORDERS_PER_BUYER = 8;
/** Enough products to avoid too many concurrent orders of the same one. */
const TEA_COUNT = 30;

/** For orders from 2 fen. It exceeds the total of some orders, which then cost one fen. */
const COUPON = { name: '立减券', discountFen: 1999, minSpendFen: 2, expiresAt: '2099-01-01T00:00:00Z' };

/**
 * Creates the products, some of them scarce, a coupon, two staff members and the buyers.
 * @param {{ clients: import('./buyer-actor.js').ScenarioServices, admin: StaffActor, orders: number, passwords: string[] }} input
 */
export async function createShopData({ clients, admin, orders, passwords }) {
  const catalog = [
    ...Array.from({ length: TEA_COUNT }, (_, index) => ({
      ...{
        name: `${index + 1} 号茶`,
        priceFen: 1280 + 731 * index,
        stock: orders * 10,
        weight: 80 / TEA_COUNT,
        isScarce: false,
      },
    })),
    { name: '一分钱茶样', priceFen: 1, stock: orders * 10, weight: 5, isScarce: false },
    { name: '限量茶饼', priceFen: 128800, stock: Math.ceil(orders / 10), weight: 10, isScarce: true },
    { name: '手作茶杯', priceFen: 19900, stock: Math.ceil(orders / 50), weight: 5, isScarce: true },
  ];
  /** @type {Map<string, number>} */
  const received = new Map();
  const products = [];
  for (const { weight, isScarce, ...product } of catalog) {
    const { status, body } = await admin.request('POST', 'products', {
      body: { description: '', ...product },
    });
    if (status !== 201) throw new Error(`A product was rejected: ${status} ${body?.code}`);
    received.set(body.id, product.stock);
    products.push({ productId: body.id, weight, isScarce });
  }
  const coupon = await admin.request('POST', 'coupons', { body: COUPON });
  if (coupon.status !== 201) throw new Error(`A coupon was rejected: ${coupon.status} ${coupon.body?.code}`);
  const staff = [];
  for (const [index, password] of passwords.entries()) {
    const username = `staff-${index + 1}`;
    const { status, body } = await admin.request('POST', 'admins', { body: { username, password, role: 'OPERATOR' } });
    if (status !== 201) throw new Error(`A staff member was rejected: ${status} ${body?.code}`);
    staff.push(new StaffActor(clients, { username, password }));
  }
  const buyers = Array.from(
    { length: Math.max(5, Math.ceil(orders / ORDERS_PER_BUYER)) },
    () => new BuyerActor(clients),
  );
  return { received, products, staff, buyers, couponTypeId: coupon.body.id };
}
