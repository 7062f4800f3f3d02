import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestBuyer } from '../../support/clients/test-buyer.js';
import { sendRequest, type HttpResponse } from '../../../tools/client/http.js';
import { openTestShop, type TestShop } from '../../support/test-shop.js';
import { type TestStaff, createStaff, logInStaff } from '../support/test-staff.js';
import { expectProblem } from '../support/expect-problem.js';
import { SESSION_STORES, type SessionStoreUnderTest } from '../support/session-stores.js';

interface AuditJson {
  items: { action: string; subject: string; before: unknown; after: unknown; actor: { username: string } }[];
}

describe.each(SESSION_STORES)('blocked buyers, with sessions in $where', ({ start: starts }) => {
  let store: SessionStoreUnderTest;
  let shop: TestShop;
  let boss: TestStaff;
  let operator: TestStaff;

  beforeAll(async () => {
    store = await starts();
    shop = await openTestShop({ instances: 2, environment: store.environment });
    boss = await logInStaff(shop, 'boss');
    operator = await createStaff(shop, 'OPERATOR');
  });
  afterAll(async () => {
    await shop.close();
    await store.stop();
  });

  const block = (who: TestStaff, id: string, verb = 'block'): Promise<HttpResponse> =>
    who.call('POST', `users/${id}/${verb}`);
  const login = async ({ openid }: TestBuyer): Promise<HttpResponse<{ token: string }>> => {
    const { code } = await shop.wechat.createLoginCode(openid);
    return sendRequest(`${shop.url}/api/auth/login`, { method: 'POST', body: { code } });
  };

  it('block: ends every session of the buyer at once on every instance, and rejects the login', async () => {
    const [alice, bob] = [await shop.createUser('alice'), await shop.createUser('bob')];
    const second = (await login(alice)).body.token;
    expect((await block(operator, alice.id)).body).toMatchObject({ id: alice.id, blockedAt: expect.any(String) });
    for (const at of [0, 1])
      expectProblem(await alice.call('GET', 'auth/me', undefined, { at }), 401, 'UNAUTHENTICATED');
    const headers = { authorization: `Bearer ${second}` };
    expectProblem(await sendRequest(`${shop.url}/api/orders`, { headers }), 401, 'UNAUTHENTICATED');
    expectProblem(await login(alice), 403, 'USER_BLOCKED');
    expect((await bob.call('GET', 'auth/me')).status).toBe(200);
  });

  it('block: rejects orders and payments with USER_BLOCKED', async () => {
    const alice = await shop.createUser('alice');
    const line = { productId: await shop.createProduct() };
    const order = await alice.createOrder(line);
    await block(operator, alice.id);
    for (const at of [0, 1]) {
      const items = [{ ...line, quantity: 1 }];
      expectProblem(await alice.call('POST', 'orders', { items }, { at }), 403, 'USER_BLOCKED');
      expectProblem(await alice.tryStartPayment(order, 'JSAPI', at), 403, 'USER_BLOCKED');
    }
    expect(await shop.getPayments(order.orderNo)).toEqual([]);
  });

  it('unblock: allows the buyer to log in again, and earlier sessions stay ended', async () => {
    const alice = await shop.createUser('alice');
    await block(operator, alice.id);
    expect((await block(operator, alice.id, 'unblock')).body).toMatchObject({ id: alice.id, blockedAt: null });
    expectProblem(await alice.call('GET', 'auth/me'), 401, 'UNAUTHENTICATED');
    const { token } = (await login(alice)).body;
    expect(
      (await sendRequest(`${shop.url}/api/auth/me`, { headers: { authorization: `Bearer ${token}` } })).status,
    ).toBe(200);
  });

  it('block: applies a payment that was made before, and staff can refund it', async () => {
    const alice = await shop.createUser('alice');
    const order = await alice.createOrder({ productId: await shop.createProduct() });
    await alice.pay(order, { notify: 'lost' });
    await block(operator, alice.id);
    const shown = await boss.call('POST', `orders/${order.orderNo}/query`);
    expect(shown).toMatchObject({ status: 200, body: { status: 'PAID', userBlockedAt: expect.any(String) } });
    const refund = { amountFen: order.payableFen, reason: 'The buyer is blocked' };
    expect((await boss.call('POST', `orders/${order.orderNo}/refunds`, refund)).status).toBe(201);
  });

  it('block: requires OPERATOR, may be repeated, and is audited once', async () => {
    const [alice, viewer] = [await shop.createUser('alice'), await createStaff(shop, 'VIEWER')];
    for (const verb of ['block', 'unblock']) {
      expectProblem(await block(viewer, alice.id, verb), 403, 'FORBIDDEN');
      expectProblem(await block(operator, 'UNKNOWN', verb), 404, 'USER_NOT_FOUND');
      const replies = await Promise.all([block(operator, alice.id, verb), block(operator, alice.id, verb)]);
      expect(replies.map(({ status }) => status)).toEqual([200, 200]);
    }
    const { items } = (await boss.call<AuditJson>('GET', `audit-log?q=${alice.id}`)).body;
    expect(items).toMatchObject([
      { action: 'user.unblock', before: { blocked: true }, after: { blocked: false } },
      { action: 'user.block', before: { blocked: false }, after: { blocked: true } },
    ]);
    expect(items.map(({ actor }) => actor.username)).toEqual([operator.username, operator.username]);
  });
});

describe('orders that staff close', () => {
  let shop: TestShop;
  let boss: TestStaff;
  let operator: TestStaff;

  beforeAll(async () => {
    shop = await openTestShop({ instances: 2 });
    boss = await logInStaff(shop, 'boss');
    operator = await createStaff(shop, 'OPERATOR');
  });
  afterAll(() => shop.close());

  const close = (who: TestStaff, orderNo: string, at = 0): Promise<HttpResponse> =>
    who.call('POST', `orders/${orderNo}/close`, undefined, at);
  const audited = async (orderNo: string): Promise<AuditJson['items']> =>
    (await boss.call<AuditJson>('GET', `audit-log?q=${orderNo}`)).body.items;

  it('close: closes a pending order at WeChat and here, returns its stock once, and is audited once', async () => {
    const alice = await shop.createUser('alice');
    const productId = await shop.createProduct({ stock: 10 });
    const order = await alice.createOrder({ productId, quantity: 4 });
    const { outTradeNo } = await alice.startPayment(order);
    const replies = await Promise.all([0, 1, 0, 1].map((at) => close(operator, order.orderNo, at)));
    for (const reply of replies) expect(reply).toMatchObject({ status: 200, body: { status: 'CLOSED' } });
    expect((await shop.wechat.getOrder(outTradeNo)).trade_state).toBe('CLOSED');
    expect(await shop.getStock(productId)).toBe(10);
    expect(await audited(order.orderNo)).toMatchObject([
      { action: 'order.close', subject: order.orderNo, actor: { username: operator.username } },
    ]);
    const { events } = replies[0]?.body as { events: { type: string; text: string }[] };
    const closed = events.filter(({ type }) => type === 'ORDER_CLOSED');
    expect(closed).toHaveLength(1);
    expect(closed[0]?.text).toContain(operator.username);
  });

  it('close: rejects a paid order, also when the payment is found only by this call', async () => {
    const alice = await shop.createUser('alice');
    const order = await alice.createOrder({ productId: await shop.createProduct() });
    await alice.pay(order, { notify: 'lost' });
    for (let time = 1; time <= 2; time++)
      expectProblem(await close(operator, order.orderNo), 409, 'ORDER_NOT_CANCELLABLE');
    expect((await alice.getOrder(order)).status).toBe('PAID');
    expect(await audited(order.orderNo)).toEqual([]);
  });

  it('close: requires OPERATOR and an existing order', async () => {
    const viewer = await createStaff(shop, 'VIEWER');
    const order = await (await shop.createUser('alice')).createOrder({ productId: await shop.createProduct() });
    expectProblem(await close(viewer, order.orderNo), 403, 'FORBIDDEN');
    expectProblem(await close(operator, '2026112100000000000000'), 404, 'ORDER_NOT_FOUND');
  });
});
