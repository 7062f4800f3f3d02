import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { StaffAccount } from '../../../src/admin/accounts/staff-account.entity.js';
import type { TestBuyer, OrderJson } from '../../support/clients/test-buyer.js';
import { type HttpResponse } from '../../../tools/client/http.js';
import { openTestShop, type TestShop } from '../../support/test-shop.js';
import {
  TestStaff,
  createStaff,
  type StaffLoginJson,
  tryStaffLogin,
  type PageJson,
  PASSWORD,
} from '../support/test-staff.js';
import { expectProblem, INSTANT_PATTERN } from '../support/expect-problem.js';

interface DetailJson extends OrderJson {
  userId: string;
  payments: { outTradeNo: string; status: string; amountFen: number }[];
  createdAt: string;
  events: { at: string; type: string; text: string; data: unknown }[];
}

describe('staff login', () => {
  let shop: TestShop;

  beforeAll(async () => {
    shop = await openTestShop({ environment: { SESSION_TTL_SECONDS: '3600' } });
  });
  afterAll(() => shop.close());

  it('returns a token, its lifetime in seconds and the account', async () => {
    const { status, body } = await tryStaffLogin(shop, 'boss', PASSWORD);
    const admin = { id: expect.any(String), username: 'boss', role: 'ADMIN' };
    expect({ status, body }).toEqual({
      status: 200,
      body: { token: expect.stringMatching(/^[\w-]{43,}$/), expiresIn: 3600, admin },
    });
    const boss = new TestStaff(shop, body as StaffLoginJson);
    expect((await boss.call('GET', 'auth/me')).body).toEqual(admin);
  });

  it('gives the same response for a wrong password and for an unknown username', async () => {
    const [wrong, unknown, blank] = [
      await tryStaffLogin(shop, 'boss', 'wrong password'),
      await tryStaffLogin(shop, 'unknown-user', 'wrong password'),
      await tryStaffLogin(shop, 'boss ', PASSWORD),
    ].map((reply) => ({ ...expectProblem(reply, 401, 'BAD_CREDENTIALS'), requestId: '' }));
    expect(unknown).toEqual(wrong);
    expect(blank).toEqual(wrong);
  });

  it('takes as long for an unknown username as for a wrong password', async () => {
    const timed = async (username: () => string): Promise<number> => {
      const times: number[] = [];
      for (let round = 0; round < 4; round++) {
        const startedAt = performance.now();
        await tryStaffLogin(shop, username(), 'wrong password');
        times.push(performance.now() - startedAt);
      }
      return Math.min(...times);
    };
    const known = await createStaff(shop, 'VIEWER');
    const knownMs = await timed(() => known.login.admin.username);
    const unknownMs = await timed(() => randomBytes(6).toString('hex'));
    expect(unknownMs).toBeGreaterThan(knownMs / 3);
    expect(unknownMs).toBeLessThan(knownMs * 3);
  });

  it.each([
    [undefined, PASSWORD],
    ['boss', undefined],
    [7, PASSWORD],
    ['boss', { $ne: '' }],
    ['x'.repeat(65), PASSWORD],
    ['boss', 'x'.repeat(129)],
  ])('rejects %p with %p as a failed login', async (username, password) => {
    expectProblem(await tryStaffLogin(shop, username, password), 400, 'VALIDATION_FAILED');
  });

  it('locks a username for 15 minutes after five failures, also for the right password', async () => {
    const { username } = (await createStaff(shop, 'VIEWER')).login.admin;
    const other = (await createStaff(shop, 'VIEWER')).login.admin.username;
    for (let failure = 1; failure <= 5; failure++)
      expectProblem(await tryStaffLogin(shop, username, 'wrong'), 401, 'BAD_CREDENTIALS');
    const refused = await tryStaffLogin(shop, username, PASSWORD);
    expectProblem(refused, 429, 'TOO_MANY_ATTEMPTS');
    const wait = Number(refused.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(890);
    expect(wait).toBeLessThanOrEqual(900);
    expectProblem(await tryStaffLogin(shop, username.toUpperCase(), PASSWORD), 429, 'TOO_MANY_ATTEMPTS');
    expect((await tryStaffLogin(shop, other, PASSWORD)).status).toBe(200);

    await shop.wechat.advanceTime({ seconds: wait - 5 });
    expectProblem(await tryStaffLogin(shop, username, PASSWORD), 429, 'TOO_MANY_ATTEMPTS');
    await shop.wechat.advanceTime({ seconds: 6 });
    expect((await tryStaffLogin(shop, username, PASSWORD)).status).toBe(200);
  });

  it('locks unknown usernames as well, so that the response does not reveal which usernames exist', async () => {
    for (let failure = 1; failure <= 5; failure++)
      expectProblem(await tryStaffLogin(shop, 'ghost', 'wrong'), 401, 'BAD_CREDENTIALS');
    expectProblem(await tryStaffLogin(shop, 'ghost', 'wrong'), 429, 'TOO_MANY_ATTEMPTS');
  });

  it('counts twenty concurrent guesses correctly', async () => {
    const { username } = (await createStaff(shop, 'VIEWER')).login.admin;
    const answers = await Promise.all(Array.from({ length: 20 }, () => tryStaffLogin(shop, username, 'wrong')));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(15);
  });

  it('accepts ten concurrent logins with the right password, and clears failures after a success', async () => {
    const { username } = (await createStaff(shop, 'VIEWER')).login.admin;
    for (let round = 0; round < 2; round++) {
      for (let failure = 1; failure <= 4; failure++) await tryStaffLogin(shop, username, 'wrong');
      const answers = await Promise.all(Array.from({ length: 10 }, () => tryStaffLogin(shop, username, PASSWORD)));
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    }
  });
});

describe('staff token', () => {
  let shop: TestShop;

  beforeAll(async () => {
    shop = await openTestShop({ environment: { SESSION_TTL_SECONDS: '3600' } });
  });
  afterAll(() => shop.close());

  it('ends at logout, when it expires, and when the account is disabled', async () => {
    const [leaving, staying, dismissed] = [
      await createStaff(shop, 'VIEWER'),
      await createStaff(shop, 'VIEWER'),
      await createStaff(shop, 'ADMIN'),
    ];
    const { status, body } = await leaving.call('POST', 'auth/logout');
    expect({ status, body }).toEqual({ status: 204, body: '' });
    expectProblem(await leaving.call('GET', 'auth/me'), 401, 'UNAUTHENTICATED');
    await shop.rawUpdate(`UPDATE admins SET is_disabled = 1 WHERE id = '${dismissed.login.admin.id}'`);
    expectProblem(await dismissed.call('GET', 'orders'), 401, 'UNAUTHENTICATED');
    expectProblem(await tryStaffLogin(shop, dismissed.login.admin.username, PASSWORD), 401, 'BAD_CREDENTIALS');
    expect((await staying.call('GET', 'auth/me')).status).toBe(200);
    await shop.wechat.advanceTime({ hours: 1 });
    expectProblem(await staying.call('GET', 'auth/me'), 401, 'UNAUTHENTICATED');
  });

  it('changes the password when the current password is right', async () => {
    const eve = await createStaff(shop, 'VIEWER');
    const { username } = eve.login.admin;
    const change = (oldPassword: unknown, newPassword: unknown): Promise<HttpResponse> =>
      eve.call('POST', 'auth/password', { oldPassword, newPassword });
    expectProblem(await change('wrong', 'a new password'), 401, 'BAD_CREDENTIALS');
    for (const bad of ['short', '', undefined, 'x'.repeat(129)])
      expectProblem(await change(PASSWORD, bad), 400, 'VALIDATION_FAILED');
    expect((await change(PASSWORD, '新的密码 🔐 is long')).status).toBe(204);
    expectProblem(await tryStaffLogin(shop, username, PASSWORD), 401, 'BAD_CREDENTIALS');
    expect((await tryStaffLogin(shop, username, '新的密码 🔐 is long')).status).toBe(200);
  });

  it('allows five wrong current passwords, then responds with TOO_MANY_ATTEMPTS', async () => {
    const eve = await createStaff(shop, 'VIEWER');
    const guess = (): Promise<HttpResponse> =>
      eve.call('POST', 'auth/password', { oldPassword: 'wrong', newPassword: 'a new password' });
    for (let failure = 1; failure <= 5; failure++) expectProblem(await guess(), 401, 'BAD_CREDENTIALS');
    expectProblem(await guess(), 429, 'TOO_MANY_ATTEMPTS');
  });

  it('never returns a password or its hash', async () => {
    const admin = await createStaff(shop, 'ADMIN');
    const answers = [admin.login, (await admin.call('GET', 'auth/me')).body, (await admin.call('GET', 'orders')).body];
    const hashes = (await shop.firstInstance.findAll(StaffAccount)).map(({ passwordHash }) => passwordHash);
    expect(hashes.every((hash) => hash.startsWith('$argon2id$'))).toBe(true);
    for (const answer of answers) expect(JSON.stringify(answer)).not.toMatch(/argon2|password/i);
  });
});

describe('admin orders', () => {
  let shop: TestShop;
  let alice: TestBuyer;
  let bob: TestBuyer;
  let viewer: TestStaff;
  let operator: TestStaff;
  let tea: string;

  beforeAll(async () => {
    shop = await openTestShop();
    [alice, bob] = [await shop.createUser('alice'), await shop.createUser('bob')];
    [viewer, operator] = [await createStaff(shop, 'VIEWER'), await createStaff(shop, 'OPERATOR')];
    tea = await shop.createProduct({ priceFen: 1500, stock: 1000 });
  });
  afterAll(() => shop.close());

  const list = async (query: string): Promise<PageJson<OrderJson>> =>
    (await viewer.call<PageJson<OrderJson>>('GET', `orders?${query}`)).body;
  const numbers = async (query: string): Promise<string[]> => (await list(query)).items.map(({ orderNo }) => orderNo);
  const detail = async ({ orderNo }: OrderJson): Promise<DetailJson> =>
    (await viewer.call<DetailJson>('GET', `orders/${orderNo}`)).body;

  it('lists the orders of all users, newest first, with the total on request', async () => {
    const [hers, his] = [await alice.createOrder({ productId: tea }), await bob.createOrder({ productId: tea })];
    const page = await list('limit=2&withTotal=true');
    expect(page.items.map(({ orderNo }) => orderNo)).toEqual([his.orderNo, hers.orderNo]);
    expect(page.total).toBeGreaterThanOrEqual(2);
    const rest = await list(`limit=1&withTotal=true&cursor=${page.nextCursor ?? ''}`);
    if (page.nextCursor !== null) expect(rest.total).toBe(page.total);
    expect(await list('limit=1')).not.toHaveProperty('total');
    expect(await list('limit=1&withTotal=false')).not.toHaveProperty('total');
    expectProblem(await viewer.call('GET', 'orders?withTotal=perhaps'), 400, 'VALIDATION_FAILED');
  });

  it('filters and counts orders by status, refund status and time', async () => {
    await shop.wechat.advanceTime({ minutes: 5 });
    const cancelled = await alice.createOrder({ productId: tea });
    await alice.cancelOrder(cancelled);
    const paid = await bob.createOrder({ productId: tea });
    await bob.pay(paid, { notify: 'lost' });
    await bob.syncOrder(paid);
    expect(await numbers('status=PAID&limit=1')).toEqual([paid.orderNo]);
    expect(await list('status=CLOSED&withTotal=true&limit=1')).toMatchObject({
      items: [{ orderNo: cancelled.orderNo }],
      total: 1,
    });
    expect(await numbers('refundStatus=FULL')).toEqual([]);
    expect(await numbers('refundStatus=NONE&status=PAID&limit=1')).toEqual([paid.orderNo]);
    const { createdAt: since } = await detail(cancelled);
    expect((await numbers(`from=${since}`)).toSorted()).toEqual([cancelled.orderNo, paid.orderNo].toSorted());
    expect(await numbers(`to=${since}`)).not.toContain(cancelled.orderNo);
    for (const query of ['status=NONE', 'refundStatus=PAID', 'from=today', 'q=']) {
      expectProblem(await viewer.call('GET', `orders?${query}`), 400, 'VALIDATION_FAILED');
    }
  });

  it('finds an order by order number, payment number, transaction id and refund number', async () => {
    const order = await alice.createOrder({ productId: tea });
    const { outTradeNo } = await alice.pay(order, { notify: 'lost' });
    await alice.syncOrder(order);
    const { transactionId } = await alice.getOrder(order);
    for (const q of [order.orderNo, outTradeNo, transactionId ?? '']) {
      expect(await list(`q=${encodeURIComponent(q)}&withTotal=true`)).toMatchObject({
        items: [{ orderNo: order.orderNo }],
        total: 1,
      });
    }
    for (const q of ['NOSUCHNUMBER', '%25', "'", order.orderNo.slice(0, 10), order.orderNo.toLowerCase()]) {
      expect(await numbers(`q=${q}`)).toEqual([]);
    }
    expect(await numbers(`q=${order.orderNo}&status=CLOSED`)).toEqual([]);
  });

  it('returns the payments and the timeline of an order', async () => {
    const order = await alice.createOrder({ productId: tea, quantity: 2 });
    const { outTradeNo } = await alice.pay(order, { notify: 'lost' });
    await shop.wechat.sendPaymentNotice(outTradeNo, { forge: 'lower-fee' });
    await alice.syncOrder(order);
    const seen = await detail(order);
    expect(seen).toMatchObject({ ...(await alice.getOrder(order)), userId: alice.id });
    expect(seen.payments).toEqual([expect.objectContaining({ outTradeNo, status: 'PAID', amountFen: 3000 })]);
    expect(seen.events.map(({ type }) => type)).toEqual(expect.arrayContaining(['PREPAY', 'NOTICE', 'QUERY']));
    for (const event of seen.events) {
      expect(Object.keys(event).sort()).toEqual(['at', 'data', 'errorText', 'text', 'type']);
      expect(event.at).toMatch(INSTANT_PATTERN);
      expect(event.text).toMatch(/\S/);
    }
    const times = seen.events.map(({ at }) => at);
    expect(times).toEqual(times.toSorted());
    expect(JSON.stringify(seen)).not.toMatch(/sign|prepay_id|openid/);
  });

  it('responds with ORDER_NOT_FOUND for an unknown order', async () => {
    expectProblem(await viewer.call('GET', 'orders/NOSUCHORDER'), 404, 'ORDER_NOT_FOUND');
    expectProblem(await operator.call('POST', 'orders/NOSUCHORDER/query'), 404, 'ORDER_NOT_FOUND');
  });

  it('updates an order when an operator queries WeChat', async () => {
    const order = await alice.createOrder({ productId: tea });
    await alice.pay(order, { notify: 'lost' });
    expectProblem(await viewer.call('POST', `orders/${order.orderNo}/query`), 403, 'FORBIDDEN');
    expect(await alice.getOrder(order)).toMatchObject({ status: 'PENDING' });
    const { status, body } = await operator.call('POST', `orders/${order.orderNo}/query`);
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { orderNo: order.orderNo, status: 'PAID', paidFen: 1500 },
    });
  });

  it('leaves an order unchanged when WeChat does not respond to the query', async () => {
    const order = await alice.createOrder({ productId: tea });
    await alice.startPayment(order);
    await shop.wechat.failNext({ endpoint: 'orderquery', kind: 'wrong_signature' });
    expectProblem(await operator.call('POST', `orders/${order.orderNo}/query`), 502, 'WECHAT_UNAVAILABLE');
    expect(await detail(order)).toMatchObject({ status: 'PENDING' });
  });

  it('queries WeChat for a paid order too, and reports when WeChat does not respond', async () => {
    const order = await alice.createOrder({ productId: tea });
    const { outTradeNo } = await alice.pay(order, { notify: 'lost' });
    await alice.syncOrder(order);
    const before = await shop.wechat.countCalls('/pay/orderquery', outTradeNo);
    await shop.wechat.failNext({ endpoint: 'orderquery', kind: 'wrong_signature' });
    expectProblem(await operator.call('POST', `orders/${order.orderNo}/query`), 502, 'WECHAT_UNAVAILABLE');
    const { status, body } = await operator.call<DetailJson>('POST', `orders/${order.orderNo}/query`);
    expect({ status, body }).toMatchObject({ status: 200, body: { status: 'PAID', paidFen: 1500 } });
    expect(await shop.wechat.countCalls('/pay/orderquery', outTradeNo)).toBe(before + 2);
    await alice.syncOrder(order);
    expect(await shop.wechat.countCalls('/pay/orderquery', outTradeNo)).toBe(before + 2);
  });

  it('sends no query for an order without a payment attempt', async () => {
    const order = await alice.createOrder({ productId: tea });
    const before = await shop.wechat.countCalls('/pay/orderquery');
    const { status, body } = await operator.call<DetailJson>('POST', `orders/${order.orderNo}/query`);
    expect({ status, body }).toMatchObject({ status: 200, body: { status: 'PENDING', paymentsCount: 0 } });
    expect(await shop.wechat.countCalls('/pay/orderquery')).toBe(before);
  });
});
