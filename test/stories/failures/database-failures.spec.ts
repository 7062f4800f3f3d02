import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import mysql from 'mysql2/promise';
import { Product } from '../../../src/catalog/product.entity.js';
import { UnitOfWork } from '../../../src/database/unit-of-work.js';
import type { TestBuyer, OrderJson, ProblemJson } from '../../support/clients/test-buyer.js';
import { eventually } from '../../support/eventually.js';
import { sendRequest } from '../../../tools/client/http.js';
import { buildPaidNotice } from '../../support/wechat/paid-notice.js';
import { isOnMysql } from '../../support/database/scratch-database.js';
import { openTestShop, type TestShop } from '../../support/test-shop.js';
import { TcpProxy } from '../../support/wechat/tcp-proxy.js';

const STOCK = 1000;

describe('database failures', () => {
  let shop: TestShop;
  let alice: TestBuyer;
  let tea: string;

  afterAll(() => shop.close());

  async function openShop(): Promise<void> {
    shop = await openTestShop();
    alice = await shop.createUser('alice');
    tea = await shop.createProduct({ stock: STOCK });
  }

  it('a deadlock runs the whole transaction again, and every change counts once', async () => {
    await openShop();
    const milk = await shop.createProduct({ stock: STOCK });
    const unitOfWork = shop.firstInstance.app.get(UnitOfWork);
    const takeOne = (from: string[]): Promise<void> =>
      unitOfWork.run(async (tx) => {
        for (const productId of from) {
          await tx.decrement(Product, { productId }, 'stock', 1);
          await tx.query('SELECT 1');
        }
      });
    // The transactions take the same rows in opposite order: MySQL aborts one of each pair that meets.
    await Promise.all(Array.from({ length: 10 }, (_, n) => takeOne(n % 2 === 0 ? [tea, milk] : [milk, tea])));
    expect([await shop.getStock(tea), await shop.getStock(milk)]).toEqual([STOCK - 10, STOCK - 10]);
  });

  it('an order waits for a lock that another client releases', async () => {
    const release = await blockWrites(shop);
    const ordering = alice.call('POST', 'orders', { items: [{ productId: tea, quantity: 1 }] });
    await release();
    expect(await ordering).toMatchObject({ status: 201 });
  });

  if (isOnMysql) {
    describe('database failures: lost connections', () => {
      let proxy: TcpProxy;
      let proxiedShop: TestShop;
      let bob: TestBuyer;
      let milk: string;

      beforeAll(async () => {
        const server = new URL(process.env['TEST_DATABASE_URL'] ?? '');
        proxy = await TcpProxy.open(server.hostname, Number(server.port || 3306));
        proxiedShop = await openTestShop({
          wrapDatabaseUrl: (url) => url.replace(/@[^/]+\//, `@127.0.0.1:${proxy.port}/`),
        });
        bob = await proxiedShop.createUser('bob');
        milk = await proxiedShop.createProduct({ stock: STOCK });
      });
      afterAll(async () => {
        proxy.reconnect();
        await proxiedShop.close();
        await proxy.close();
      });

      it('during an outage the service responds with 503 and rejects notices, and nothing is lost', async () => {
        const order = await bob.createOrder({ productId: milk });
        const pay = await bob.startPayment(order);
        await bob.confirmPayment(pay, { notify: 'lost' });
        const { transaction } = await proxiedShop.wechat.getOrder(pay.outTradeNo);
        const notice = buildPaidNotice({
          outTradeNo: pay.outTradeNo,
          transactionId: transaction?.transaction_id ?? '',
          totalFee: transaction?.total_fee ?? 0,
          openid: bob.openid,
        });
        const postNotice = (): ReturnType<typeof sendRequest<string>> =>
          sendRequest<string>(`${proxiedShop.url}/wechat/notify/payment`, { method: 'POST', body: notice });

        proxy.disconnect();
        const duringOutage = await bob.call<ProblemJson>('GET', `orders/${order.orderNo}`);
        expect(duringOutage).toMatchObject({ status: 503, body: { code: 'SERVICE_UNAVAILABLE', retryable: true } });
        expect(duringOutage.headers.get('retry-after')).toMatch(/^\d+$/);
        expect(await sendRequest(`${proxiedShop.url}/healthz`)).toMatchObject({ status: 200 });
        expect(await sendRequest(`${proxiedShop.url}/readyz`)).toMatchObject({ status: 503 });
        const startedAt = performance.now();
        expect(await postNotice()).toMatchObject({ status: 200, body: expect.stringContaining('FAIL') });
        expect(performance.now() - startedAt).toBeLessThan(5000);

        proxy.reconnect();
        expect((await postNotice()).body).toContain('SUCCESS');
        expect(await bob.getOrder(order)).toMatchObject({ status: 'PAID' });
        expect(await sendRequest(`${proxiedShop.url}/readyz`)).toMatchObject({ status: 200 });
      });

      it('connections that no longer respond are replaced', async () => {
        const order = await bob.createOrder({ productId: milk });
        proxy.freeze();
        const first = await bob.call<ProblemJson>('GET', `orders/${order.orderNo}`);
        expect([200, 503]).toContain(first.status);
        await eventually(async () => expect(await bob.getOrder(order)).toMatchObject({ status: 'PENDING' }), 25_000);
      });

      it('restarts under load lose no confirmed order', async () => {
        const before = await proxiedShop.getStock(milk);
        let cutCount = 0;
        const orders = Array.from({ length: 60 }, async (_, n) => {
          if (n % 20 === 10) {
            proxy.disconnect();
            cutCount += 1;
            proxy.reconnect();
          }
          return bob.call(
            'POST',
            'orders',
            { items: [{ productId: milk, quantity: 1 }] },
            { headers: { 'idempotency-key': `k${n}` } },
          );
        });
        const replies = await Promise.all(orders);
        expect(cutCount).toBe(3);
        expect(new Set(replies.map(({ status }) => status))).not.toContain(500);
        // A client that received 503 repeats the request with its key, and no key creates two orders.
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
        expect(await proxiedShop.getStock(milk)).toBe(before - 60);
      });
    });
  } else {
    it('while the database stays locked, the service responds with 503, and a repeated request creates one order', async () => {
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

/**
 * Opens a write transaction of another client.
 * @returns the function that ends it.
 */
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
