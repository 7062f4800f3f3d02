import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestBuyer, OrderJson, ProblemJson } from '../../support/clients/test-buyer.js';
import type { HttpResponse } from '../../../tools/client/http.js';
import { MetricsScrape } from '../../support/clients/metrics-scrape.js';
import { openTestShop, type TestShop } from '../../support/test-shop.js';
import { expectProblem } from '../support/expect-problem.js';

describe('limits of pending orders per user', () => {
  let shop: TestShop;

  beforeAll(async () => {
    const environment = { MAX_PENDING_ORDERS_PER_USER: '3', MAX_UNPAID_PIECES_PER_USER: '10' };
    shop = await openTestShop({ instances: 2, environment });
  });
  afterAll(() => shop.close());

  const placeOrder = (
    customer: TestBuyer,
    items: { productId: string; quantity: number }[],
    { at = 0, headers = {} } = {},
  ): Promise<HttpResponse<OrderJson & ProblemJson>> =>
    customer.call<OrderJson & ProblemJson>('POST', 'orders', { items }, { at, headers });

  /** How many calls both instances have rejected because of this limit. */
  const refusals = async (limit: string): Promise<number> => {
    const scrapes = await Promise.all(shop.instances.map(({ url }) => MetricsScrape.fetch(url)));
    return scrapes.reduce((sum, scrape) => sum + (scrape.getValue('limits_reached_total', { limit }) ?? NaN), 0);
  };

  it('order: rejects more than MAX_PENDING_ORDERS_PER_USER pending orders, also when they arrive at the same time', async () => {
    const [alice, bob] = [await shop.createUser('alice'), await shop.createUser('bob')];
    const productId = await shop.createProduct({ stock: 100 });
    const before = await refusals('pending-orders');
    const replies = await Promise.all(
      Array.from({ length: 12 }, (_, call) => placeOrder(alice, [{ productId, quantity: 1 }], { at: call % 2 })),
    );
    const refused = replies.filter(({ status }) => status !== 201);
    expect(refused).toHaveLength(9);
    for (const reply of refused) expectProblem(reply, 409, 'ORDER_LIMIT_REACHED');
    expect(await shop.getStock(productId)).toBe(97);
    expect(await refusals('pending-orders')).toBe(before + 9);
    expect((await placeOrder(bob, [{ productId, quantity: 1 }])).status).toBe(201);
  });

  it('order: rejects more than MAX_UNPAID_PIECES_PER_USER units of one product, also when orders arrive at the same time', async () => {
    const alice = await shop.createUser('alice');
    const productId = await shop.createProduct({ stock: 100 });
    const before = await refusals('unpaid-pieces');
    const replies = await Promise.all(
      [0, 1, 0, 1].map((at) => placeOrder(alice, [{ productId, quantity: 6 }], { at })),
    );
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const reply of replies.filter(({ status }) => status !== 201))
      expectProblem(reply, 409, 'ORDER_LIMIT_REACHED');
    expect(await shop.getStock(productId)).toBe(94);
    expect(await refusals('unpaid-pieces')).toBe(before + 3);
  });

  it('order: adds up the items of a product, and counts each product separately', async () => {
    const alice = await shop.createUser('alice');
    const [tea, cup] = [await shop.createProduct({ stock: 100 }), await shop.createProduct({ stock: 100 })];
    const six = { productId: tea, quantity: 6 };
    expectProblem(await placeOrder(alice, [six, { productId: tea, quantity: 5 }]), 409, 'ORDER_LIMIT_REACHED');
    expect((await placeOrder(alice, [six, { productId: cup, quantity: 10 }])).status).toBe(201);
    expect((await placeOrder(alice, [{ productId: tea, quantity: 4 }])).status).toBe(201);
    const chinese = { headers: { 'accept-language': 'zh-CN' } };
    const refused = expectProblem(
      await placeOrder(alice, [{ productId: tea, quantity: 1 }], chinese),
      409,
      'ORDER_LIMIT_REACHED',
    );
    expect(refused.detail).toBe('同一商品待支付的数量最多 10 件，请减少数量，或先支付、取消之前的订单。');
  });

  it('order: a paid or cancelled order no longer counts', async () => {
    const alice = await shop.createUser('alice');
    const productId = await shop.createProduct({ stock: 100 });
    const line = { productId, quantity: 3 };
    const [first, second] = [
      await alice.createOrder(line),
      await alice.createOrder(line),
      await alice.createOrder(line),
    ];
    expectProblem(await placeOrder(alice, [line]), 409, 'ORDER_LIMIT_REACHED');
    expect((await alice.cancelOrder(first)).status).toBe(200);
    expect((await placeOrder(alice, [line])).status).toBe(201);
    await alice.pay(second);
    expect((await alice.syncOrder(second)).body.status).toBe('PAID');
    expect((await placeOrder(alice, [line])).status).toBe(201);
    expectProblem(await placeOrder(alice, [line]), 409, 'ORDER_LIMIT_REACHED');
  });

  it('order: a repetition with its Idempotency-Key returns the first response, also when the limit has been reached since', async () => {
    const alice = await shop.createUser('alice');
    const line = { productId: await shop.createProduct({ stock: 100 }), quantity: 1 };
    const headers = { 'idempotency-key': 'the-first' };
    const first = await placeOrder(alice, [line], { headers });
    for (let order = 2; order <= 3; order++) await alice.createOrder(line);
    expectProblem(await placeOrder(alice, [line]), 409, 'ORDER_LIMIT_REACHED');
    expect(await placeOrder(alice, [line], { headers })).toMatchObject({ status: 201, body: first.body });
  });
});
