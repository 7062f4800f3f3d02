import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { StockMovement } from '../../../src/catalog/stock-movement.entity.js';
import type { TestBuyer, OrderJson } from '../../support/clients/test-buyer.js';
import { sendRequest, type HttpResponse } from '../../../tools/client/http.js';
import { openTestShop, type TestShop } from '../../support/test-shop.js';
import { type TestStaff, createStaff, type PageJson, logInStaff } from '../support/test-staff.js';
import { expectProblem } from '../support/expect-problem.js';

interface ProductJson {
  id: string;
  name: string;
  description: string;
  priceFen: number;
  stock: number;
  imageUrl: string | null;
  onSale?: boolean;
}

const TEA = {
  name: '龙井茶 🍵 Longjing',
  description: '明前特级，50 克。',
  priceFen: 8800,
  stock: 200,
  imageUrl: 'https://cdn.example.com/龙井.png?w=300',
};

let shop: TestShop;
let operator: TestStaff;

beforeAll(async () => {
  shop = await openTestShop({ instances: 2 });
  operator = await createStaff(shop, 'OPERATOR');
});
afterAll(() => shop.close());

const create = (body: object): Promise<HttpResponse<ProductJson>> => operator.call('POST', 'products', body);
const change = (id: string, body: object, at = 0): Promise<HttpResponse<ProductJson>> =>
  operator.call('PATCH', `products/${id}`, body, at);
const made = async (overrides: object = {}): Promise<ProductJson> => (await create({ ...TEA, ...overrides })).body;
const list = async (query: string): Promise<PageJson<ProductJson>> =>
  (await operator.call<PageJson<ProductJson>>('GET', `products?${query}`)).body;
/** The stock of a product, computed from its stock movements. */
const movedStock = async (id: string): Promise<number> =>
  (await shop.firstInstance.findAll(StockMovement))
    .filter(({ productId }) => productId === id)
    .reduce((sum, { pieces }) => sum + pieces, 0);

describe('admin products', () => {
  it('are listed to buyers at once with the given fields', async () => {
    const { status, body } = await create(TEA);
    expect({ status, body }).toEqual({ status: 201, body: { id: expect.any(String), ...TEA, onSale: true } });
    const shown = { id: body.id, ...TEA };
    expect((await sendRequest<PageJson<ProductJson>>(`${shop.url}/api/products?limit=1`)).body.items).toEqual([shown]);
    expect((await sendRequest(`${shop.url}/api/products/${body.id}`)).body).toEqual(shown);
    expect((await operator.call('GET', `products/${body.id}`)).body).toEqual(body);
    expect(await movedStock(body.id)).toBe(200);
  });

  it('require a name, a price and a stock', async () => {
    const { status, body } = await create({ name: 'Plain', priceFen: 1, stock: 0 });
    expect({ status, body }).toMatchObject({ status: 201, body: { description: '', imageUrl: null, stock: 0 } });
    expect((await made({ imageUrl: '' })).imageUrl).toBeNull();
  });

  const bad: [string, unknown][] = [
    ...['', '   ', 'x'.repeat(101), 7, null].map((name): [string, unknown] => ['name', name]),
    ...[0, -1, 1.5, 1_000_000_001, '100', null].map((price): [string, unknown] => ['priceFen', price]),
    ...[-1, 0.5, 1_000_000_001, '5', null].map((stock): [string, unknown] => ['stock', stock]),
    ...['x'.repeat(2001), null, {}].map((text): [string, unknown] => ['description', text]),
    ['imageUrl', 'javascript:alert(1)'],
    ['imageUrl', 'ftp://example.com/a.png'],
    ['imageUrl', '/a.png'],
    ['imageUrl', `https://example.com/${'a'.repeat(500)}`],
    ['imageUrl', 5],
    ['onSale', null],
    ['onSale', 'no'],
    ['imageUrl', null],
    ['productId', 'MINE'],
    ['createdAt', '2026-01-01T00:00:00.000Z'],
  ];
  it.each(bad)('reject %s: %j on creation and change', async (field, value) => {
    const refused = [await create({ ...TEA, [field]: value }), await change((await made()).id, { [field]: value })];
    for (const reply of refused) {
      const { errors } = expectProblem(reply, 400, 'VALIDATION_FAILED');
      expect(errors?.map((error) => error.field)).toEqual([field]);
    }
  });

  it('change only the given fields', async () => {
    const tea = await made();
    for (const part of [
      { name: 'Green tea' },
      { description: '' },
      { priceFen: 1 },
      { imageUrl: '' },
      { stock: 3 },
      {},
    ]) {
      const { status, body } = await change(tea.id, part);
      Object.assign(tea, part, 'imageUrl' in part && { imageUrl: null });
      expect({ status, body }).toEqual({ status: 200, body: tea });
      const { onSale, ...shown } = tea;
      expect(onSale).toBe(true);
      expect((await sendRequest(`${shop.url}/api/products/${tea.id}`)).body).toEqual(shown);
    }
    expect(await movedStock(tea.id)).toBe(3);
    expectProblem(await change('NOSUCHPRODUCT', { stock: 1 }), 404, 'PRODUCT_NOT_FOUND');
    expectProblem(await operator.call('GET', 'products/NOSUCHPRODUCT'), 404, 'PRODUCT_NOT_FOUND');
  });

  it('are found by id and by part of the name, page by page', async () => {
    const ids: string[] = [];
    for (const name of ['Oolong 10%_off', 'Oolong 100', 'OOLONG !x']) ids.unshift((await made({ name })).id);
    const first = await list('q=oolong&limit=2&withTotal=true');
    expect(first.total).toBe(3);
    const second = await list(`q=oolong&limit=2&withTotal=true&cursor=${first.nextCursor ?? ''}`);
    expect(second).toMatchObject({ nextCursor: null, total: 3 });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids);
    for (const [q, name] of [
      ['10%25_', 'Oolong 10%_off'],
      ['!X', 'OOLONG !x'],
      [ids[1] ?? '', 'Oolong 100'],
    ]) {
      expect((await list(`q=${q}`)).items.map((product) => product.name)).toEqual([name]);
    }
    expect((await list("q=nothing' OR 1=1")).items).toEqual([]);
    expect(await list('limit=1')).not.toHaveProperty('total');
  });
});

describe('a product that is not on sale', () => {
  const order = (customer: TestBuyer, productId: string): Promise<HttpResponse> =>
    customer.call('POST', 'orders', { items: [{ productId, quantity: 1 }] });
  const shownIds = async (): Promise<string[]> =>
    (await sendRequest<PageJson<ProductJson>>(`${shop.url}/api/products?limit=100`)).body.items.map(({ id }) => id);

  it('is not listed to buyers and cannot be ordered, regardless of its stock', async () => {
    const [tea, alice] = [await made(), await shop.createUser('alice')];
    expect(await shownIds()).toContain(tea.id);
    expect((await change(tea.id, { onSale: false })).body).toEqual({ ...tea, onSale: false });
    expect(await shownIds()).not.toContain(tea.id);
    expectProblem(await sendRequest(`${shop.url}/api/products/${tea.id}`), 404, 'PRODUCT_NOT_FOUND');
    expectProblem(await order(alice, tea.id), 404, 'PRODUCT_NOT_FOUND');
    expect(await shop.getStock(tea.id)).toBe(TEA.stock);
    await change(tea.id, { onSale: true });
    expect((await order(alice, tea.id)).status).toBe(201);
    const boss = await logInStaff(shop, 'boss');
    const audit = await boss.call<PageJson<{ after: ProductJson }>>('GET', `audit-log?q=${tea.id}`);
    expect(audit.body.items.map(({ after }) => after.onSale)).toEqual([true, false, true]);
  });

  it('can be created off sale, and is listed only to staff, also by a filter', async () => {
    const { status, body } = await create({ ...TEA, name: 'Draft oolong', onSale: false });
    expect([status, body.onSale]).toEqual([201, false]);
    expect(await shownIds()).not.toContain(body.id);
    expect((await operator.call('GET', `products/${body.id}`)).body).toMatchObject({ onSale: false });
    const ids = async (query: string): Promise<string[]> => (await list(query)).items.map(({ id }) => id);
    expect(await ids('q=draft&onSale=false')).toEqual([body.id]);
    expect(await ids('q=draft&onSale=true')).toEqual([]);
    expect(await ids('q=draft')).toEqual([body.id]);
    expectProblem(await operator.call('GET', 'products?onSale=perhaps'), 400, 'VALIDATION_FAILED');
  });

  it('stays off sale when a pending order returns its units, and a pending order can still be paid', async () => {
    const [tea, alice] = [await made({ stock: 3 }), await shop.createUser('alice')];
    const held = await alice.createOrder({ productId: tea.id, quantity: 2 });
    const paid = await alice.createOrder({ productId: tea.id });
    await change(tea.id, { onSale: false });
    await alice.cancelOrder(held);
    expect(await shop.getStock(tea.id)).toBe(2);
    expectProblem(await order(alice, tea.id), 404, 'PRODUCT_NOT_FOUND');
    await alice.pay(paid);
    expect((await alice.syncOrder(paid)).body).toMatchObject({ status: 'PAID' });
  });
});

describe('a change of a product with pending orders', () => {
  it('of the price does not affect existing orders', async () => {
    const [tea, alice] = [await made({ priceFen: 1500 }), await shop.createUser('alice')];
    const order = await alice.createOrder({ productId: tea.id, quantity: 2 });
    await change(tea.id, { priceFen: 9900, name: 'Dear tea' });
    expect(await alice.getOrder(order)).toMatchObject({ payableFen: 3000, items: [{ name: TEA.name, unitFen: 1500 }] });
    expect((await alice.createOrder({ productId: tea.id })).payableFen).toBe(9900);
  });

  it('of the stock keeps reserved units, and returned units are added', async () => {
    const [tea, alice] = [await made({ stock: 10 }), await shop.createUser('alice')];
    const order = await alice.createOrder({ productId: tea.id, quantity: 4 });
    expect((await change(tea.id, { stock: 1 })).body.stock).toBe(1);
    expectProblem(
      await alice.call('POST', 'orders', { items: [{ productId: tea.id, quantity: 2 }] }),
      409,
      'OUT_OF_STOCK',
    );
    await alice.cancelOrder(order);
    expect(await shop.getStock(tea.id)).toBe(5);
    expect(await movedStock(tea.id)).toBe(5);
  });

  it('of the stock is rejected when the expected stock differs', async () => {
    const [tea, alice] = [await made({ stock: 10 }), await shop.createUser('alice')];
    await alice.createOrder({ productId: tea.id });
    const { detail } = expectProblem(
      await change(tea.id, { stock: 30, expectedStock: 10, name: 'Other' }),
      409,
      'STOCK_CHANGED',
    );
    expect(detail).toContain('9');
    expect((await operator.call('GET', `products/${tea.id}`)).body).toMatchObject({ stock: 9, name: TEA.name });
    expect((await change(tea.id, { stock: 30, expectedStock: 9 })).body.stock).toBe(30);
  });

  it('of the stock loses no unit among concurrent orders and cancellations', async () => {
    const [tea, alice] = [await made({ stock: 500 }), await shop.createUser('alice')];
    const before: OrderJson[] = [];
    for (let order = 0; order < 6; order++) before.push(await alice.createOrder({ productId: tea.id, quantity: 3 }));
    const changes = [40, 70, 55, 90].map((stock, turn) => change(tea.id, { stock }, turn % 2));
    const orders = Array.from({ length: 8 }, (_, turn) =>
      alice.call('POST', 'orders', { items: [{ productId: tea.id, quantity: 2 }] }, { at: turn % 2 }),
    );
    const cancellations = before.map((order, turn) => alice.cancelOrder(order, turn % 2));
    const answers = await Promise.all<HttpResponse>([...changes, ...orders, ...cancellations]);
    expect(answers.filter(({ status }) => status >= 300)).toEqual([]);
    expect(await shop.getStock(tea.id)).toBe(await movedStock(tea.id));
    // Set now, with no concurrent calls: the orders keep only their reserved units.
    await change(tea.id, { stock: 100 });
    const placed = await Promise.all(orders);
    for (const { body } of placed) await alice.cancelOrder(body);
    expect(await shop.getStock(tea.id)).toBe(116);
    expect(await movedStock(tea.id)).toBe(116);
  });
});
