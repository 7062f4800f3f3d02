import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import mysql from 'mysql2/promise';
import { Product } from '../../src/catalog/product.entity.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import type { Customer, OrderJson, ProblemJson } from '../support/customer.js';
import { eventually } from '../support/eventually.js';
import { call } from '../support/http.js';
import { paidNotice } from '../support/paid-notice.js';
import { isOnMysql } from '../support/scratch-database.js';
import { openShop, type Shop } from '../support/shop.js';
import { TcpProxy } from '../support/tcp-proxy.js';

const STOCK = 1000;

describe('a database in trouble', () => {
  let shop: Shop;
  let alice: Customer;
  let tea: string;

  afterAll(() => shop.closes());

  async function opens(): Promise<void> {
    shop = await openShop();
    alice = await shop.welcomes('alice');
    tea = await shop.sells({ stock: STOCK });
  }

  it('that finds a deadlock sees the whole unit run again, and both counted once', async () => {
    await opens();
    const milk = await shop.sells({ stock: STOCK });
    const unitOfWork = shop.first.app.get(UnitOfWork);
    const takeOne = (from: string[]): Promise<void> =>
      unitOfWork.run(async (tx) => {
        for (const productId of from) {
          await tx.decrement(Product, { productId }, 'stock', 1);
          await tx.query('SELECT 1');
        }
      });
    // Two units that take the same rows in opposite order, over and over: MySQL shoots one of each pair that meets.
    await Promise.all(Array.from({ length: 10 }, (_, n) => takeOne(n % 2 === 0 ? [tea, milk] : [milk, tea])));
    expect([await shop.stockOf(tea), await shop.stockOf(milk)]).toEqual([STOCK - 10, STOCK - 10]);
  });

  it('that is locked by somebody else is waited for', async () => {
    const release = await locksOut(shop);
    const ordering = alice.asks('POST', 'orders', { items: [{ productId: tea, quantity: 1 }] });
    await release();
    expect(await ordering).toMatchObject({ status: 201 });
  });

  if (isOnMysql) {
    describe('that is away and comes back', () => {
      let wire: TcpProxy;
      let far: Shop;
      let bob: Customer;
      let milk: string;

      beforeAll(async () => {
        const server = new URL(process.env['TEST_DATABASE_URL'] ?? '');
        wire = await TcpProxy.to(server.hostname, Number(server.port || 3306));
        far = await openShop({ databaseThrough: (url) => url.replace(/@[^/]+\//, `@127.0.0.1:${wire.port}/`) });
        bob = await far.welcomes('bob');
        milk = await far.sells({ stock: STOCK });
      });
      afterAll(async () => {
        wire.mends();
        await far.closes();
        await wire.closes();
      });

      it('makes the service say so, and nothing is lost', async () => {
        const order = await bob.orders({ productId: milk });
        const pay = await bob.begins(order);
        await bob.confirms(pay, { notify: 'lost' });
        const { transaction } = await far.wechat.order(pay.outTradeNo);
        const notice = paidNotice({
          ...{ outTradeNo: pay.outTradeNo, transactionId: transaction?.transaction_id ?? '' },
          ...{ totalFee: transaction?.total_fee ?? 0, openid: bob.openid },
        });
        const notifies = (): ReturnType<typeof call<string>> =>
          call<string>(`${far.url}/wechat/notify/payment`, { method: 'POST', body: notice });

        wire.cuts();
        const away = await bob.asks<ProblemJson>('GET', `orders/${order.orderNo}`);
        expect(away).toMatchObject({ status: 503, body: { code: 'SERVICE_UNAVAILABLE', retryable: true } });
        expect(away.headers.get('retry-after')).toMatch(/^\d+$/);
        expect(await call(`${far.url}/healthz`)).toMatchObject({ status: 200 });
        expect(await call(`${far.url}/readyz`)).toMatchObject({ status: 503 });
        const began = performance.now();
        expect(await notifies()).toMatchObject({ status: 200, body: expect.stringContaining('FAIL') });
        expect(performance.now() - began).toBeLessThan(5000);

        wire.mends();
        expect((await notifies()).body).toContain('SUCCESS');
        expect(await bob.sees(order)).toMatchObject({ status: 'PAID' });
        expect(await call(`${far.url}/readyz`)).toMatchObject({ status: 200 });
      });

      it('and swallows what is said on old connections: they are given up, and new ones made', async () => {
        const order = await bob.orders({ productId: milk });
        wire.freezes();
        const first = await bob.asks<ProblemJson>('GET', `orders/${order.orderNo}`);
        expect([200, 503]).toContain(first.status);
        await eventually(async () => expect(await bob.sees(order)).toMatchObject({ status: 'PENDING' }), 25_000);
      });

      it('restarts under load, and every order that was promised is there', async () => {
        const before = await far.stockOf(milk);
        let cuts = 0;
        const orders = Array.from({ length: 60 }, async (_, n) => {
          if (n % 20 === 10) {
            wire.cuts();
            cuts += 1;
            wire.mends();
          }
          return bob.asks(
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
                  const again = await bob.asks(
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
        expect(await far.stockOf(milk)).toBe(before - 60);
      });
    });
  } else {
    it('that stays locked makes the service say so, and the order is placed once when it is asked for again', async () => {
      const release = await locksOut(shop);
      const order = (): Promise<{ status: number; body: OrderJson }> =>
        alice.asks(
          'POST',
          'orders',
          { items: [{ productId: tea, quantity: 1 }] },
          { headers: { 'idempotency-key': 'locked' } },
        );
      const before = await shop.stockOf(tea);
      expect(await order()).toMatchObject({ status: 503, body: { code: 'SERVICE_UNAVAILABLE' } });
      await release();
      expect(await order()).toMatchObject({ status: 201 });
      expect(await order()).toMatchObject({ status: 201 });
      expect(await shop.stockOf(tea)).toBe(before - 1);
    });
  }
});

/** Somebody else begins to write and does not end. @returns what ends it. */
async function locksOut(shop: Shop): Promise<() => Promise<void>> {
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
