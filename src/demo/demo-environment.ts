import { assertThat, retryUntil } from './assertions.js';
import type { MerchantClient } from './merchant-client.js';
import { BuyerClient, type Order, type Payment, type Product } from './buyer-client.js';
import { shorten, type Narrator, formatYuan } from './narrator.js';
import { SimulatorControlClient } from './simulator-control-client.js';

/** What a story needs: the service, the simulator, the output and a staff login. */
export interface DemoEnvironment {
  shopUrl: string;
  wechat: SimulatorControlClient;
  narrator: Narrator;
  merchant: MerchantClient;
}

/** A buyer with an order and a started payment. */
export interface Sale {
  buyer: BuyerClient;
  product: Product;
  stockBefore: number;
  order: Order;
  payment: Payment;
}

const QUANTITY = 2;
/** Real seconds: a few job ticks. */
const TIMEOUT_SECONDS = 30;

/** From `wx.login` to the parameters of `wx.requestPayment`: the start of most stories. */
export async function createSale({ shopUrl, wechat, narrator }: DemoEnvironment): Promise<Sale> {
  const { code, openid } = await wechat.wxLogin();
  narrator.userAction(`A user opens the mini-program; wx.login returns the code ${shorten(code)}`);
  const buyer = new BuyerClient(shopUrl, wechat, openid);
  const { token, expiresIn, user } = await buyer.login(code);
  narrator.buyerCall('POST /api/auth/login', `token ${shorten(token, 6)} for ${expiresIn} s, user ${user.id}`);

  const products = await buyer.listProducts();
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

  const order = await buyer.createOrder(product, QUANTITY);
  assertThat(order.status === 'PENDING', `A new order must be PENDING, but it is ${order.status}`);
  assertThat(
    order.payableFen === QUANTITY * priceFen,
    `The price of ${QUANTITY} pieces is wrong: ${formatYuan(order.payableFen)}`,
  );
  narrator.buyerCall(
    'POST /api/orders',
    `${QUANTITY} pieces: order ${order.orderNo}, ${order.status}, ${formatYuan(order.payableFen)}`,
  );
  const reserved = await buyer.getStock(product);
  assertThat(reserved === stockBefore - QUANTITY, `The stock must be ${stockBefore - QUANTITY}, but it is ${reserved}`);
  narrator.checkPassed(`stock is reserved: ${stockBefore} before, ${reserved} now`);

  const payment = await buyer.startPayment(order);
  narrator.buyerCall(
    'POST /api/orders/{orderNo}/pay',
    `${payment.outTradeNo}, ${shorten(payment.requestPayment['package'] ?? '', 24)}`,
  );
  return { buyer, product, stockBefore, order, payment };
}

/** A paid order, reported in one line, for the stories about refunds. */
export async function createPaidSale(environment: DemoEnvironment): Promise<Sale> {
  const sale = await createSale({ ...environment, narrator: environment.narrator.silent() });
  const { buyer, payment, product, order } = sale;
  const errMsg = await environment.wechat.requestPayment(buyer.openid, payment.requestPayment);
  assertThat(errMsg === 'requestPayment:ok', `wx.requestPayment returned ${errMsg}`);
  await assertPaid(environment, sale, await waitForOrderStatus(sale, 'PAID', TIMEOUT_SECONDS));
  environment.narrator.userAction(
    `A user buys ${QUANTITY} pieces of ${product.name}; order ${order.orderNo} is PAID, ${formatYuan(order.payableFen)}`,
  );
  return sale;
}

/** Waits until the order has this status in the mini-program API. */
export function waitForOrderStatus({ buyer, order }: Sale, status: Order['status'], seconds: number): Promise<Order> {
  return retryUntil(
    { description: `Order ${order.orderNo} must become ${status}`, timeoutSeconds: seconds },
    async () => {
      const seen = await buyer.getOrder(order);
      return seen.status === status ? seen : null;
    },
  );
}

/** @throws DemoFailedError unless the order and WeChat's ledger have the same paid amount. */
export async function assertPaid({ wechat }: DemoEnvironment, { order, payment }: Sale, paid: Order): Promise<void> {
  const theirs = await wechat.getPaidFen(payment.outTradeNo);
  const isRight = paid.paidFen === order.payableFen && theirs === order.payableFen && paid.transactionId !== null;
  assertThat(
    isRight,
    `${formatYuan(order.payableFen)} were due, but the order shows ${formatYuan(paid.paidFen)} and WeChat ${formatYuan(theirs)}`,
  );
}

function byStockValue(one: Product, other: Product): number {
  return other.priceFen * other.stock - one.priceFen * one.stock;
}
