import type { BenchDatabases } from '../support/databases.ts';
import { BuyerClient, logInBuyer } from '../../tools/client/buyer-client.ts';
import { ServiceClient, Session } from '../../tools/client/service-client.ts';
import { expectOk } from '../../tools/client/typed-client.ts';
import { PRODUCT_IDS, ShopEnvironment } from '../shop/shop-environment.ts';
import { insertApiKey } from '../support/api-key.ts';
import { median, type Figure } from '../support/figures.ts';
import { cpuSeconds } from '../support/processes.ts';

const CONCURRENCY = 8;
const WARM_UP_ROUNDS = 2;
const ROUNDS = 9;
/** Linux counts CPU in hundredths of a second: a round must take many of them. */
const ORDERS_PER_ROUND = 200;
/** Below MAX_PENDING_ORDERS_PER_USER: the orders stay unpaid. */
const ORDERS_PER_BUYER = 10;
const BUYERS = ((WARM_UP_ROUNDS + ROUNDS) * ORDERS_PER_ROUND) / ORDERS_PER_BUYER;
/** Seconds: no scheduled run queries the unpaid orders during the benchmark. */
const DAY_SECONDS = '86400';

interface Buyer {
  openid: string;
  client: BuyerClient;
}

/** Creates order `index` and begins its payment. */
type Work = (index: number) => Promise<void>;

/** What a round cost: CPU of the service, and time with database and simulator, for one order. */
interface Cost {
  cpuMs: number;
  wallMs: number;
}

/**
 * Measures an order with the call that begins its payment: a payment order of the server API against an order of the
 * catalogue, each with one line, in alternating rounds on one instance.
 */
export async function benchPaymentOrders(databases: BenchDatabases): Promise<Figure[]> {
  const environment = { RECONCILE_INTERVAL_SECONDS: DAY_SECONDS };
  const shop = await ShopEnvironment.open(databases, { purpose: 'payment_orders', instances: 1, environment });
  try {
    const service = new ServiceClient(shop.urls[0] ?? '');
    const buyers = await logInBuyers(shop, service);
    const key = await insertApiKey(shop.connection, 'payments:read payments:write');
    const works = [catalogueWork(buyers), paymentOrderWork(buyers, service.as(new Session(null, key)))];

    const costs: Cost[][] = [[], []];
    for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
      const turns = works.map((work, kind) => async () => {
        const cost = await costOfRound(shop, work, round * ORDERS_PER_ROUND);
        if (round >= WARM_UP_ROUNDS) costs[kind]?.push(cost);
      });
      for (const turn of round % 2 === 0 ? turns : turns.reverse()) await turn();
    }
    await assertOrdersRecorded(shop);
    return figuresOf(costs);
  } finally {
    await shop.close();
  }
}

async function logInBuyers(shop: ShopEnvironment, service: ServiceClient): Promise<Buyer[]> {
  const buyers: Buyer[] = [];
  for (let count = 0; count < BUYERS; count++) {
    const { code, openid } = await shop.wechat.wxLogin();
    const { token } = expectOk('login', await logInBuyer(service, code));
    buyers.push({ openid, client: new BuyerClient(service, new Session(null, token)) });
  }
  return buyers;
}

function buyerOf(buyers: Buyer[], index: number): Buyer {
  // Concurrent orders are of different buyers, because a buyer's orders are placed one after another.
  const buyer = buyers[index % buyers.length];
  if (!buyer) throw new Error(`Order ${index} has no buyer.`);
  return buyer;
}

function catalogueWork(buyers: Buyer[]): Work {
  return async (index) => {
    const { client } = buyerOf(buyers, index);
    const items = [{ productId: PRODUCT_IDS[index % PRODUCT_IDS.length] ?? '', quantity: 1 }];
    const { orderNo } = expectOk('order', await client.createOrder(items));
    expectOk('pay', await client.startPayment(orderNo, 'JSAPI'));
  };
}

function paymentOrderWork(buyers: Buyer[], service: ServiceClient): Work {
  return async (index) => {
    const { openid } = buyerOf(buyers, index);
    const lines = [{ name: 'Tea', unitFen: 1500, quantity: 1 }];
    const body = { merchantOrderNo: `bench-${index}`, lines, payer: { openid } };
    const { orderNo } = expectOk(
      'payment order',
      await service.request('POST', '/server/api/payment-orders', { body }),
    );
    const call = { path: { orderNo }, body: { tradeType: 'JSAPI' as const } };
    expectOk('pay', await service.request('POST', '/server/api/payment-orders/{orderNo}/pay', call));
  };
}

/** @param from the index of the first order */
async function costOfRound(shop: ShopEnvironment, work: Work, from: number): Promise<Cost> {
  const cpu = () => shop.processes.reduce((sum, child) => sum + cpuSeconds(child), 0);
  const cpuBefore = cpu();
  const startedAt = performance.now();
  const runOne = async (first: number): Promise<void> => {
    for (let index = first; index < from + ORDERS_PER_ROUND; index += CONCURRENCY) await work(index);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, (_, number) => runOne(from + number)));
  return {
    cpuMs: ((cpu() - cpuBefore) * 1000) / ORDERS_PER_ROUND,
    wallMs: (performance.now() - startedAt) / ORDERS_PER_ROUND,
  };
}

/** Both kinds must have left the same number of orders, each with one attempt that has a prepay. */
async function assertOrdersRecorded({ connection }: ShopEnvironment): Promise<void> {
  const [rows] = await connection.query(
    `SELECT o.origin, COUNT(*) orders FROM orders o JOIN payments p ON p.order_no = o.order_no
     WHERE o.status = 'PENDING' AND p.status = 'PREPAID' AND p.prepay_id IS NOT NULL GROUP BY 1`,
  );
  const counts = (rows as { orders: number }[]).map(({ orders }) => orders);
  const expected = (WARM_UP_ROUNDS + ROUNDS) * ORDERS_PER_ROUND;
  if (counts.length !== 2 || counts.some((count) => count !== expected))
    throw new Error(`Each kind has created ${expected} orders, but the database contains ${JSON.stringify(rows)}.`);
}

function figuresOf([catalogue = [], payment = []]: Cost[][]): Figure[] {
  const ratioOf = (what: keyof Cost) =>
    median(payment.map((cost, round) => cost[what] / (catalogue[round]?.[what] ?? NaN)));
  return [
    { name: 'CPU, payment order ÷ catalogue order', value: ratioOf('cpuMs'), unit: '', atMost: 1 },
    { name: '  payment order, create and pay', value: median(payment.map(({ cpuMs }) => cpuMs)), unit: 'ms' },
    { name: '  catalogue order, create and pay', value: median(catalogue.map(({ cpuMs }) => cpuMs)), unit: 'ms' },
    { name: '  time, payment order ÷ catalogue order', value: ratioOf('wallMs'), unit: '' },
  ];
}
