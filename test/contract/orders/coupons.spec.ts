import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Clock } from '../../../src/common/time/clock.js';
import {
  type CouponJson,
  type AdminCouponJson,
  FAR_FUTURE,
  type GrantedCouponJson,
  grantCoupon,
  createOrderWithCoupon,
} from '../../support/fixtures/coupons.js';
import type { TestBuyer, OrderJson } from '../../support/clients/test-buyer.js';
import { sendRequest, type HttpResponse } from '../../../tools/client/http.js';
import { openTestShop, type TestShop } from '../../support/test-shop.js';
import { type TestStaff, createStaff, type PageJson, logInStaff } from '../support/test-staff.js';
import { expectProblem, INSTANT_PATTERN } from '../support/expect-problem.js';

const TERMS = { name: '满 20 减 5 🎫', discountFen: 500, minSpendFen: 2000, expiresAt: '2098-12-31T16:00:00.000Z' };

let shop: TestShop;
let operator: TestStaff;
let alice: TestBuyer;
let tea: string;

beforeAll(async () => {
  shop = await openTestShop({ environment: { SESSION_TTL_SECONDS: '2592000' } });
  operator = await createStaff(shop, 'OPERATOR');
  alice = await shop.createUser('alice');
  tea = await shop.createProduct({ priceFen: 2000, stock: 1000 });
});
afterAll(() => shop.close());

const make = (body: object): Promise<HttpResponse<AdminCouponJson>> => operator.call('POST', 'coupons', body);
const change = (id: string, body: object): Promise<HttpResponse<AdminCouponJson>> =>
  operator.call('PATCH', `coupons/${id}`, body);
const made = async (overrides: object = {}): Promise<AdminCouponJson> => (await make({ ...TERMS, ...overrides })).body;
const grant = (
  id: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<HttpResponse<GrantedCouponJson>> =>
  sendRequest(`${shop.url}/admin/api/coupons/${id}/grant`, {
    method: 'POST',
    body,
    headers: { authorization: `Bearer ${operator.login.token}`, ...headers },
  });
const audit = async (q: string): Promise<{ action: string; before: unknown; after: unknown }[]> => {
  const boss = await logInStaff(shop, 'boss');
  return (await boss.call<PageJson<{ action: string; before: unknown; after: unknown }>>('GET', `audit-log?q=${q}`))
    .body.items;
};

describe('admin coupons', () => {
  it('are created with the given terms and no grants', async () => {
    const { status, body } = await make(TERMS);
    const expected = { id: expect.any(String), ...TERMS, createdAt: expect.stringMatching(INSTANT_PATTERN) };
    expect({ status, body }).toEqual({ status: 201, body: { ...expected, grantedCount: 0, usedCount: 0 } });
    expect((await operator.call('GET', `coupons/${body.id}`)).body).toEqual(body);
    expect((await operator.call<PageJson<AdminCouponJson>>('GET', 'coupons?limit=1')).body.items).toEqual([body]);
    expect(await audit(body.id)).toMatchObject([{ action: 'coupon.create', before: null, after: TERMS }]);
  });

  it('need no minimum spend, and may expire on a date', async () => {
    const { name, discountFen } = TERMS;
    expect((await make({ name, discountFen, expiresAt: '2030-01-01' })).body).toMatchObject({
      minSpendFen: 0,
      expiresAt: '2029-12-31T16:00:00.000Z',
    });
  });

  it.each<[string, unknown]>([
    ...['', '  ', 'x'.repeat(101), 7, null].map((name): [string, unknown] => ['name', name]),
    ...[0, -1, 1.5, 1_000_000_001, '100', null].map((fen): [string, unknown] => ['discountFen', fen]),
    ...[-1, 0.5, 1_000_000_001, '0', null].map((fen): [string, unknown] => ['minSpendFen', fen]),
    ...['', 'tomorrow', '2026-13-01', '2026-11-21T00:00:00', '0001-01-01', '9999-12-31T23:59:59-08:00', 5, null].map(
      (moment): [string, unknown] => ['expiresAt', moment],
    ),
    ['status', 'USED'],
    ['id', 'MINE'],
  ])('reject as %s: %j, made or changed', async (field, value) => {
    const refused = [await make({ ...TERMS, [field]: value }), await change((await made()).id, { [field]: value })];
    for (const reply of refused) {
      const { errors } = expectProblem(reply, 400, 'VALIDATION_FAILED');
      expect(errors?.map((error) => error.field)).toEqual([field]);
    }
  });

  it('change only the given fields, with one audit entry', async () => {
    const kind = await made();
    for (const part of [{ name: '新名' }, { discountFen: 1 }, { minSpendFen: 0 }, { expiresAt: FAR_FUTURE }, {}]) {
      const before = (await operator.call('GET', `coupons/${kind.id}`)).body;
      const { status, body } = await change(kind.id, part);
      expect({ status, body }).toEqual({ status: 200, body: { ...before, ...part } });
    }
    expect((await audit(kind.id)).map(({ action }) => action)).toEqual([
      ...Array.from({ length: 4 }, () => 'coupon.update'),
      'coupon.create',
    ]);
  });

  it('are found by id and by part of the name', async () => {
    const kind = await made({ name: 'Ten % off_season!' });
    for (const q of [kind.id, 'OFF_SEASON', '% off']) {
      const path = `coupons?withTotal=true&q=${encodeURIComponent(q)}`;
      const { body } = await operator.call<PageJson<AdminCouponJson>>('GET', path);
      expect(body).toEqual({ items: [kind], nextCursor: null, total: 1 });
    }
  });

  it('response COUPON_NOT_FOUND when unknown', async () => {
    expectProblem(await operator.call('GET', 'coupons/NOSUCH'), 404, 'COUPON_NOT_FOUND');
    expectProblem(await change('NOSUCH', { name: 'x' }), 404, 'COUPON_NOT_FOUND');
    expectProblem(await grant('NOSUCH', { userId: alice.id }), 404, 'COUPON_NOT_FOUND');
  });
});

describe('granting a coupon', () => {
  it('gives it to the user and writes an audit entry', async () => {
    const kind = await made();
    const { status, body } = await grant(kind.id, { userId: alice.id });
    const mine = { id: expect.any(String), ...TERMS, status: 'AVAILABLE' };
    expect({ status, body }).toEqual({
      status: 201,
      body: { ...mine, couponId: kind.id, userId: alice.id, grantedAt: expect.stringMatching(INSTANT_PATTERN) },
    });
    expect(body.id).not.toBe(kind.id);
    expect((await operator.call('GET', `coupons/${kind.id}`)).body).toMatchObject({ grantedCount: 1, usedCount: 0 });
    expect(await audit(body.id)).toMatchObject([
      { action: 'coupon.grant', before: null, after: { couponId: kind.id, userId: alice.id } },
    ]);
  });

  it('requires an existing user', async () => {
    const { id } = await made();
    expectProblem(await grant(id, { userId: 'NOSUCHUSER' }), 404, 'USER_NOT_FOUND');
    for (const body of [{}, { userId: null }, { userId: alice.id, times: 2 }, { userId: 5 }]) {
      expectProblem(await grant(id, body), 400, 'VALIDATION_FAILED');
    }
  });

  it('grants one more at every call, and none again under the same Idempotency-Key', async () => {
    const { id } = await made();
    const key = { 'idempotency-key': 'a double click' };
    const both = await Promise.all([grant(id, { userId: alice.id }, key), grant(id, { userId: alice.id }, key)]);
    expect(both.map(({ status }) => status)).toEqual([201, 201]);
    expect(both[0].body).toEqual(both[1].body);
    expectProblem(await grant((await made()).id, { userId: alice.id }, key), 409, 'IDEMPOTENCY_KEY_REUSED');
    expect((await grant(id, { userId: alice.id })).body.id).not.toBe(both[0].body.id);
    expect((await operator.call('GET', `coupons/${id}`)).body).toMatchObject({ grantedCount: 2 });
  });
});

describe('GET /api/coupons', () => {
  const list = async (customer: TestBuyer, query = ''): Promise<PageJson<CouponJson>> =>
    (await customer.call<PageJson<CouponJson>>('GET', `coupons${query}`)).body;

  it('lists only the coupons of this user, newest first, page by page', async () => {
    const bob = await shop.createUser('bob');
    const granted: GrantedCouponJson[] = [];
    for (let count = 0; count < 3; count++) granted.unshift(await grantCoupon(operator, bob));
    const expected = granted.map(({ id, name, discountFen, minSpendFen, status, expiresAt }) => {
      return { id, name, discountFen, minSpendFen, status, expiresAt };
    });
    expect(await list(bob)).toEqual({ items: expected, nextCursor: null });
    const first = await list(bob, '?limit=2');
    const second = await list(bob, `?limit=2&cursor=${first.nextCursor ?? ''}`);
    expect([...first.items, ...second.items]).toEqual(expected);
    expect(await list(await shop.createUser('carol'))).toEqual({ items: [], nextCursor: null });
    expectProblem(await sendRequest(`${shop.url}/api/coupons`), 401, 'UNAUTHENTICATED');
  });

  it('returns the status of each coupon, and filters by status', async () => {
    const dora = await shop.createUser('dora');
    const [free, reserved, used, expired] = [
      await grantCoupon(operator, dora),
      await grantCoupon(operator, dora),
      await grantCoupon(operator, dora),
      await grantCoupon(operator, dora, { expiresAt: '2020-01-01T00:00:00.000Z' }),
    ];
    await createOrderWithCoupon(dora, reserved, { productId: tea });
    const order = await createOrderWithCoupon(dora, used, { productId: tea });
    await dora.pay(order);
    await dora.syncOrder(order);
    const expected = [
      ['EXPIRED', expired.id],
      ['USED', used.id],
      ['RESERVED', reserved.id],
      ['AVAILABLE', free.id],
    ];
    expect((await list(dora)).items.map(({ id, status }) => [status, id])).toEqual(expected);
    for (const [status, id] of expected) {
      expect((await list(dora, `?status=${status ?? ''}`)).items).toMatchObject([{ id, status }]);
    }
    expectProblem(await dora.call('GET', 'coupons?status=LOST'), 400, 'VALIDATION_FAILED');
    expect((await operator.call('GET', `coupons/${used.couponId}`)).body).toMatchObject({ usedCount: 1 });
  });
});

describe('an order with a coupon', () => {
  const placeOrder = <T = OrderJson>(couponId: string, quantity = 1, customer = alice): Promise<HttpResponse<T>> =>
    customer.call<T>('POST', 'orders', { items: [{ productId: tea, quantity }], couponId });

  it('is reduced by the discount, exact to the fen and item by item', async () => {
    const pen = await shop.createProduct({ priceFen: 333, stock: 10 });
    const coupon = await grantCoupon(operator, alice, { discountFen: 1000, minSpendFen: 4999 });
    const body = await createOrderWithCoupon(
      alice,
      coupon,
      { productId: tea, quantity: 2 },
      { productId: pen, quantity: 3 },
    );
    expect(body).toMatchObject({ totalFen: 4999, discountFen: 1000, payableFen: 3999, couponId: coupon.id });
    expect(body.items).toMatchObject([
      { productId: tea, unitFen: 2000, quantity: 2, discountFen: 800, payableFen: 3200 },
      { productId: pen, unitFen: 333, quantity: 3, discountFen: 200, payableFen: 799 },
    ]);
    expect(await alice.getOrder(body)).toEqual(body);
  });

  it('is the same order under the same Idempotency-Key, and another body is rejected', async () => {
    const coupon = await grantCoupon(operator, alice);
    const body = { items: [{ productId: tea, quantity: 1 }], couponId: coupon.id };
    const headers = { 'idempotency-key': `once-${coupon.id}` };
    const [one, two] = await Promise.all([1, 2].map(() => alice.call('POST', 'orders', body, { headers })));
    expect([one?.status, two?.status]).toEqual([201, 201]);
    expect(one?.body).toEqual(two?.body);
    const without = await alice.call('POST', 'orders', { items: body.items }, { headers });
    expectProblem(without, 409, 'IDEMPOTENCY_KEY_REUSED');
  });

  it('is rejected with PRICE_CHANGED when the discount is lower than the buyer saw', async () => {
    const coupon = await grantCoupon(operator, alice, { discountFen: 500 });
    await change(coupon.couponId, { discountFen: 300 });
    const body = { items: [{ productId: tea, quantity: 1 }], couponId: coupon.id, expectedTotalFen: 2000 };
    const refused = await alice.call('POST', 'orders', { ...body, expectedPayableFen: 1500 });
    expect(expectProblem(refused, 409, 'PRICE_CHANGED')).toMatchObject({ totalFen: 2000, payableFen: 1700 });
    const placed = await alice.call('POST', 'orders', { ...body, expectedPayableFen: 1700 });
    expect(placed.body).toMatchObject({ payableFen: 1700, couponId: coupon.id });
  });

  it('leaves at least one fen to pay, and is rejected when no discount is possible', async () => {
    const sticker = await shop.createProduct({ priceFen: 1, stock: 10 });
    const coupon = await grantCoupon(operator, alice, { discountFen: 1_000_000 });
    const refused = await alice.call('POST', 'orders', {
      items: [{ productId: sticker, quantity: 1 }],
      couponId: coupon.id,
    });
    expect(expectProblem(refused, 409, 'COUPON_NOT_USABLE').detail).toContain('An order must cost at least ¥0.01');
    expect((await placeOrder(coupon.id)).body).toMatchObject({ totalFen: 2000, discountFen: 1999, payableFen: 1 });
  });

  it('is rejected with a coupon that is unknown, of another user, below its minimum, expired or used, with the reason', async () => {
    const eve = await shop.createUser('eve');
    const theirs = await grantCoupon(operator, eve);
    const before = await shop.getStock(tea);
    const refusal = async (couponId: string): Promise<string> =>
      expectProblem(await placeOrder<unknown>(couponId), 409, 'COUPON_NOT_USABLE').detail;
    // The id of the coupon is not the id of a user coupon.
    for (const couponId of ['NOSUCH', theirs.couponId, theirs.id, theirs.id.toLowerCase(), 'x'.repeat(64)]) {
      expect(await refusal(couponId)).toBe('You have no such coupon.');
    }
    const big = await grantCoupon(operator, alice, { minSpendFen: 2001 });
    expect(await refusal(big.id)).toBe('This coupon needs an order of at least ¥20.01.');
    const now = shop.firstInstance.app.get(Clock).now();
    const over = await grantCoupon(operator, alice, { expiresAt: now.toISOString() });
    expect(await refusal(over.id)).toBe('This coupon has expired.');
    expect(await shop.getStock(tea)).toBe(before);

    const coupon = await grantCoupon(operator, alice);
    const order = await createOrderWithCoupon(alice, coupon, { productId: tea });
    expect(await refusal(coupon.id)).toContain(`reserved by order ${order.orderNo}`);
    await alice.pay(order);
    await alice.syncOrder(order);
    expect(await refusal(coupon.id)).toBe(`This coupon was used for order ${order.orderNo}.`);
    const chinese = await alice.call<{ detail: string }>(
      'POST',
      'orders',
      { items: [{ productId: tea, quantity: 1 }], couponId: coupon.id },
      { headers: { 'accept-language': 'zh-CN' } },
    );
    expect(chinese.body.detail).toBe(`该优惠券已用于订单 ${order.orderNo}。`);
  });

  it('keeps its discount when staff change the coupon, and other orders get the new terms', async () => {
    const placed = await grantCoupon(operator, alice);
    const other = (await grant(placed.couponId, { userId: alice.id })).body;
    const order = await createOrderWithCoupon(alice, placed, { productId: tea });
    await change(placed.couponId, { discountFen: 700 });
    expect((await placeOrder(other.id)).body).toMatchObject({ discountFen: 700 });
    await change(placed.couponId, { expiresAt: '2020-01-01T00:00:00.000Z' });
    const third = (await grant(placed.couponId, { userId: alice.id })).body;
    expect(third.status).toBe('EXPIRED');
    expectProblem(await placeOrder(third.id), 409, 'COUPON_NOT_USABLE');
    await alice.pay(order);
    expect((await alice.syncOrder(order)).body).toMatchObject({
      status: 'PAID',
      discountFen: 500,
      payableFen: 1500,
      paidFen: 1500,
      couponId: placed.id,
    });
  });
});

describe('demo coupons', () => {
  it('are granted to users of the simulator’s phone only', async () => {
    const demo = await openTestShop();
    const own = { SIMULATOR_PORT: new URL(demo.environment['WECHAT_API_BASE_URL'] ?? '').port };
    const another = { SIMULATOR_PORT: '3001' }; // another simulator
    const welcomed = async (environment: Record<string, string>): Promise<string[]> => {
      Object.assign(demo.environment, environment);
      demo.instances.unshift(await demo.startInstance());
      demo.instances.pop(); // is listed twice
      const zhen = await demo.createUser('zhen');
      const again = await zhen.call<PageJson<CouponJson>>('GET', 'coupons');
      return again.body.items.map(({ name }) => name);
    };
    try {
      expect(await welcomed({ ...own, SEED_DEMO_DATA: 'false' })).toEqual([]);
      expect(await welcomed({ ...own, SEED_DEMO_DATA: 'true' })).toEqual(['新人券 Welcome']);
      expect(await welcomed({ ...another, SEED_DEMO_DATA: 'true' })).toEqual([]);
    } finally {
      await demo.close();
    }
  });
});
