import { insist, until } from './checks.js';
import type { Clerk } from './clerk.js';
import { Customer, type Order, type Payment, type Product } from './customer.js';
import { short, type Teller, yuan } from './teller.js';
import { Wechat } from './wechat.js';

/** Where the stories play: the running shop, WeChat's double, and the one who tells. */
export interface Stage {
  shopUrl: string;
  wechat: Wechat;
  teller: Teller;
  clerk: Clerk;
}

/** A customer who has ordered and whose cashier can open. */
export interface Sale {
  customer: Customer;
  product: Product;
  stockBefore: number;
  order: Order;
  payment: Payment;
}

const QUANTITY = 2;
/** Real seconds: a few ticks of the jobs. */
const PATIENCE_SECONDS = 30;

/** From `wx.login` to the parameters of `wx.requestPayment`: how every story begins. */
export async function beginSale({ shopUrl, wechat, teller }: Stage): Promise<Sale> {
  const { code, openid } = await wechat.wxLogin();
  teller.people(`Somebody opens the mini-program; wx.login gives the code ${short(code)}`);
  const customer = new Customer(shopUrl, wechat, openid);
  const { token, expiresIn, user } = await customer.login(code);
  teller.asks('POST /api/auth/login', `token ${short(token, 6)} for ${expiresIn} s, user ${user.id}`);

  const products = await customer.products();
  const product = products.filter(({ stock }) => stock >= QUANTITY).sort(mostOfAll)[0];
  insist(product !== undefined, 'The shop has nothing to sell: start it with SEED_DEMO_DATA=true and a new database');
  const { name, priceFen, stock: stockBefore } = product;
  teller.asks(
    'GET  /api/products',
    `${products.length} products; ${name} costs ${yuan(priceFen)}, ${stockBefore} in stock`,
  );

  const order = await customer.orders(product, QUANTITY);
  insist(order.status === 'PENDING', `A new order must be PENDING, it is ${order.status}`);
  insist(order.payableFen === QUANTITY * priceFen, `${QUANTITY} pieces cannot cost ${yuan(order.payableFen)}`);
  teller.asks(
    'POST /api/orders',
    `${QUANTITY} pieces: order ${order.orderNo}, ${order.status}, ${yuan(order.payableFen)}`,
  );
  const reserved = await customer.stockOf(product);
  insist(reserved === stockBefore - QUANTITY, `Stock must be ${stockBefore - QUANTITY} now, it is ${reserved}`);
  teller.right(`the stock is reserved: ${stockBefore} before, ${reserved} now`);

  const payment = await customer.begins(order);
  teller.asks(
    'POST /api/orders/{orderNo}/pay',
    `${payment.outTradeNo}, ${short(payment.requestPayment['package'] ?? '', 24)}`,
  );
  return { customer, product, stockBefore, order, payment };
}

/** A sale that is paid for, told in a line: the stories of refunds begin after the first story has ended. */
export async function beginPaidSale(stage: Stage): Promise<Sale> {
  const sale = await beginSale({ ...stage, teller: stage.teller.silently() });
  const { customer, payment, product, order } = sale;
  const errMsg = await stage.wechat.requestPayment(customer.openid, payment.requestPayment);
  insist(errMsg === 'requestPayment:ok', `wx.requestPayment says ${errMsg}`);
  await insistOnPaid(stage, sale, await untilSeen(sale, 'PAID', PATIENCE_SECONDS));
  stage.teller.people(
    `Somebody buys ${QUANTITY} pieces of ${product.name}; order ${order.orderNo} is PAID, ${yuan(order.payableFen)}`,
  );
  return sale;
}

/** Waits until the mini-program sees the order in this state. */
export function untilSeen({ customer, order }: Sale, status: Order['status'], seconds: number): Promise<Order> {
  return until({ what: `Order ${order.orderNo} should become ${status}`, seconds }, async () => {
    const seen = await customer.sees(order);
    return seen.status === status ? seen : null;
  });
}

/** @throws NotAsItShouldBe unless the order and WeChat's books agree on what was paid. */
export async function insistOnPaid({ wechat }: Stage, { order, payment }: Sale, paid: Order): Promise<void> {
  const theirs = await wechat.paidFen(payment.outTradeNo);
  const isRight = paid.paidFen === order.payableFen && theirs === order.payableFen && paid.transactionId !== null;
  insist(isRight, `${yuan(order.payableFen)} were due; the order says ${yuan(paid.paidFen)}, WeChat ${yuan(theirs)}`);
}

function mostOfAll(one: Product, other: Product): number {
  return other.priceFen * other.stock - one.priceFen * one.stock;
}
