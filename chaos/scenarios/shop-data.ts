import type { ScenarioServices } from '../clients/scenario-services.ts';
import { expectOk } from '../../tools/client/typed-client.ts';
import { MerchantSystem } from '../clients/merchant-system.ts';
import { StaffActor } from '../clients/staff-actor.ts';
import { BuyerActor } from '../clients/buyer-actor.ts';

/** The average number of orders per buyer. */
const ORDERS_PER_BUYER = 8;
const MERCHANT_SCOPES = [
  ...(['orders:read', 'payments:read', 'payments:write', 'refunds:write'] as const),
  ...(['events:read', 'events:manage'] as const),
];
/** Enough products to avoid too many concurrent orders of the same one. */
const TEA_COUNT = 30;

/** For orders from 2 fen. It exceeds the total of some orders, which then cost one fen. */
const COUPON = { name: '立减券', discountFen: 1999, minSpendFen: 2, expiresAt: '2099-01-01T00:00:00Z' };

/** Creates the products, some of them scarce, a coupon, two staff members, the merchant's system and the buyers. */
export async function createShopData({
  clients,
  admin,
  orders,
  passwords,
}: {
  clients: ScenarioServices;
  admin: StaffActor;
  orders: number;
  passwords: string[];
}) {
  const catalog = [
    ...Array.from({ length: TEA_COUNT }, (_, index) => ({
      name: `${index + 1} 号茶`,
      priceFen: 1280 + 731 * index,
      stock: orders * 10,
      weight: 80 / TEA_COUNT,
      isScarce: false,
    })),
    { name: '一分钱茶样', priceFen: 1, stock: orders * 10, weight: 5, isScarce: false },
    { name: '限量茶饼', priceFen: 128800, stock: Math.ceil(orders / 10), weight: 10, isScarce: true },
    { name: '手作茶杯', priceFen: 19900, stock: Math.ceil(orders / 50), weight: 5, isScarce: true },
  ];

  const initialStock = new Map<string, number>();
  const products = [];
  for (const { weight, isScarce, ...product } of catalog) {
    const { id } = expectOk('a product', await admin.client.createProduct({ description: '', ...product }));
    initialStock.set(id, product.stock);
    products.push({ productId: id, weight, isScarce });
  }
  const { id: couponId } = expectOk('a coupon', await admin.client.createCoupon(COUPON));
  const staff = [];
  for (const [index, password] of passwords.entries()) {
    const username = `staff-${index + 1}`;
    expectOk('a staff member', await admin.client.createStaff({ username, password, role: 'OPERATOR' }));
    staff.push(new StaffActor(clients, { username, password }));
  }
  const merchant = await createMerchantSystem(clients, admin);
  const buyers = Array.from(
    { length: Math.max(5, Math.ceil(orders / ORDERS_PER_BUYER)) },
    () => new BuyerActor(clients),
  );
  return { initialStock, products, staff, merchant, buyers, couponId };
}

/** With its API key, whose daily limit of refunds no run reaches. */
async function createMerchantSystem(clients: ScenarioServices, admin: StaffActor): Promise<MerchantSystem> {
  const body = { name: 'chaos', scopes: [...MERCHANT_SCOPES], maxRefundFenPerDay: 2_000_000_000 };
  const { key } = expectOk('an API key', await admin.client.createApiKey(body));
  clients.secrets['the API key of the merchant’s system'] = key;
  return new MerchantSystem(clients, key);
}
