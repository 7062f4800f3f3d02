import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { migrations, optionsFor } from '../../ormconfig.js';
import { openDataSource } from '../../src/database/open-data-source.js';
import { clerk } from '../contract/support/clerk.js';
import type { OrderJson, PayJson } from '../support/customer.js';
import { call } from '../support/http.js';
import { paidNotice } from '../support/paid-notice.js';
import { scratchDatabase } from '../support/scratch-database.js';
import { openShop, type Shop } from '../support/shop.js';

/** `mysql://root@127.0.0.1:33061,mysql://…`: the nodes that `scripts/galera start` prints. */
const nodes = (process.env['TEST_GALERA_URLS'] ?? '').split(',').filter((url) => url !== '');
const onGalera = nodes.length > 1 ? describe : describe.skip;

/** The same database at another node. */
function at(node: string, url: string): string {
  const there = new URL(node);
  there.pathname = new URL(url).pathname;
  return there.toString();
}

onGalera('a shop whose instances have a node of a cluster each', () => {
  let shop: Shop;

  beforeAll(async () => {
    process.env['TEST_DATABASE_URL'] = `${nodes[0] ?? ''}/test`;
    shop = await openShop({ environment: { QUERY_BACKOFF_SECONDS: '10,20,30' } });
    for (const node of nodes.slice(1)) {
      shop.environment['DATABASE_URL'] = at(node, shop.environment['DATABASE_URL'] ?? '');
      await shop.opensAnother();
    }
  }, 120_000);
  afterAll(() => shop.closes());

  const everywhere = <T>(act: (at: number) => Promise<T>): Promise<T[]> =>
    Promise.all(shop.instances.map((_, n) => act(n)));

  it('migrates an empty database once, from all nodes at the same time', async () => {
    const database = await scratchDatabase();
    const opened: DataSource[] = [];
    try {
      const options = nodes.map((node) => optionsFor({ DATABASE_URL: at(node, database.url), DATABASE_POOL_SIZE: 2 }));
      opened.push(...(await Promise.all(options.map(openDataSource))));
      for (const dataSource of opened) {
        const rows = await dataSource.query<{ name: string }[]>('SELECT name FROM migrations ORDER BY id');
        expect(rows.map(({ name }) => name)).toEqual(migrations.map(({ name }) => name));
        // A read that is late by chance is rare: that all connections wait is seen by what they were told.
        const [waits] = await dataSource.query<{ Value: string }[]>("SHOW SESSION VARIABLES LIKE 'wsrep_sync_wait'");
        expect(waits?.Value).toBe('1');
      }
    } finally {
      await Promise.all(opened.map((dataSource) => dataSource.destroy()));
      await database.drop();
    }
  }, 120_000);

  it('reads at one node what was committed at another, at once', async () => {
    const tea = await shop.sells({ stock: 100 });
    for (let round = 0; round < 10; round++) {
      const alice = await shop.welcomes('alice');
      const items = [{ productId: tea, quantity: 1 }];
      const { status, body: order } = await alice.asks('POST', 'orders', { items }, { at: 1 });
      expect(status).toBe(201);
      const seen = await everywhere((n) => alice.asks('GET', `orders/${order.orderNo}`, undefined, { at: n }));
      expect(seen.map((reply) => reply.status)).toEqual(nodes.map(() => 200));
      await alice.asks('POST', 'auth/logout', undefined, { at: 1 });
      expect((await alice.asks('GET', 'orders')).status).toBe(401);
    }
  });

  it('sells what there is, and not more, and one order for one key', async () => {
    const alice = await shop.welcomes('alice');
    const tea = await shop.sells({ stock: 20 });
    const buys = (n: number, headers = {}): Promise<{ status: number; body: OrderJson }> =>
      alice.asks('POST', 'orders', { items: [{ productId: tea, quantity: 1 }] }, { at: n % nodes.length, headers });
    const twice = await everywhere((n) => buys(n, { 'idempotency-key': 'one tap' }));
    expect(new Set(twice.map(({ body }) => body.orderNo)).size).toBe(1);
    expect(await shop.stockOf(tea)).toBe(19);
    const replies = await Promise.all(Array.from({ length: 24 }, (_, n) => repeated(() => buys(n))));
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(19);
    expect(replies.filter(({ status }) => status === 409)).toHaveLength(5);
    expect(await shop.stockOf(tea)).toBe(0);
  });

  it('counts a payment once, of which all nodes hear at the same time', async () => {
    const alice = await shop.welcomes('alice');
    const tea = await shop.sells({ stock: 100 });
    for (let round = 0; round < 5; round++) {
      const order = await alice.orders({ productId: tea });
      const pay = await alice.pays(order, { notify: 'lost' });
      const { transaction } = await shop.wechat.order(pay.outTradeNo);
      const body = paidNotice({
        ...{ outTradeNo: pay.outTradeNo, transactionId: transaction?.transaction_id ?? '' },
        ...{ totalFee: transaction?.total_fee ?? 0, openid: alice.openid },
      });
      const notify = (n: number): Promise<{ body: string }> =>
        call<string>(`${shop.instances[n]?.url ?? ''}/wechat/notify/payment`, { method: 'POST', body });
      for (const reply of await everywhere(notify)) expect(reply.body).toContain('SUCCESS');
      const heard = (await shop.eventsOf(pay.outTradeNo)).filter(({ type }) => type === 'NOTICE');
      expect(heard.map(({ result }) => result).sort()).toEqual(['APPLIED', 'REPEATED', 'REPEATED']);
    }
  });

  it('asks WeChat once about each payment in each due moment', async () => {
    const alice = await shop.welcomes('alice');
    const tea = await shop.sells({ stock: 100 });
    const pays: PayJson[] = [];
    for (let n = 0; n < 10; n++) pays.push(await alice.begins(await alice.orders({ productId: tea })));
    await shop.wechat.passes({ seconds: 11 });
    await shop.ticks();
    for (const { outTradeNo } of pays) expect(await shop.wechat.timesCalled('/pay/orderquery', outTradeNo)).toBe(1);
  });

  it('keeps an administrator when two demote each other at two nodes', async () => {
    for (let round = 0; round < 5; round++) {
      const [one, other] = [await clerk(shop, 'ADMIN'), await clerk(shop, 'ADMIN')];
      // Nobody else is one: `boss` steps back for the length of the round.
      await shop.forces(`UPDATE admins SET is_disabled = 1 WHERE id NOT IN ('${one.id}', '${other.id}')`);
      const demotion = { role: 'VIEWER' };
      await Promise.all([
        one.asks('PATCH', `admins/${other.id}`, demotion, 0),
        other.asks('PATCH', `admins/${one.id}`, demotion, 1),
      ]);
      const left = await shop.first.app.get(DataSource).query<unknown[]>(ADMINISTRATORS);
      expect(left).toHaveLength(1);
    }
  });
});

const ADMINISTRATORS = "SELECT id FROM admins WHERE role = 'ADMIN' AND is_disabled = 0";

/** As a client does that hears 503: so many for one row at once are more than the service's patience may bear. */
async function repeated<R extends { status: number }>(ask: () => Promise<R>): Promise<R> {
  for (let reply = await ask(); ; reply = await ask()) if (reply.status !== 503) return reply;
}
