import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readArguments } from '../../src/verify/arguments.js';
import { Books } from '../../src/verify/books.js';
import { checkBooks } from '../../src/verify/check-books.js';
import { allInvariants, verify } from '../../src/verify/verify.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { eventually } from '../support/eventually.js';
import { openShop, type Shop } from '../support/shop.js';
import { TableCopies } from './support/table-copies.js';

describe('whoever checks the books', () => {
  let shop: Shop;
  let tea: string;
  let books: Books;

  beforeAll(async () => {
    shop = await openShop();
    tea = await shop.sells();
    const alice = await shop.welcomes('alice');
    const order = await alice.orders({ productId: tea });
    await alice.pays(order);
    await eventually(async () => expect((await alice.sees(order)).status).toBe('PAID'));
    books = await Books.open(shop.environment['DATABASE_URL'] ?? '');
  });
  afterAll(async () => {
    await books.close();
    await shop.closes();
  });

  it.each([
    'UPDATE products SET stock = stock + 1',
    'DELETE FROM payment_events',
    "INSERT INTO idempotency_keys VALUES ('a', 'b', 'c', 'd', '2026-11-21')",
    'CREATE TABLE mine (id integer)',
    'DROP TABLE orders',
  ])('cannot write: %s', async (statement) => {
    const before = await TableCopies.of(shop);
    await expect(books.rows(statement)).rejects.toThrow(/read.?only/i);
    await books.begin();
    await expect(books.rows(statement)).rejects.toThrow(/read.?only/i);
    await books.end();
    expect((await TableCopies.of(shop)).text).toBe(before.text);
  });

  it('leaves every row of every table as it was', async () => {
    const before = await TableCopies.of(shop);
    expect(before.rowCount).toBeGreaterThan(10);
    await verify(readArguments([]), shop.environment);
    expect((await TableCopies.of(shop)).text).toBe(before.text);
  });

  it('sees one moment, while the shop goes on selling', async () => {
    const stock = async (): Promise<unknown> => (await books.rows('SELECT stock FROM products'))[0];
    const before = await stock();
    await books.begin();
    await shop.first.app
      .get(UnitOfWork)
      .run((tx) => tx.query(`UPDATE products SET stock = stock - 1 WHERE product_id = '${tea}'`));
    expect(await stock()).toEqual(before);
    await books.end();
    expect(await stock()).not.toEqual(before);
    await shop.forces('UPDATE products SET stock = stock + 1');
  });

  it('finds nothing wrong in the middle of orders that are being placed and paid', async () => {
    const people = await Promise.all(['bob', 'carol'].map((name) => shop.welcomes(name)));
    await shop.forces(
      'UPDATE products SET stock = stock + 1000',
      `INSERT INTO stock_movements (product_id, kind, pieces, created_at)
       SELECT product_id, 'ADJUSTED', 1000, created_at FROM products`,
    );
    const progress = { isOver: false };
    const selling = Promise.all(
      people.map(async (person) => {
        for (let sold = 0; sold < 8; sold++) await person.pays(await person.orders({ productId: tea }));
      }),
    ).finally(() => (progress.isOver = true));
    const broken: unknown[] = [];
    const seen = new Set<number>();
    while (!progress.isOver) {
      await new Promise((resolve) => setImmediate(resolve)); // SQLite answers at once: the shop needs its turn
      const findings = await checkBooks(books, allInvariants(new Date(0)), { pageSize: 2, exampleLimit: 20 });
      broken.push(...findings.filter(({ offending }) => offending > 0));
      seen.add(findings.find(({ name }) => name === 'order-costs-its-lines')?.checked ?? 0);
    }
    await selling;
    expect(seen.size).toBeGreaterThan(1); // it looked while they sold
    expect(broken).toEqual([]);
  });
});
