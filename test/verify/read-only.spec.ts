import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseVerifyOptions } from '../../src/verify/verify-options.js';
import { ReadOnlyDatabase } from '../../src/verify/read-only-database.js';
import { checkInvariants } from '../../src/verify/check-invariants.js';
import { allInvariants, verify } from '../../src/verify/verify.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { eventually } from '../support/eventually.js';
import { openTestShop, type TestShop } from '../support/test-shop.js';
import { TableSnapshot } from './support/table-snapshot.js';

describe('verify: read-only access', () => {
  let shop: TestShop;
  let tea: string;
  let database: ReadOnlyDatabase;

  beforeAll(async () => {
    shop = await openTestShop();
    tea = await shop.createProduct();
    const alice = await shop.createUser('alice');
    const order = await alice.createOrder({ productId: tea });
    await alice.pay(order);
    await eventually(async () => expect((await alice.getOrder(order)).status).toBe('PAID'));
    database = await ReadOnlyDatabase.open(shop.environment['DATABASE_URL'] ?? '');
  });
  afterAll(async () => {
    await database.close();
    await shop.close();
  });

  it.each([
    'UPDATE products SET stock = stock + 1',
    'DELETE FROM order_events',
    "INSERT INTO idempotency_keys VALUES ('a', 'b', 'c', 'd', '2026-11-21')",
    'CREATE TABLE mine (id integer)',
    'DROP TABLE orders',
  ])('rejects a write: %s', async (statement) => {
    const before = await TableSnapshot.take(shop);
    await expect(database.query(statement)).rejects.toThrow(/read.?only/i);
    await database.beginSnapshot();
    await expect(database.query(statement)).rejects.toThrow(/read.?only/i);
    await database.endSnapshot();
    expect((await TableSnapshot.take(shop)).text).toBe(before.text);
  });

  it('does not change any row', async () => {
    const before = await TableSnapshot.take(shop);
    expect(before.rowCount).toBeGreaterThan(10);
    await verify(parseVerifyOptions([]), shop.environment);
    expect((await TableSnapshot.take(shop)).text).toBe(before.text);
  });

  it('reads one snapshot while the shop continues to sell', async () => {
    const stock = async (): Promise<unknown> => (await database.query('SELECT stock FROM products'))[0];
    const before = await stock();
    await database.beginSnapshot();
    await shop.firstInstance.app
      .get(UnitOfWork)
      .run((tx) => tx.query(`UPDATE products SET stock = stock - 1 WHERE product_id = '${tea}'`));
    expect(await stock()).toEqual(before);
    await database.endSnapshot();
    expect(await stock()).not.toEqual(before);
    await shop.rawUpdate('UPDATE products SET stock = stock + 1');
  });

  it('finds no violation while orders are created and paid', async () => {
    const buyers = await Promise.all(['bob', 'carol'].map((name) => shop.createUser(name)));
    await shop.rawUpdate(
      'UPDATE products SET stock = stock + 1000',
      `INSERT INTO stock_movements (product_id, kind, pieces, created_at)
       SELECT product_id, 'ADJUSTED', 1000, created_at FROM products`,
    );
    const progress = { isOver: false };
    const selling = Promise.all(
      buyers.map(async (buyer) => {
        for (let count = 0; count < 8; count++) await buyer.pay(await buyer.createOrder({ productId: tea }));
      }),
    ).finally(() => (progress.isOver = true));
    const broken: unknown[] = [];
    const seen = new Set<number>();
    while (!progress.isOver) {
      await new Promise((resolve) => setImmediate(resolve)); // SQLite calls are synchronous: let the shop run in between
      const findings = await checkInvariants(database, allInvariants(new Date(0)), { pageSize: 2, exampleLimit: 20 });
      broken.push(...findings.filter(({ offending }) => offending > 0));
      seen.add(findings.find(({ name }) => name === 'order-costs-its-lines')?.checked ?? 0);
    }
    await selling;
    expect(seen.size).toBeGreaterThan(1); // the check ran during the sales
    expect(broken).toEqual([]);
  });
});
