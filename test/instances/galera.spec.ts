import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { migrations, dataSourceOptionsFor } from '../../ormconfig.js';
import { openDataSource } from '../../src/database/data-source/open-data-source.js';
import { createStaff } from '../contract/support/test-staff.js';
import type { OrderJson, PayJson } from '../support/clients/test-buyer.js';
import { sendRequest } from '../../tools/client/http.js';
import { buildPaidNotice } from '../support/wechat/paid-notice.js';
import { createScratchDatabase } from '../support/database/scratch-database.js';
import { openTestShop, type TestShop } from '../support/test-shop.js';

/** `mysql://root@127.0.0.1:33061,mysql://…`: the nodes that `scripts/galera start` prints. */
const nodeUrls = (process.env['TEST_GALERA_URLS'] ?? '').split(',').filter((url) => url !== '');
const onGalera = nodeUrls.length > 1 ? describe : describe.skip;

/** Returns the URL of the same database at another node. */
function urlAtNode(node: string, url: string): string {
  const atNode = new URL(node);
  atNode.pathname = new URL(url).pathname;
  return atNode.toString();
}

onGalera('instances: one Galera node per instance', () => {
  let shop: TestShop;

  beforeAll(async () => {
    process.env['TEST_DATABASE_URL'] = `${nodeUrls[0] ?? ''}/test`;
    shop = await openTestShop({ environment: { QUERY_BACKOFF_SECONDS: '10,20,30' } });
    for (const node of nodeUrls.slice(1)) {
      shop.environment['DATABASE_URL'] = urlAtNode(node, shop.environment['DATABASE_URL'] ?? '');
      await shop.startInstance();
    }
  }, 120_000);
  afterAll(() => shop.close());

  const everywhere = <T>(act: (at: number) => Promise<T>): Promise<T[]> =>
    Promise.all(shop.instances.map((_, n) => act(n)));

  it('an empty database is migrated once when all nodes start at the same time', async () => {
    const database = await createScratchDatabase();
    const opened: DataSource[] = [];
    try {
      const options = nodeUrls.map((node) =>
        dataSourceOptionsFor({ DATABASE_URL: urlAtNode(node, database.url), DATABASE_POOL_SIZE: 2 }),
      );
      opened.push(...(await Promise.all(options.map(openDataSource))));
      for (const dataSource of opened) {
        const rows = await dataSource.query<{ name: string }[]>('SELECT name FROM migrations ORDER BY id');
        expect(rows.map(({ name }) => name)).toEqual(migrations.map(({ name }) => name));
        // A stale read is rare, so the test checks the setting that makes all connections wait.
        const [waits] = await dataSource.query<{ Value: string }[]>("SHOW SESSION VARIABLES LIKE 'wsrep_sync_wait'");
        expect(waits?.Value).toBe('1');
      }
    } finally {
      await Promise.all(opened.map((dataSource) => dataSource.destroy()));
      await database.drop();
    }
  }, 120_000);

  it('data that is committed at one node can be read at another at once', async () => {
    const tea = await shop.createProduct({ stock: 100 });
    for (let round = 0; round < 10; round++) {
      const alice = await shop.createUser('alice');
      const items = [{ productId: tea, quantity: 1 }];
      const { status, body: order } = await alice.call('POST', 'orders', { items }, { at: 1 });
      expect(status).toBe(201);
      const seen = await everywhere((n) => alice.call('GET', `orders/${order.orderNo}`, undefined, { at: n }));
      expect(seen.map((reply) => reply.status)).toEqual(nodeUrls.map(() => 200));
      await alice.call('POST', 'auth/logout', undefined, { at: 1 });
      expect((await alice.call('GET', 'orders')).status).toBe(401);
    }
  });

  it('concurrent orders sell no more than the stock, and one Idempotency-Key creates one order', async () => {
    const alice = await shop.createUser('alice');
    const tea = await shop.createProduct({ stock: 20 });
    const createOrder = (n: number, headers = {}): Promise<{ status: number; body: OrderJson }> =>
      alice.call('POST', 'orders', { items: [{ productId: tea, quantity: 1 }] }, { at: n % nodeUrls.length, headers });
    const twice = await everywhere((n) => createOrder(n, { 'idempotency-key': 'one tap' }));
    expect(new Set(twice.map(({ body }) => body.orderNo)).size).toBe(1);
    expect(await shop.getStock(tea)).toBe(19);
    const replies = await Promise.all(Array.from({ length: 24 }, (_, n) => retryOn503(() => createOrder(n))));
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(19);
    expect(replies.filter(({ status }) => status === 409)).toHaveLength(5);
    expect(await shop.getStock(tea)).toBe(0);
  });

  it('a payment notice that arrives at all nodes at once is applied once', async () => {
    const alice = await shop.createUser('alice');
    const tea = await shop.createProduct({ stock: 100 });
    for (let round = 0; round < 5; round++) {
      const order = await alice.createOrder({ productId: tea });
      const pay = await alice.pay(order, { notify: 'lost' });
      const { transaction } = await shop.wechat.getOrder(pay.outTradeNo);
      const body = buildPaidNotice({
        outTradeNo: pay.outTradeNo,
        transactionId: transaction?.transaction_id ?? '',
        totalFee: transaction?.total_fee ?? 0,
        openid: alice.openid,
      });
      const notify = (n: number): Promise<{ body: string }> =>
        sendRequest<string>(`${shop.instances[n]?.url ?? ''}/wechat/notify/payment`, { method: 'POST', body });
      for (const reply of await everywhere(notify)) expect(reply.body).toContain('SUCCESS');
      const noticeEvents = (await shop.getEvents(pay.outTradeNo)).filter(({ type }) => type === 'NOTICE');
      expect(noticeEvents.map(({ result }) => result).sort()).toEqual(['APPLIED', 'REPEATED', 'REPEATED']);
    }
  });

  it('each due payment is queried once', async () => {
    const alice = await shop.createUser('alice');
    const tea = await shop.createProduct({ stock: 100 });
    const pays: PayJson[] = [];
    for (let n = 0; n < 10; n++) pays.push(await alice.startPayment(await alice.createOrder({ productId: tea })));
    await shop.wechat.advanceTime({ seconds: 11 });
    await shop.runJobs();
    for (const { outTradeNo } of pays) expect(await shop.wechat.countCalls('/pay/orderquery', outTradeNo)).toBe(1);
  });

  it('two administrators who demote each other at two nodes leave one administrator', async () => {
    for (let round = 0; round < 5; round++) {
      const [one, other] = [await createStaff(shop, 'ADMIN'), await createStaff(shop, 'ADMIN')];
      // `boss` is disabled in each round, so there is no other administrator.
      await shop.rawUpdate(`UPDATE admins SET is_disabled = 1 WHERE id NOT IN ('${one.id}', '${other.id}')`);
      const demotion = { role: 'VIEWER' };
      await Promise.all([
        one.call('PATCH', `admins/${other.id}`, demotion, 0),
        other.call('PATCH', `admins/${one.id}`, demotion, 1),
      ]);
      const left = await shop.firstInstance.app.get(DataSource).query<unknown[]>(SELECT_ADMINISTRATORS);
      expect(left).toHaveLength(1);
    }
  });
});

const SELECT_ADMINISTRATORS = "SELECT id FROM admins WHERE role = 'ADMIN' AND is_disabled = 0";

/**
 * Repeats a request that got the response 503, as a client does. So many changes of one row can exceed the retries of
 * the service.
 */
async function retryOn503<R extends { status: number }>(ask: () => Promise<R>): Promise<R> {
  for (let reply = await ask(); ; reply = await ask()) if (reply.status !== 503) return reply;
}
