import { StaffActor } from './staff-actor.js';
import { BuyerActor } from './buyer-actor.js';

/** Orders that one person places, about. */
const ORDERS_PER_BUYER = 8;
/** Enough that not everybody wants the same one at the same time. */
const TEA_COUNT = 30;

/** Of everybody, from a few fen on: more than some orders come to, which then cost one fen. */
const COUPON = { name: '立减券', discountFen: 1999, minSpendFen: 2, expiresAt: '2099-01-01T00:00:00Z' };

/**
 * Opens the shop for business: products, some of them scarce; two clerks; and people to come.
 * @param {{ world: import('./buyer-actor.js').World, boss: StaffActor, orders: number, passwords: string[] }} wanted
 */
export async function createShopData({ world, boss, orders, passwords }) {
  const shelf = [
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
  for (const { weight, isScarce, ...product } of shelf) {
    const { status, body } = await boss.request('POST', 'products', {
      body: { description: '', ...product },
    });
    if (status !== 201) throw new Error(`A product was refused: ${status} ${body?.code}`);
    received.set(body.id, product.stock);
    products.push({ productId: body.id, weight, isScarce });
  }
  const coupon = await boss.request('POST', 'coupons', { body: COUPON });
  if (coupon.status !== 201) throw new Error(`A coupon was refused: ${coupon.status} ${coupon.body?.code}`);
  const clerks = [];
  for (const [index, password] of passwords.entries()) {
    const username = `clerk-${index + 1}`;
    const { status, body } = await boss.request('POST', 'admins', { body: { username, password, role: 'OPERATOR' } });
    if (status !== 201) throw new Error(`A clerk was refused: ${status} ${body?.code}`);
    clerks.push(new StaffActor(world, { username, password }));
  }
  const customers = Array.from(
    { length: Math.max(5, Math.ceil(orders / ORDERS_PER_BUYER)) },
    () => new BuyerActor(world),
  );
  return { received, products, clerks, customers, couponKind: coupon.body.id };
}
