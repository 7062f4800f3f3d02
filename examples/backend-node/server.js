/**
 * The backend of a shop with its own orders: it lets wx-checkout collect the money, and ships each paid order once.
 * It keeps its orders in memory. Yours are in your database.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { CheckoutError, EventSignatureError, verifyEvent, WxCheckout } from '@wx-checkout/client';

const {
  CHECKOUT_URL = 'http://127.0.0.1:3000',
  CHECKOUT_API_KEY = '', // wxk_…, with the scopes payments:read and payments:write
  CHECKOUT_EVENT_SECRET = '', // whsec_…, shown once when you create the event endpoint
  PORT = '4000',
} = process.env;

const PRICES_FEN = { tea: 1288, cup: 4500 };

const checkout = new WxCheckout({ baseUrl: CHECKOUT_URL, apiKey: CHECKOUT_API_KEY });
/** Your orders, by number: { orderNo, sku, quantity, status }. */
const orders = new Map();

const routes = {
  /** The mini-program orders. The price is ours, never the client's. */
  'POST /orders': ({ sku, quantity }) => {
    if (!Object.hasOwn(PRICES_FEN, sku) || !Number.isInteger(quantity) || quantity < 1 || quantity > 99)
      return [400, { error: 'sku or quantity is wrong' }];
    const order = { orderNo: `S-${randomUUID()}`, sku, quantity, status: 'UNPAID' };
    orders.set(order.orderNo, order);
    return [201, order];
  },

  /**
   * The mini-program pays, with a fresh code of wx.login. May be repeated: there is one payment order for each of our orders.
   * Pass `requestPayment` to wx.requestPayment unchanged.
   */
  'POST /pay': async ({ orderNo, code }) => {
    const order = orders.get(orderNo);
    if (!order) return [404, { error: 'no such order' }];
    const payment = await checkout.createPaymentOrder({
      merchantOrderNo: order.orderNo,
      lines: [{ name: order.sku, unitFen: PRICES_FEN[order.sku], quantity: order.quantity }],
      payer: { code },
    });
    const { requestPayment } = await checkout.pay(payment.orderNo, { tradeType: 'JSAPI' });
    return [200, { requestPayment }];
  },

  'POST /status': ({ orderNo }) => (orders.has(orderNo) ? [200, orders.get(orderNo)] : [404, {}]),
};

/** An event may come twice, late, or after a newer one. The order's own status makes sure that it is shipped once. */
function handleEvent({ type, data }) {
  const order = data.object === 'order' ? orders.get(data.merchantOrderNo) : undefined;
  if (type !== 'order.paid' || order?.status !== 'UNPAID') return;
  // Your database: UPDATE orders SET status = 'PAID' WHERE order_no = ? AND status = 'UNPAID', and ship if one row changed.
  order.status = 'PAID';
  order.shipments = (order.shipments ?? 0) + 1;
  console.log(`ship ${order.quantity} × ${order.sku} for ${order.orderNo}`);
}

async function answer(request) {
  const body = await buffer(request);
  if (request.method === 'POST' && request.url === '/events') {
    handleEvent(verifyEvent(body, request.headers, CHECKOUT_EVENT_SECRET));
    return [204];
  }
  const route = routes[`${request.method} ${request.url}`];
  return route ? route(JSON.parse(body.toString('utf8'))) : [404, {}];
}

createServer((request, response) => {
  answer(request)
    .catch((error) => {
      if (error instanceof EventSignatureError || error instanceof SyntaxError) return [400, { error: error.message }];
      // The outcome may be unknown: the mini-program calls again, and gets the same payment.
      if (error instanceof CheckoutError) return [502, { error: error.code, retry: error.isRetryable }];
      console.error(error);
      return [500, {}];
    })
    .then(([status, json]) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(json && JSON.stringify(json));
    });
}).listen(Number(PORT), '127.0.0.1', function () {
  console.log(`shop backend: http://127.0.0.1:${this.address().port}`);
});
