import { assertThat, retryUntil } from './assertions.ts';
import { BuyerClient, logInBuyer } from '../tools/client/buyer-client.ts';
import { Session, type Order, type PayResponse, type Product } from '../tools/client/service-client.ts';
import type { ServiceClient } from '../tools/client/service-client.ts';
import type { CashierDecision, SimulatorClient } from '../tools/client/simulator-client.ts';
import type { StaffClient } from '../tools/client/staff-client.ts';
import { expectOk } from '../tools/client/typed-client.ts';
import { shorten, type Narrator, formatYuan } from './narrator.ts';

/** What a story needs: the service, the simulator, the output and a staff login. */
export interface DemoEnvironment {
  service: ServiceClient;
  wechat: SimulatorClient;
  narrator: Narrator;
  staff: StaffClient;
}

/** A buyer who has logged in. */
export interface DemoBuyer {
  buyer: BuyerClient;
  openid: string;
  userId: string;
}

/** A buyer with an order and a started payment. */
export interface Sale extends DemoBuyer {
  product: Product;
  stockBefore: number;
  order: Order;
  payment: PayResponse;
}

const QUANTITY = 2;

/** From `wx.login` to the parameters of `wx.requestPayment`: the start of most stories. */
export async function createSale(environment: DemoEnvironment): Promise<Sale> {
  const { narrator } = environment;
  const demoBuyer = await logInNewBuyer(environment);
  const { buyer } = demoBuyer;
  const products = expectOk('the list of products', await buyer.listProducts()).items;
  const product = products.filter(({ stock }) => stock >= QUANTITY).sort(byStockValue)[0];
  assertThat(
    product !== undefined,
    'The shop has no products in stock: start it with SEED_DEMO_DATA=true and a new database',
  );
  const { name, priceFen, stock: stockBefore } = product;
  narrator.buyerCall(
    'GET  /api/products',
    `${products.length} products; ${name} costs ${formatYuan(priceFen)}, ${stockBefore} in stock`,
  );

  const order = await placeOrder(buyer, { productId: product.id, quantity: QUANTITY });
  assertThat(order.status === 'PENDING', `A new order must be PENDING, but it is ${order.status}`);
  assertThat(
    order.payableFen === QUANTITY * priceFen,
    `The price of ${QUANTITY} units is wrong: ${formatYuan(order.payableFen)}`,
  );
  narrator.buyerCall(
    'POST /api/orders',
    `${QUANTITY} units: order ${order.orderNo}, ${order.status}, ${formatYuan(order.payableFen)}`,
  );
  const reserved = await readStock({ buyer, product });
  assertThat(reserved === stockBefore - QUANTITY, `The stock must be ${stockBefore - QUANTITY}, but it is ${reserved}`);
  narrator.checkPassed(`stock is reserved: ${stockBefore} before, ${reserved} now`);

  const payment = expectOk('pay', await buyer.startPayment(order.orderNo));
  narrator.buyerCall(
    'POST /api/orders/{orderNo}/pay',
    `${payment.outTradeNo}, ${shorten(payment.requestPayment['package'] ?? '', 24)}`,
  );
  return { ...demoBuyer, product, stockBefore, order, payment };
}

/** A new user opens the mini-program and logs in. */
export async function logInNewBuyer({ service, wechat, narrator }: DemoEnvironment): Promise<DemoBuyer> {
  const { code, openid } = await wechat.wxLogin();
  narrator.userAction(`A user opens the mini-program; wx.login returns the code ${shorten(code)}`);
  const { token, expiresIn, user } = expectOk('login', await logInBuyer(service, code));
  const userId = user?.id ?? '';
  narrator.buyerCall('POST /api/auth/login', `token ${shorten(token, 6)} for ${expiresIn} s, user ${userId}`);
  // The token expires, because the demo advances the time by minutes.
  const logInAgain = async (): Promise<string> => {
    const { code: newCode } = await wechat.wxLogin({ openid });
    return expectOk('login', await logInBuyer(service, newCode)).token;
  };
  return { buyer: new BuyerClient(service, new Session(logInAgain, token)), openid, userId };
}

/** Places an order for one product. */
export async function placeOrder(
  buyer: BuyerClient,
  line: { productId: string; quantity: number },
  couponId?: string,
): Promise<Order> {
  const options = { idempotencyKey: crypto.randomUUID(), ...(couponId !== undefined && { couponId }) };
  return expectOk('the order', await buyer.createOrder([line], options));
}

/** The order in the mini-program API. */
export async function readOrder({ buyer, order }: Pick<Sale, 'buyer' | 'order'>): Promise<Order> {
  return expectOk('the order', await buyer.getOrder(order.orderNo));
}

/** The units in stock in the mini-program API. */
export async function readStock({ buyer, product }: Pick<Sale, 'buyer' | 'product'>): Promise<number> {
  return expectOk('the product', await buyer.getProduct(product.id)).stock;
}

/** The payment sheet opens and the user decides. @returns the result for the mini-program or the app. */
export async function confirmPayment(
  { wechat }: DemoEnvironment,
  { openid, payment }: Sale,
  decision: CashierDecision = {},
): Promise<string> {
  return (await wechat.confirmPayment(openid, payment.requestPayment, decision)) ?? 'nothing';
}

/** The user pays. @throws DemoFailedError unless the payment sheet reports success. */
export async function pay(environment: DemoEnvironment, sale: Sale, decision: CashierDecision = {}): Promise<void> {
  const errMsg = await confirmPayment(environment, sale, decision);
  assertThat(errMsg === 'requestPayment:ok', `The payment returned ${errMsg}`);
}

/** A paid order, reported in one line, for the stories about refunds. */
export async function createPaidSale(environment: DemoEnvironment): Promise<Sale> {
  const sale = await createSale({ ...environment, narrator: environment.narrator.silent() });
  const { product, order } = sale;
  await pay(environment, sale);
  await waitUntilPaid(environment, sale);
  environment.narrator.userAction(
    `A user buys ${QUANTITY} units of ${product.name}; order ${order.orderNo} is PAID, ${formatYuan(order.payableFen)}`,
  );
  return sale;
}

/** Waits until the order has this status in the mini-program API. */
export function waitForOrderStatus(sale: Sale, status: Order['status']): Promise<Order> {
  return retryUntil(`Order ${sale.order.orderNo} must become ${status}`, async () => {
    const seen = await readOrder(sale);
    return seen.status === status ? seen : null;
  });
}

/** Waits until the order is paid. @throws DemoFailedError unless WeChat's ledger has the same amount. */
export async function waitUntilPaid({ wechat }: DemoEnvironment, sale: Sale): Promise<Order> {
  const paid = await waitForOrderStatus(sale, 'PAID');
  const { order, payment } = sale;
  const theirs = await wechat.getPaidFen(payment.outTradeNo);
  const isRight = paid.paidFen === order.payableFen && theirs === order.payableFen && paid.transactionId !== null;
  assertThat(
    isRight,
    `${formatYuan(order.payableFen)} were due, but the order shows ${formatYuan(paid.paidFen)} and WeChat ${formatYuan(theirs)}`,
  );
  return paid;
}

/** The units of an unpaid or refunded order are back. They can be more, because older unpaid orders expire as well. */
export async function assertStockReturned({ narrator }: DemoEnvironment, sale: Sale): Promise<void> {
  const stock = await readStock(sale);
  assertThat(stock >= sale.stockBefore, `The stock must be ${sale.stockBefore} again, but it is ${stock}`);
  narrator.checkPassed(`the units are back in stock: ${sale.stockBefore} before the order, ${stock} now`);
}

function byStockValue(one: Product, other: Product): number {
  return other.priceFen * other.stock - one.priceFen * one.stock;
}
