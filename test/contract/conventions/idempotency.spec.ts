import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestBuyer, OrderJson } from '../../support/clients/test-buyer.js';
import type { HttpResponse } from '../../../tools/client/http.js';
import { openTestShop, type TestShop } from '../../support/test-shop.js';
import { expectProblem } from '../support/expect-problem.js';

describe('an order with an Idempotency-Key', () => {
  let shop: TestShop;
  let alice: TestBuyer;
  let tea: string;

  beforeAll(async () => {
    shop = await openTestShop({ instances: 2 });
    alice = await shop.createUser('alice');
    tea = await shop.createProduct({ stock: 1000 });
  });
  afterAll(() => shop.close());

  const basket = (quantity = 1): unknown => ({ items: [{ productId: tea, quantity }] });
  const placeOrder = (
    key: string,
    body: unknown = basket(),
    { buyer = alice, at = 0 } = {},
  ): Promise<HttpResponse<OrderJson>> =>
    buyer.call('POST', 'orders', body, { headers: { 'idempotency-key': key }, at });
  const howMany = async (buyer = alice): Promise<number> =>
    (await buyer.call<{ items: unknown[] }>('GET', 'orders?limit=100')).body.items.length;

  it('is created once, and every repetition returns the same response', async () => {
    const key = randomUUID();
    const before = { orders: await howMany(), stock: await shop.getStock(tea) };
    const first = await placeOrder(key);
    expect(first.status).toBe(201);
    for (const at of [0, 1, 0]) {
      const { status, body } = await placeOrder(key, basket(), { at });
      expect({ status, body }).toEqual({ status: 201, body: first.body });
    }
    expect({ orders: await howMany(), stock: await shop.getStock(tea) }).toEqual({
      orders: before.orders + 1,
      stock: before.stock - 1,
    });
  });

  it('returns the first response, also after the order was paid or closed', async () => {
    const key = randomUUID();
    const { body } = await placeOrder(key);
    await alice.cancelOrder(body);
    expect((await placeOrder(key)).body).toEqual(body);
    expect(await alice.getOrder(body)).toMatchObject({ status: 'CLOSED' });
  });

  it('is the same order when the fields come in another order', async () => {
    const key = randomUUID();
    const { body } = await placeOrder(key, { items: [{ productId: tea, quantity: 1 }], remark: 'x' });
    expect((await placeOrder(key, { remark: 'x', items: [{ quantity: 1, productId: tea }] })).body).toEqual(body);
    expect((await placeOrder(key, { remark: ' x ', items: [{ quantity: 1, productId: tea }] })).body).toEqual(body);
  });

  it('is rejected when the key comes with another body', async () => {
    const key = randomUUID();
    const { body } = await placeOrder(key);
    for (const other of [basket(2), { ...(basket() as object), remark: 'x' }]) {
      expectProblem(await placeOrder(key, other), 409, 'IDEMPOTENCY_KEY_REUSED');
    }
    expect((await placeOrder(key)).body).toEqual(body);
  });

  it.each([2, 20])('is created once when %s requests arrive at the same time', async (times) => {
    const key = randomUUID();
    const before = { orders: await howMany(), stock: await shop.getStock(tea) };
    const answers = await Promise.all(
      Array.from({ length: times }, (_, number) => placeOrder(key, basket(), { at: number % 2 })),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    for (const { body } of answers) expect(body).toEqual(answers[0]?.body);
    expect({ orders: await howMany(), stock: await shop.getStock(tea) }).toEqual({
      orders: before.orders + 1,
      stock: before.stock - 1,
    });
  });

  it('is created once when twenty concurrent requests take the last unit', async () => {
    const rare = await shop.createProduct({ stock: 1 });
    const key = randomUUID();
    const body = { items: [{ productId: rare, quantity: 1 }] };
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, number) => placeOrder(key, body, { at: number % 2 })),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    expect(new Set(answers.map((answer) => answer.body.orderNo)).size).toBe(1);
    expect(await shop.getStock(rare)).toBe(0);
  });

  it('is created once, and the others are rejected, when different bodies arrive at the same time', async () => {
    const key = randomUUID();
    const answers = await Promise.all(
      [1, 2, 3, 4, 5, 6].map((quantity) => placeOrder(key, basket(quantity), { at: quantity % 2 })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const reply of answers.filter(({ status }) => status !== 201))
      expectProblem(reply, 409, 'IDEMPOTENCY_KEY_REUSED');
  });

  it('is separate from the order of another user under the same key', async () => {
    const bob = await shop.createUser('bob');
    const key = randomUUID();
    const [hers, his] = await Promise.all([placeOrder(key), placeOrder(key, basket(), { buyer: bob })]);
    expect([hers.status, his.status]).toEqual([201, 201]);
    expect(his.body.orderNo).not.toBe(hers.body.orderNo);
    expect(await howMany(bob)).toBe(1);
  });

  it('is another order under a key that differs only in case or by a space', async () => {
    const key = `case-${randomUUID()}`;
    const numbers = await Promise.all(
      [key, key.toUpperCase(), `${key.slice(0, 4)} ${key.slice(4)}`].map(
        async (each) => (await placeOrder(each)).body.orderNo,
      ),
    );
    expect(new Set(numbers).size).toBe(3);
  });

  it.each(['x', 'x'.repeat(64), '~!@#$%^&*()', 'a key with spaces', '"quoted"'])('accepts the key %p', async (key) => {
    const buyer = await shop.createUser('carol');
    const first = await placeOrder(key, basket(), { buyer });
    expect(first.status).toBe(201);
    expect((await placeOrder(key, basket(), { buyer })).body).toEqual(first.body);
  });

  it.each(['', 'x'.repeat(65), 'schlüssel', 'tab\there'])('rejects the key %p', async (key) => {
    const before = await howMany();
    const { errors } = expectProblem(await placeOrder(key), 400, 'VALIDATION_FAILED');
    expect(errors?.[0]?.field).toBe('Idempotency-Key');
    expect(await howMany()).toBe(before);
  });

  it('that failed does not use up the key', async () => {
    const rare = await shop.createProduct({ stock: 1 });
    const key = randomUUID();
    expectProblem(await placeOrder(key, { items: [{ productId: rare, quantity: 2 }] }), 409, 'OUT_OF_STOCK');
    expectProblem(
      await placeOrder(key, { items: [{ productId: 'NOSUCHPRODUCT000', quantity: 2 }] }),
      404,
      'PRODUCT_NOT_FOUND',
    );
    expectProblem(await placeOrder(key, { items: [] }), 400, 'VALIDATION_FAILED');
    expect((await placeOrder(key, { items: [{ productId: rare, quantity: 1 }] })).status).toBe(201);
  });
});
