import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { UnitOfWork } from '../../../src/database/unit-of-work.js';
import { type TestStaff, logInStaff } from '../../contract/support/test-staff.js';
import { recordStatements, type Statement } from '../../support/database/record-statements.js';
import { isOnMysql } from '../../support/database/scratch-database.js';
import { openTestShop, type TestShop } from '../../support/test-shop.js';

/** So many that a database prefers an index to reading them all. */
const ORDERS = 3000;
const UNSHIPPED_EVERY = 300;
/** Rows that a statement may examine: a page and the row after it. */
const PAGE_ROWS = 25;

/** The lists and searches of orders in the console. */
const REQUESTS = [
  ['the newest orders', 'orders'],
  ['a later page', 'orders?cursor=CURSOR'],
  ['a search for an order number', 'orders?q=L0000000007'],
  ['a search for a transaction', 'orders?q=42000000000000000000007'],
  ['a search for a number that does not exist', 'orders?q=none'],
  ['paid orders', 'orders?status=PAID'],
  ['few orders with another status', 'orders?status=CLOSED'],
  ['refunded orders, of which there is none', 'orders?refundStatus=FULL'],
  ['orders to ship', 'orders?shipping=unshipped'],
  ['orders of a day', 'orders?from=2030-01-01T00:00:00Z&to=2030-01-02T00:00:00Z'],
] as const;

describe('lists of orders in a big shop', () => {
  let shop: TestShop;
  let boss: TestStaff;
  let cursor: string;

  beforeAll(async () => {
    shop = await openTestShop();
    await seedOrders();
    boss = await logInStaff(shop, 'boss');
    const { body } = await boss.call<{ nextCursor: string }>('GET', 'orders');
    cursor = body.nextCursor;
  });
  afterAll(() => shop.close());

  it.each(REQUESTS)('%s: each statement uses an index', async (_what, path) => {
    const statements = await statementsOf(() => boss.call('GET', path.replace('CURSOR', cursor)));
    const onOrders = statements.filter(({ query }) => /FROM [`"]?(orders|payments|refunds|order_items)\b/.test(query));
    expect(onOrders.length).toBeGreaterThan(0);
    for (const statement of onOrders)
      expect([statement.query, await scansOf(statement)]).toEqual([statement.query, []]);
  });

  it('a search without an index would be noticed', async () => {
    const statement = { query: 'SELECT id FROM orders WHERE total_fen = 5 ORDER BY paid_fen', parameters: [] };
    expect(await scansOf(statement)).toHaveLength(1);
  });

  function dataSource(): DataSource {
    return shop.firstInstance.app.get(DataSource);
  }

  function statementsOf(work: () => Promise<{ status: number }>): Promise<Statement[]> {
    return recordStatements(dataSource(), /^SELECT/, async () => expect((await work()).status).toBe(200));
  }

  /** The steps of its plan that read a whole table or index, rather than a page in its order. */
  async function scansOf({ query, parameters }: Statement): Promise<unknown[]> {
    const explain = isOnMysql ? 'EXPLAIN' : 'EXPLAIN QUERY PLAN';
    const steps = await shop.firstInstance.app
      .get(UnitOfWork)
      .read((manager) => manager.query<Record<string, unknown>[]>(`${explain} ${query}`, parameters));
    const isPaged = /ORDER BY .*\bid\b.* LIMIT \d+$/is.test(query);
    return steps.filter((step) =>
      isOnMysql
        ? ['ALL', 'index'].includes(String(step['type'])) && !(isPaged && Number(step['rows']) <= PAGE_ROWS)
        : String(step['detail']).startsWith('SCAN') && !(isPaged && steps.length === 1),
    );
  }

  async function seedOrders(): Promise<void> {
    const at = '2026-11-21 04:00:00.000';
    const numbers = Array.from({ length: ORDERS }, (_, number) => String(number).padStart(10, '0'));
    await shop.firstInstance.app.get(UnitOfWork).run(async (manager) => {
      for (let from = 0; from < ORDERS; from += 500) {
        const some = numbers.slice(from, from + 500);
        await manager.query(
          `INSERT INTO orders (order_no, user_id, status, refund_status, total_fen, discount_fen, payable_fen, paid_fen, refunded_fen,
             transaction_id, attempt_count, close_attempts, created_at, expires_at, paid_at, to_ship_since)
           VALUES ${some.map((n) => `('L${n}', 'u1', 'PAID', 'NONE', 100, 0, 100, 100, 0, '4200000000000${n}', 1, 0, '${at}', '${at}', '${at}', ${Number(n) % UNSHIPPED_EVERY === 0 ? `'${at}'` : 'NULL'})`).join(', ')}`,
        );
        await manager.query(
          `INSERT INTO payments (order_no, attempt_no, out_trade_no, trade_type, amount_fen, status, channel, app_id, mch_id, request,
             is_unusable, transaction_id, refund_due_fen, check_count, created_at, paid_at)
           VALUES ${some.map((n) => `('L${n}', 1, 'L${n}-1', 'JSAPI', 100, 'PAID', 'wechat-v3', 'a', 'm', '{}', 0, '4200000000000${n}', 0, 0, '${at}', '${at}')`).join(', ')}`,
        );
      }
      await manager.query(
        "INSERT INTO order_items (order_id, product_id, name, unit_fen, quantity) SELECT id, 'p1', 'Tea', 100, 1 FROM orders",
      );
      await manager.query(
        `INSERT INTO refunds (refund_no, order_no, user_id, out_trade_no, transaction_id, kind, status, requested_fen, amount_fen, paid_fen,
           is_overpayment, reason, evidence, send_count, check_count, requested_at)
         SELECT CONCAT('R', order_no), order_no, user_id, CONCAT(order_no, '-1'), transaction_id, 'STAFF', 'SUCCEEDED', 100, 100, 100, 0, 'no', '[]',
           1, 0, '${at}' FROM orders`,
      );
    });
    await dataSource().query(isOnMysql ? 'ANALYZE TABLE orders, order_items, payments, refunds' : 'ANALYZE');
  }
});
