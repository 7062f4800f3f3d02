import { assertThat, retryUntil } from './assertions.js';
import type { MerchantClient } from './merchant-client.js';
import { BuyerClient, type Order, type Payment, type Product } from './buyer-client.js';
import { shorten, type Narrator, formatYuan } from './narrator.js';
import { SimulatorControlClient } from './simulator-control-client.js';

/** Where the stories play: the running shop, WeChat's double, and the one who tells. */
export interface DemoEnvironment {
  shopUrl: string;
  wechat: SimulatorControlClient;
  narrator: Narrator;
  merchant: MerchantClient;
}

/** A customer who has ordered and whose cashier can open. */
export interface Sale {
  buyer: BuyerClient;
  product: Product;
  stockBefore: number;
  order: Order;
  payment: Payment;
}

const QUANTITY = 2;
/** Real seconds: a few ticks of the jobs. */
const TIMEOUT_SECONDS = 30;

/** From `wx.login` to the parameters of `wx.requestPayment`: how every story begins. */
export async function createSale({ shopUrl, wechat, narrator: teller }: DemoEnvironment): Promise<Sale> {
  const { code, openid } = await wechat.wxLogin();
  teller.userAction(`Somebody opens the mini-program; wx.login gives the code ${shorten(code)}`);
  const customer = new BuyerClient(shopUrl, wechat, openid);
  const { token, expiresIn, user } = await customer.login(code);
  teller.buyerCall('POST /api/auth/login', `token ${shorten(token, 6)} for ${expiresIn} s, user ${user.id}`);

  const products = await customer.listProducts();
  const product = products.filter(({ stock }) => stock >= QUANTITY).sort(byStockValue)[0];
  assertThat(
    product !== undefined,
    'The shop has nothing to sell: start it with SEED_DEMO_DATA=true and a new database',
  );
  const { name, priceFen, stock: stockBefore } = product;
  teller.buyerCall(
    'GET  /api/products',
    `${products.length} products; ${name} costs ${formatYuan(priceFen)}, ${stockBefore} in stock`,
  );

  const order = await customer.createOrder(product, QUANTITY);
  assertThat(order.status === 'PENDING', `A new order must be PENDING, it is ${order.status}`);
  assertThat(
    order.payableFen === QUANTITY * priceFen,
    `${QUANTITY} pieces cannot cost ${formatYuan(order.payableFen)}`,
  );
  teller.buyerCall(
    'POST /api/orders',
    `${QUANTITY} pieces: order ${order.orderNo}, ${order.status}, ${formatYuan(order.payableFen)}`,
  );
  const reserved = await customer.getStock(product);
  assertThat(reserved === stockBefore - QUANTITY, `Stock must be ${stockBefore - QUANTITY} now, it is ${reserved}`);
  teller.checkPassed(`the stock is reserved: ${stockBefore} before, ${reserved} now`);

  const payment = await customer.startPayment(order);
  teller.buyerCall(
    'POST /api/orders/{orderNo}/pay',
    `${payment.outTradeNo}, ${shorten(payment.requestPayment['package'] ?? '', 24)}`,
  );
  return { buyer: customer, product, stockBefore, order, payment };
}

/** A sale that is paid for, told in a line: the stories of refunds begin after the first story has ended. */
export async function createPaidSale(stage: DemoEnvironment): Promise<Sale> {
  const sale = await createSale({ ...stage, narrator: stage.narrator.silent() });
  const { buyer: customer, payment, product, order } = sale;
  const errMsg = await stage.wechat.requestPayment(customer.openid, payment.requestPayment);
  assertThat(errMsg === 'requestPayment:ok', `wx.requestPayment says ${errMsg}`);
  await assertPaid(stage, sale, await waitForOrderStatus(sale, 'PAID', TIMEOUT_SECONDS));
  stage.narrator.userAction(
    `Somebody buys ${QUANTITY} pieces of ${product.name}; order ${order.orderNo} is PAID, ${formatYuan(order.payableFen)}`,
  );
  return sale;
}

/** Waits until the mini-program sees the order in this state. */
export function waitForOrderStatus(
  { buyer: customer, order }: Sale,
  status: Order['status'],
  seconds: number,
): Promise<Order> {
  return retryUntil(
    { description: `Order ${order.orderNo} should become ${status}`, timeoutSeconds: seconds },
    async () => {
      const seen = await customer.getOrder(order);
      return seen.status === status ? seen : null;
    },
  );
}

/** @throws DemoFailedError unless the order and WeChat's books agree on what was paid. */
export async function assertPaid({ wechat }: DemoEnvironment, { order, payment }: Sale, paid: Order): Promise<void> {
  const theirs = await wechat.getPaidFen(payment.outTradeNo);
  const isRight = paid.paidFen === order.payableFen && theirs === order.payableFen && paid.transactionId !== null;
  assertThat(
    isRight,
    `${formatYuan(order.payableFen)} were due; the order says ${formatYuan(paid.paidFen)}, WeChat ${formatYuan(theirs)}`,
  );
}

function byStockValue(one: Product, other: Product): number {
  return other.priceFen * other.stock - one.priceFen * one.stock;
}
