import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CatalogService } from '../../../src/catalog/catalog.service.js';
import { UnitOfWork } from '../../../src/database/unit-of-work.js';
import { Product } from '../../../src/catalog/product.entity.js';
import type { TestBuyer } from '../../support/clients/test-buyer.js';
import { sendRequest, type HttpResponse } from '../../../tools/client/http.js';
import { openTestShop, type TestShop } from '../../support/test-shop.js';
import { expectProblem, INSTANT_PATTERN } from '../support/expect-problem.js';

interface FullOrder {
  orderNo: string;
  status: string;
  totalFen: number;
  payableFen: number;
  items: { productId: string; name: string; unitFen: number; quantity: number }[];
  remark: string | null;
  createdAt: string;
}

interface PageJson {
  items: FullOrder[];
  nextCursor: string | null;
}

const ORDER_KEYS = [
  ...['orderNo', 'status', 'refundStatus', 'totalFen', 'discountFen', 'payableFen', 'paidFen', 'refundedFen', 'items'],
  ...['couponId', 'remark', 'transactionId', 'closeReason', 'createdAt', 'expiresAt', 'paidAt', 'closedAt'],
].sort();

describe('POST /api/orders', () => {
  let shop: TestShop;
  let alice: TestBuyer;
  let tea: string;
  let pen: string;

  beforeAll(async () => {
    shop = await openTestShop({ instances: 2 });
    alice = await shop.createUser('alice');
    tea = await shop.createProduct({ name: '龙井茶', priceFen: 8800, stock: 1000 });
    pen = await shop.createProduct({ name: '签字笔', priceFen: 350, stock: 1000 });
  });
  afterAll(() => shop.close());

  const placeOrder = <T = FullOrder>(body: unknown): Promise<HttpResponse<T>> => alice.call<T>('POST', 'orders', body);
  const line = (productId: string, quantity: unknown = 1): unknown => ({ productId, quantity });

  it('rejects a price that has changed since the buyer saw it, names the new price, and creates no order', async () => {
    const cake = await shop.createProduct({ name: '茶饼', priceFen: 10_000, stock: 5 });
    const body = (expected: object): unknown => ({ items: [line(cake, 2)], ...expected });
    expect((await placeOrder(body({ expectedTotalFen: 20_000 }))).body).toMatchObject({ totalFen: 20_000 });
    await shop.rawUpdate(`UPDATE products SET price_fen = 99900 WHERE product_id = '${cake}'`);
    for (const expected of [{ expectedTotalFen: 20_000 }, { expectedPayableFen: 20_000 }]) {
      const problem = expectProblem(await placeOrder(body(expected)), 409, 'PRICE_CHANGED');
      expect(problem).toMatchObject({ totalFen: 199_800, retryable: false });
      expect(problem.detail).toContain('¥1,998.00');
    }
    expect(await shop.getStock(cake)).toBe(3);
    expect((await placeOrder(body({ expectedTotalFen: 199_800, expectedPayableFen: 199_800 }))).status).toBe(201);
    expect((await placeOrder({ items: [line(pen)] })).status).toBe(201);
    for (const bad of [-1, 1.5, '20000']) {
      expectProblem(await placeOrder(body({ expectedTotalFen: bad })), 400, 'VALIDATION_FAILED');
    }
  });

  it('returns the first order to a repetition after the price has changed', async () => {
    const cake = await shop.createProduct({ name: '茶饼', priceFen: 100, stock: 5 });
    const headers = { 'idempotency-key': `price-${cake}` };
    const order = (expectedTotalFen: number): Promise<HttpResponse<FullOrder>> =>
      alice.call<FullOrder>('POST', 'orders', { items: [line(cake)], expectedTotalFen }, { headers });
    await shop.rawUpdate(`UPDATE products SET price_fen = 200 WHERE product_id = '${cake}'`);
    expectProblem(await order(100), 409, 'PRICE_CHANGED');
    const { status, body } = await order(200); // the rejected call did not use up the key
    expect(status).toBe(201);
    await shop.rawUpdate(`UPDATE products SET price_fen = 300 WHERE product_id = '${cake}'`);
    expect((await order(200)).body.orderNo).toBe(body.orderNo);
    expectProblem(await order(300), 409, 'IDEMPOTENCY_KEY_REUSED');
  });

  it('uses the catalogue prices and returns exactly the fields of the contract', async () => {
    const { status, body } = await placeOrder({ items: [line(tea, 2), line(pen, 3)], remark: '不要辣 🌶️' });
    expect(status).toBe(201);
    expect(Object.keys(body).sort()).toEqual(ORDER_KEYS);
    expect(body).toEqual({
      orderNo: expect.any(String),
      status: 'PENDING',
      refundStatus: 'NONE',
      totalFen: 18_650,
      discountFen: 0,
      payableFen: 18_650,
      paidFen: 0,
      refundedFen: 0,
      items: [
        {
          productId: tea,
          name: expect.stringContaining('龙井茶'),
          unitFen: 8800,
          quantity: 2,
          discountFen: 0,
          payableFen: 17_600,
          returnedQuantity: 0,
        },
        {
          productId: pen,
          name: expect.stringContaining('签字笔'),
          unitFen: 350,
          quantity: 3,
          discountFen: 0,
          payableFen: 1050,
          returnedQuantity: 0,
        },
      ],
      couponId: null,
      remark: '不要辣 🌶️',
      transactionId: null,
      closeReason: null,
      createdAt: expect.stringMatching(INSTANT_PATTERN),
      expiresAt: expect.stringMatching(INSTANT_PATTERN),
      paidAt: null,
      closedAt: null,
    });
    expect((await alice.call('GET', `orders/${body.orderNo}`)).body).toEqual(body);
    expect((await alice.call<PageJson>('GET', 'orders?limit=1')).body.items[0]).toEqual(body);
  });

  it('keeps the price at the time of the order', async () => {
    const product = await shop.createProduct({ priceFen: 100 });
    const order = await alice.createOrder({ productId: product });
    await shop.firstInstance.app
      .get(UnitOfWork)
      .run((tx) => tx.update(Product, { productId: product }, { priceFen: 200, name: 'new' }));
    expect(await alice.getOrder(order)).toEqual(order);
    expect(await alice.createOrder({ productId: product })).toMatchObject({ payableFen: 200 });
  });

  it.each(['priceFen', 'unitFen', 'totalFen', 'payableFen', 'discountFen', 'paidFen', 'status', 'userId', 'orderNo'])(
    'rejects a %s in the body',
    async (field) => {
      const before = await shop.getStock(tea);
      expectProblem(await placeOrder({ items: [line(tea)], [field]: 1 }), 400, 'VALIDATION_FAILED');
      expectProblem(
        await placeOrder({ items: [{ productId: tea, quantity: 1, [field]: 1 }] }),
        400,
        'VALIDATION_FAILED',
      );
      expect(await shop.getStock(tea)).toBe(before);
    },
  );

  it.each([0, -1, 1.5, 1000, 1e21, '1', null, true, [1], {}, undefined])(
    'rejects the quantity %p',
    async (quantity) => {
      const { errors } = expectProblem(
        await placeOrder({ items: [{ productId: tea, quantity }] }),
        400,
        'VALIDATION_FAILED',
      );
      expect(errors?.[0]?.field).toBe('items.0.quantity');
    },
  );

  it.each([undefined, null, '', {}, [], true, 'x'.repeat(65)])('rejects the product id %p', async (productId) => {
    expectProblem(await placeOrder({ items: [{ productId, quantity: 1 }] }), 400, 'VALIDATION_FAILED');
  });

  it('accepts 1 to 50 items', async () => {
    expectProblem(await placeOrder({ items: [] }), 400, 'VALIDATION_FAILED');
    expectProblem(await placeOrder({ items: Array.from({ length: 51 }, () => line(pen)) }), 400, 'VALIDATION_FAILED');
    const { body } = await placeOrder({ items: Array.from({ length: 50 }, () => line(pen)) });
    expect(body).toMatchObject({ totalFen: 50 * 350, items: [{ productId: pen, quantity: 50 }] });
  });

  it('rejects a total above the maximum amount', async () => {
    const car = await shop.createProduct({ name: 'car', priceFen: 900_000_000, stock: 100 });
    expectProblem(await placeOrder({ items: [line(car, 2)] }), 400, 'VALIDATION_FAILED');
    expect(await shop.getStock(car)).toBe(100);
    expect((await placeOrder({ items: [line(car)] })).status).toBe(201);
  });

  it('accepts a remark of up to 200 characters of any kind', async () => {
    for (const remark of [
      '',
      'é'.repeat(200),
      '🍵'.repeat(200),
      "'; DROP TABLE orders; --",
      'above\n\tbelow',
      '<b>&amp;</b>',
    ]) {
      const { status, body } = await placeOrder({ items: [line(pen)], remark });
      expect({ status, remark: body.remark }).toEqual({ status: 201, remark });
    }
    for (const remark of ['x'.repeat(201), '☎️'.repeat(200), 7, ['x'], '\u0000', '\u202eabc']) {
      expectProblem(await placeOrder({ items: [line(pen)], remark }), 400, 'VALIDATION_FAILED');
    }
  });

  it('reserves the stock', async () => {
    const before = await shop.getStock(tea);
    await placeOrder({ items: [line(tea, 7)] });
    expect(await shop.getStock(tea)).toBe(before - 7);
    const shown = await sendRequest<{ stock: number }>(`${shop.url}/api/products/${tea}`);
    expect(shown.body.stock).toBe(before - 7);
  });

  it('names the product that is out of stock, and reserves nothing for the other items', async () => {
    const rare = await shop.createProduct({ name: 'rare', stock: 1 });
    const before = await shop.getStock(tea);
    const { detail } = expectProblem(await placeOrder({ items: [line(tea, 5), line(rare, 2)] }), 409, 'OUT_OF_STOCK');
    expect(detail).toContain(rare);
    expect(detail).toContain('rare');
    expect([await shop.getStock(tea), await shop.getStock(rare)]).toEqual([before, 1]);
  });

  it('adds up items of the same product before it checks the stock', async () => {
    const rare = await shop.createProduct({ stock: 3 });
    expectProblem(await placeOrder({ items: [line(rare, 2), line(rare, 2)] }), 409, 'OUT_OF_STOCK');
    expect(await shop.getStock(rare)).toBe(3);
    expect((await placeOrder({ items: [line(rare, 2), line(rare, 1)] })).body.items).toEqual([
      expect.objectContaining({ quantity: 3 }),
    ]);
  });

  it('responds with PRODUCT_NOT_FOUND, and reserves nothing for the other items', async () => {
    const before = await shop.getStock(tea);
    for (const productId of ['NOSUCHPRODUCT000', tea.toLowerCase(), `${tea} `, ` ${tea}`, '%', 'é']) {
      expectProblem(await placeOrder({ items: [line(tea), line(productId)] }), 404, 'PRODUCT_NOT_FOUND');
      expectProblem(
        await sendRequest(`${shop.url}/api/products/${encodeURIComponent(productId)}`),
        404,
        'PRODUCT_NOT_FOUND',
      );
    }
    expect(await shop.getStock(tea)).toBe(before);
  });

  it('responds with COUPON_NOT_USABLE for a coupon that the user does not have', async () => {
    const before = await shop.getStock(tea);
    expectProblem(await placeOrder({ items: [line(tea)], couponId: 'NOSUCHCOUPON' }), 409, 'COUPON_NOT_USABLE');
    expect(await shop.getStock(tea)).toBe(before);
  });

  it('creates an order number that WeChat accepts and that does not reveal the number of orders', async () => {
    const numbers = [];
    for (let count = 0; count < 20; count++) numbers.push((await alice.createOrder({ productId: pen })).orderNo);
    for (const number of numbers) expect(number).toMatch(/^[0-9A-Za-z_*|-]{8,28}$/);
    // Numbers do not increase, and consecutive ones share only the date.
    expect(numbers.toSorted()).not.toEqual(numbers);
    expect(new Set(numbers.map((number) => number.slice(8, 12))).size).toBeGreaterThan(15);
    const pay = await alice.startPayment(await alice.createOrder({ productId: pen }));
    expect(pay.outTradeNo).toMatch(/^[0-9A-Za-z_*|-]{1,32}$/);
  });

  it('gives the last ten units to exactly ten of thirty concurrent orders', async () => {
    const rare = await shop.createProduct({ name: 'rare', priceFen: 100, stock: 10 });
    const buyers = await Promise.all(Array.from({ length: 30 }, (_, number) => shop.createUser(`buyer${number}`)));
    const order = { items: [line(rare), line(tea)] };
    const answers = await Promise.all(
      buyers.map((buyer, number) => buyer.call('POST', 'orders', order, { at: number % 2 })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(10);
    for (const reply of answers.filter(({ status }) => status !== 201)) expectProblem(reply, 409, 'OUT_OF_STOCK');
    expect(await shop.getStock(rare)).toBe(0);
  });

  it('creates concurrent orders that list the same products in another sequence', async () => {
    const buyers = await Promise.all(Array.from({ length: 20 }, (_, number) => shop.createUser(`crossing${number}`)));
    const before = [await shop.getStock(tea), await shop.getStock(pen)];
    const answers = await Promise.all(
      buyers.map((buyer, number) =>
        buyer.call('POST', 'orders', { items: number % 2 ? [line(tea), line(pen)] : [line(pen), line(tea)] }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    expect([await shop.getStock(tea), await shop.getStock(pen)]).toEqual(before.map((stock) => stock - 20));
  });
});

describe('GET /api/orders', () => {
  let shop: TestShop;
  let alice: TestBuyer;
  let bob: TestBuyer;
  let tea: string;

  beforeAll(async () => {
    shop = await openTestShop();
    alice = await shop.createUser('alice');
    bob = await shop.createUser('bob');
    tea = await shop.createProduct();
    for (const buyer of [alice, bob]) await buyer.createOrder({ productId: tea });
  });
  afterAll(() => shop.close());

  const list = async (query: string): Promise<FullOrder[]> =>
    (await alice.call<PageJson>('GET', `orders?limit=100&${query}`)).body.items;

  it('lists only the user’s own orders, newest first', async () => {
    await alice.createOrder({ productId: tea });
    const mine = await list('');
    expect(mine.map(({ createdAt }) => createdAt)).toEqual(
      mine
        .map(({ createdAt }) => createdAt)
        .toSorted()
        .toReversed(),
    );
    const [his] = (await bob.call<PageJson>('GET', 'orders')).body.items;
    expect(mine.map(({ orderNo }) => orderNo)).not.toContain(his?.orderNo);
    for (const path of ['', '/pay', '/cancel', '/sync']) {
      const reply = await alice.call(path === '' ? 'GET' : 'POST', `orders/${his?.orderNo ?? ''}${path}`);
      expectProblem(reply, 404, 'ORDER_NOT_FOUND');
    }
  });

  it('filters by status', async () => {
    const cancelled = await alice.createOrder({ productId: tea });
    await alice.cancelOrder(cancelled);
    const paid = await alice.createOrder({ productId: tea });
    await alice.pay(paid, { notify: 'lost' });
    await alice.syncOrder(paid);
    expect((await list('status=CLOSED')).map(({ orderNo }) => orderNo)).toEqual([cancelled.orderNo]);
    expect((await list('status=PAID')).map(({ orderNo }) => orderNo)).toEqual([paid.orderNo]);
    expect(new Set((await list('status=PENDING')).map(({ status }) => status))).toEqual(new Set(['PENDING']));
    for (const status of ['paid', 'NONE', '', 'PAID&status=CLOSED']) {
      expectProblem(await alice.call('GET', `orders?status=${status}`), 400, 'VALIDATION_FAILED');
    }
  });

  it('filters by time: from inclusive, to exclusive', async () => {
    const first = await alice.createOrder({ productId: tea });
    await shop.wechat.advanceTime({ minutes: 10 });
    const second = (await alice.createOrder({ productId: tea })) as unknown as FullOrder;
    const numbers = async (query: string): Promise<string[]> => (await list(query)).map(({ orderNo }) => orderNo);
    expect(await numbers(`from=${second.createdAt}`)).toEqual([second.orderNo]);
    expect(await numbers(`to=${second.createdAt}`)).not.toContain(second.orderNo);
    expect(await numbers(`to=${second.createdAt}`)).toContain(first.orderNo);
    const inBeijing = new Date(Date.parse(second.createdAt) + 8 * 3_600_000).toISOString().replace('Z', '+08:00');
    expect(await numbers(`from=${encodeURIComponent(inBeijing)}`)).toEqual([second.orderNo]);
    expect(await numbers(`from=${second.createdAt}&to=${second.createdAt}`)).toEqual([]);
  });

  it.each([
    'yesterday',
    '2026-13-01T00:00:00Z',
    '2026-11-31T00:00:00Z',
    '2026-W47',
    '2026-W47-1',
    '2026-325',
    '2026-11-21T03:04:05',
    '1700000000',
    '',
    'Infinity',
  ])('rejects the instant %p: it is none, or one of no certain zone', async (instant) => {
    for (const field of ['from', 'to'])
      expectProblem(await alice.call('GET', `orders?${field}=${instant}`), 400, 'VALIDATION_FAILED');
  });

  it('GET /api/products returns exactly the fields of the contract', async () => {
    await shop.firstInstance.app
      .get(CatalogService)
      .add([{ name: 'full', description: 'd', priceFen: 1, stock: 2, imageUrl: 'https://a.example/b.png' }]);
    const { body } = await sendRequest<{ items: { id: string }[] }>(`${shop.url}/api/products?limit=1`);
    expect(body.items).toEqual([
      {
        id: expect.any(String),
        name: 'full',
        description: 'd',
        priceFen: 1,
        stock: 2,
        imageUrl: 'https://a.example/b.png',
      },
    ]);
    const one = await sendRequest(`${shop.url}/api/products/${body.items[0]?.id ?? ''}`);
    expect(one.body).toEqual(body.items[0]);
  });
});
