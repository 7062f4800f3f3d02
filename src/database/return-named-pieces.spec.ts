import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { dataSourceOptionsFor } from '../../ormconfig.js';
import { type ScratchDatabase, createScratchDatabase } from '../../test/support/database/scratch-database.js';
import { openDataSource } from './data-source/open-data-source.js';

const AT = "'2026-11-21 03:04:05.678'";

/** Rows of the previous version: only the columns without a default. */
const ORDER = (
  id: number,
  returnedAt: string,
): string => `INSERT INTO orders (id, order_no, user_id, status, refund_status,
  total_fen, discount_fen, payable_fen, paid_fen, refunded_fen, attempt_count, close_tries, created_at, expires_at, stock_returned_at)
  VALUES (${id}, 'ORDER${id}', 'ALICE', 'PAID', 'NONE', 200, 0, 200, 200, 0, 1, 0, ${AT}, ${AT}, ${returnedAt})`;
const ITEM = (orderId: number): string =>
  `INSERT INTO order_items (order_id, product_id, name, unit_fen, quantity) VALUES (${orderId}, 'TEA', '茶', 100, 2)`;
const REFUND = (
  orderId: number,
  amountFen: number,
  status: string,
): string => `INSERT INTO refunds (refund_no, order_no,
  user_id, out_trade_no, transaction_id, paid_fen, kind, status, is_surplus, requested_fen, amount_fen, reason, evidence,
  return_stock, send_count, check_count, requested_at) VALUES ('RF${orderId}', 'ORDER${orderId}', 'ALICE', 'ORDER${orderId}-1',
  '42${orderId}', 200, 'MERCHANT', '${status}', 0, ${amountFen}, ${amountFen}, '…', '[]', 1, 0, 0, ${AT})`;

describe('migration ReturnNamedPieces', () => {
  let scratch: ScratchDatabase;
  let source: DataSource;

  beforeAll(async () => {
    scratch = await createScratchDatabase();
    source = await openDataSource(dataSourceOptionsFor({ DATABASE_URL: scratch.url, DATABASE_POOL_SIZE: 2 }));
    const isThere = async (): Promise<boolean> => {
      const runner = source.createQueryRunner();
      const found = await runner.hasColumn('order_items', 'return_held');
      await runner.release();
      return found;
    };
    while (await isThere()) await source.undoLastMigration({ transaction: 'each' });
    for (const id of [1, 2, 3, 4]) {
      await source.query(ORDER(id, id === 1 ? AT : 'NULL'));
      await source.query(ITEM(id));
    }
    await source.query(REFUND(1, 1, 'SUCCEEDED'));
    await source.query(REFUND(2, 200, 'PROCESSING'));
    await source.query(REFUND(3, 1, 'PROCESSING'));
    await source.query(
      `INSERT INTO stock_movements (product_id, order_no, kind, pieces, created_at) VALUES ('TEA', 'ORDER1', 'RETURNED', 2, ${AT})`,
    );
    await source.runMigrations({ transaction: 'each' });
  });
  afterAll(async () => {
    await source.destroy();
    await scratch.drop();
  });

  it('keeps returned quantities, and lists the items of full refunds in progress', async () => {
    const held = await source.query<{ return_held: number }[]>('SELECT return_held FROM order_items ORDER BY order_id');
    expect(held.map(({ return_held }) => return_held)).toEqual([2, 2, 0, 0]);
    const items = await source.query<object[]>(
      'SELECT r.refund_no, i.product_id, i.quantity FROM refund_items i JOIN refunds r ON r.id = i.refund_id',
    );
    expect(items.map((row) => ({ ...row }))).toEqual([{ refund_no: 'RF2', product_id: 'TEA', quantity: 2 }]);
  });

  it('resets the return flag of partial refunds in progress, and does not change finished ones', async () => {
    const rows = await source.query<{ return_stock: number | null }[]>(
      'SELECT return_stock FROM refunds ORDER BY refund_no',
    );
    expect(rows.map(({ return_stock }) => return_stock)).toEqual([1, 1, null]);
    expect(await source.query<{ refund_no: string }[]>('SELECT refund_no FROM stock_movements')).toMatchObject([
      { refund_no: '' },
    ]);
  });
});
