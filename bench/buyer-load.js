import { Agent, request } from 'undici';

/**
 * Simulates buyers with mini-programs, in its own process. Each buyer logs in, orders, requests the payment, pays, waits
 * until the shop shows the order as paid, and starts again. Steps are timed as a phone sees them; the simulator's work for
 * the payer between them is not.
 *
 * @typedef {{ shops: string[], wechat: string, productIds: string[], buyers: number, seconds: number }} BuyerLoad
 * @typedef {'login' | 'order' | 'pay' | 'notify' | 'read'} Step
 * `notify`: from the payment, including the notice to the shop and the shop's answer, to the payer's phone;
 * `read`: `GET /api/orders/{orderNo}` after that
 * @typedef {{ seconds: number, sold: number, confirmedLate: number, steps: Record<Step, number[]> }} Sales
 * `confirmedLate`: sales that the first read did not show as paid; `steps` in milliseconds
 */

const agent = new Agent({ connections: 128 });
/** A sale that takes longer than this has failed. */
const PAYMENT_TIMEOUT_MS = 20_000;

process.on('message', (/** @type {BuyerLoad} */ load) => {
  runBuyers(load).then(
    (sales) => process.send?.(sales),
    (error) => {
      process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
      process.exit(1);
    },
  );
});

/**
 * @param {BuyerLoad} load
 * @returns {Promise<Sales>}
 */
async function runBuyers({ shops, wechat, productIds, buyers, seconds }) {
  /** @type {Sales} */
  const sales = {
    seconds: 0,
    sold: 0,
    confirmedLate: 0,
    steps: { login: [], order: [], pay: [], notify: [], read: [] },
  };
  let turn = 0;
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1000;
  const buyer = async (/** @type {number} */ number) => {
    while (performance.now() < endsAt) {
      // Each call goes to the next instance, as behind a proxy without sticky sessions.
      const shop = () => shops[turn++ % shops.length] ?? '';
      const productId = productIds[(number + sales.sold) % productIds.length] ?? '';
      await buy({ shop, wechat, productId, sales });
      sales.sold++;
    }
  };
  await Promise.all(Array.from({ length: buyers }, (_, number) => buyer(number)));
  sales.seconds = (performance.now() - startedAt) / 1000;
  return sales;
}

/** @param {{ shop: () => string, wechat: string, productId: string, sales: Sales }} sale */
async function buy({ shop, wechat, productId, sales }) {
  const timed = async (/** @type {Step} */ step, /** @type {() => Promise<any>} */ work) => {
    const sentAt = performance.now();
    const answer = await work();
    sales.steps[step].push(performance.now() - sentAt);
    return answer;
  };
  const { code, openid } = await call('POST', `${wechat}/_control/codes`, { body: {} });
  const { token } = await timed('login', () => call('POST', `${shop()}/api/auth/login`, { body: { code } }));
  const items = [{ productId, quantity: 1 }];
  const order = await timed('order', () => call('POST', `${shop()}/api/orders`, { token, body: { items } }));
  const path = `/api/orders/${order.orderNo}`;
  const { requestPayment } = await timed('pay', () =>
    call('POST', `${shop()}${path}/pay`, { token, body: { tradeType: 'JSAPI' } }),
  );
  // The phone shows the payment once the shop has answered the notice: a payer waits for that.
  const payment = { openid, requestPayment, notify: 'before-answer' };
  await timed('notify', () => call('POST', `${wechat}/_control/cashier/pay`, { body: payment }));
  const seen = await timed('read', () => call('GET', `${shop()}${path}`, { token }));
  if (seen.status === 'PAID') return;
  sales.confirmedLate++;
  const deadline = performance.now() + PAYMENT_TIMEOUT_MS;
  for (;;) {
    if ((await call('POST', `${shop()}${path}/sync`, { token })).status === 'PAID') return;
    if (performance.now() > deadline)
      throw new Error(`${order.orderNo} was paid, but the shop does not show it as paid.`);
  }
}

/**
 * @param {'GET' | 'POST'} method
 * @param {string} url
 * @param {{ token?: string, body?: object }} options
 * @returns {Promise<any>} the answer's JSON
 */
async function call(method, url, { token, body }) {
  const answer = await request(url, {
    method,
    dispatcher: agent,
    headers: {
      ...(body && { 'content-type': 'application/json' }),
      ...(token && { authorization: `Bearer ${token}` }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.body.text();
  if (answer.statusCode >= 300) throw new Error(`${method} ${url}: ${answer.statusCode} ${text.slice(0, 300)}`);
  return JSON.parse(text);
}
