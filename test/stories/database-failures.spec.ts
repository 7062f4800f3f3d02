import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import mysql from 'mysql2/promise';
import { Product } from '../../src/catalog/product.entity.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import type { TestBuyer, OrderJson, ProblemJson } from '../support/test-buyer.js';
import { eventually } from '../support/eventually.js';
import { call } from '../support/http.js';
import { buildPaidNotice } from '../support/paid-notice.js';
import { isOnMysql } from '../support/scratch-database.js';
import { openTestShop, type TestShop } from '../support/test-shop.js';
import { TcpProxy } from '../support/tcp-proxy.js';

const STOCK = 1000;

describe('a database in trouble', () => {
  let shop: TestShop;
  let alice: TestBuyer;
  let tea: string;

  afterAll(() => shop.close());

  async function opens(): Promise<void> {
    shop = await openTestShop();
    alice = await shop.createUser('alice');
    tea = await shop.createProduct({ stock: STOCK });
  }

  it('that finds a deadlock sees the whole unit run again, and both counted once', async () => {
    await opens();
    const milk = await shop.createProduct({ stock: STOCK });
    const unitOfWork = shop.firstInstance.app.get(UnitOfWork);
    const takeOne = (from: string[]): Promise<void> =>
      unitOfWork.run(async (tx) => {
        for (const productId of from) {
          await tx.decrement(Product, { productId }, 'stock', 1);
          await tx.query('SELECT 1');
        }
      });
    // Two units that take the same rows in opposite order, over and over: MySQL shoots one of each pair that meets.
    await Promise.all(Array.from({ length: 10 }, (_, n) => takeOne(n % 2 === 0 ? [tea, milk] : [milk, tea])));
    expect([await shop.getStock(tea), await shop.getStock(milk)]).toEqual([STOCK - 10, STOCK - 10]);
  });

  it('that is locked by somebody else is waited for', async () => {
    const release = await blockWrites(shop);
    const ordering = alice.call('POST', 'orders', { items: [{ productId: tea, quantity: 1 }] });
    await release();
    expect(await ordering).toMatchObject({ status: 201 });
  });

  if (isOnMysql) {
    describe('that is away and comes back', () => {
      let wire: TcpProxy;
      let far: TestShop;
      let bob: TestBuyer;
      let milk: string;

      beforeAll(async () => {
        const server = new URL(process.env['TEST_DATABASE_URL'] ?? '');
        wire = await TcpProxy.open(server.hostname, Number(server.port || 3306));
        far = await openTestShop({ wrapDatabaseUrl: (url) => url.replace(/@[^/]+\//, `@127.0.0.1:${wire.port}/`) });
        bob = await far.createUser('bob');
        milk = await far.createProduct({ stock: STOCK });
      });
      afterAll(async () => {
        wire.restore();
        await far.close();
        await wire.close();
      });

      it('makes the service say so, and nothing is lost', async () => {
        const order = await bob.createOrder({ productId: milk });
        const pay = await bob.startPayment(order);
        await bob.confirmPayment(pay, { notify: 'lost' });
        const { transaction } = await far.wechat.getOrder(pay.outTradeNo);
        const notice = buildPaidNotice({
          ...{ outTradeNo: pay.outTradeNo, transactionId: transaction?.transaction_id ?? '' },
          ...{ totalFee: transaction?.total_fee ?? 0, openid: bob.openid },
        });
        const notifies = (): ReturnType<typeof call<string>> =>
          call<string>(`${far.url}/wechat/notify/payment`, { method: 'POST', body: notice });

        wire.cuts();
        const away = await bob.call<ProblemJson>('GET', `orders/${order.orderNo}`);
        expect(away).toMatchObject({ status: 503, body: { code: 'SERVICE_UNAVAILABLE', retryable: true } });
        expect(away.headers.get('retry-after')).toMatch(/^\d+$/);
        expect(await call(`${far.url}/healthz`)).toMatchObject({ status: 200 });
        expect(await call(`${far.url}/readyz`)).toMatchObject({ status: 503 });
        const began = performance.now();
        expect(await notifies()).toMatchObject({ status: 200, body: expect.stringContaining('FAIL') });
        expect(performance.now() - began).toBeLessThan(5000);

        wire.restore();
        expect((await notifies()).body).toContain('SUCCESS');
        expect(await bob.getOrder(order)).toMatchObject({ status: 'PAID' });
        expect(await call(`${far.url}/readyz`)).toMatchObject({ status: 200 });
      });

      it('and swallows what is said on old connections: they are given up, and new ones made', async () => {
        const order = await bob.createOrder({ productId: milk });
        wire.freezes();
        const first = await bob.call<ProblemJson>('GET', `orders/${order.orderNo}`);
        expect([200, 503]).toContain(first.status);
        await eventually(async () => expect(await bob.getOrder(order)).toMatchObject({ status: 'PENDING' }), 25_000);
      });

      it('restarts under load, and every order that was promised is there', async () => {
        const before = await far.getStock(milk);
        let cuts = 0;
        const orders = Array.from({ length: 60 }, async (_, n) => {
          if (n % 20 === 10) {
            wire.cuts();
            cuts += 1;
            wire.restore();
          }
          return bob.call(
            'POST',
            'orders',
            { items: [{ productId: milk, quantity: 1 }] },
            { headers: { 'idempotency-key': `k${n}` } },
          );
        });
        const replies = await Promise.all(orders);
        expect(cuts).toBe(3);
        expect(new Set(replies.map(({ status }) => status))).not.toContain(500);
        // Whoever heard 503 asks again with the same key, and nobody gets two.
        const settled = await Promise.all(
          replies.map(async (reply, n) =>
            reply.status === 201
              ? reply
              : eventually(async () => {
                  const again = await bob.call(
                    'POST',
                    'orders',
                    { items: [{ productId: milk, quantity: 1 }] },
                    { headers: { 'idempotency-key': `k${n}` } },
                  );
                  expect(again.status).toBe(201);
                  return again;
                }),
          ),
        );
        expect(new Set(settled.map(({ body }) => body.orderNo)).size).toBe(60);
        expect(await far.getStock(milk)).toBe(before - 60);
      });
    });
  } else {
    it('that stays locked makes the service say so, and the order is placed once when it is asked for again', async () => {
      const release = await blockWrites(shop);
      const order = (): Promise<{ status: number; body: OrderJson }> =>
        alice.call(
          'POST',
          'orders',
          { items: [{ productId: tea, quantity: 1 }] },
          { headers: { 'idempotency-key': 'locked' } },
        );
      const before = await shop.getStock(tea);
      expect(await order()).toMatchObject({ status: 503, body: { code: 'SERVICE_UNAVAILABLE' } });
      await release();
      expect(await order()).toMatchObject({ status: 201 });
      expect(await order()).toMatchObject({ status: 201 });
      expect(await shop.getStock(tea)).toBe(before - 1);
    });
  }
});

/** Somebody else begins to write and does not end. @returns what ends it. */
async function blockWrites(shop: TestShop): Promise<() => Promise<void>> {
  const url = shop.environment['DATABASE_URL'] ?? '';
  if (!isOnMysql) {
    const other = new Database(url.replace('sqlite:', ''));
    other.exec('BEGIN IMMEDIATE');
    return () => {
      other.exec('ROLLBACK');
      other.close();
      return Promise.resolve();
    };
  }
  const other = await mysql.createConnection(url);
  await other.beginTransaction();
  await other.query('UPDATE products SET stock = stock');
  return async () => {
    await other.rollback();
    await other.end();
  };
}
