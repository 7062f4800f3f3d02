import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { readOurEntries } from '../../../src/bill/entries/read-our-entries.js';
import { UnitOfWork } from '../../../src/database/unit-of-work.js';
import { recordStatements } from '../../support/database/record-statements.js';
import { isOnMysql } from '../../support/database/scratch-database.js';
import { openTestShop, type TestShop } from '../../support/test-shop.js';

const REFUNDS = 5000;
const PERIOD = { from: new Date('2026-01-01T16:00:00Z'), to: new Date('2026-01-02T16:00:00Z'), mchId: '1900000109' };

describe('reading our payments and refunds of a day', () => {
  let shop: TestShop;
  let dataSource: DataSource;

  beforeAll(async () => {
    shop = await openTestShop();
    dataSource = shop.firstInstance.app.get(DataSource);
    const columns =
      'refund_no, order_no, user_id, out_trade_no, transaction_id, kind, status, requested_fen, amount_fen, paid_fen, ' +
      'is_overpayment, reason, evidence, send_count, check_count, requested_at, accepted_at, completed_at';
    for (let from = 0; from < REFUNDS; from += 500) {
      const rows = Array.from({ length: 500 }, (_, index) => {
        const at = `'${new Date(Date.UTC(2026, 0, 1) + (from + index) * 3_600_000).toISOString().replace(/[TZ]/g, ' ').trim()}'`;
        const accepted = index % 2 === 0 ? at : 'NULL';
        const number = from + index;
        return `('R${number}', 'L${number}', 'u1', 'L${number}-1', '42${number}', 'STAFF', 'SUCCEEDED', 1, 1, 1, 0, 'no', '[]', 1, 0, ${at}, ${accepted}, ${at})`;
      });
      await dataSource.query(`INSERT INTO refunds (${columns}) VALUES ${rows.join(', ')}`);
    }
    if (isOnMysql) await dataSource.query('ANALYZE TABLE payments, refunds');
  });
  afterAll(() => shop.close());

  it('each statement is read by the index of its time', async () => {
    let count = 0;
    const statements = await recordStatements(dataSource, / FROM (payments|refunds) /, async () => {
      for await (const page of readOurEntries(dataSource, shop.firstInstance.app.get(UnitOfWork), PERIOD))
        count += page.length;
    });
    expect(count).toBe(24);
    const explain = isOnMysql ? 'EXPLAIN' : 'EXPLAIN QUERY PLAN';
    const plans = await Promise.all(
      statements.map(({ query, parameters }) => dataSource.query<unknown>(`${explain} ${query}`, parameters)),
    );
    expect(plans.map((plan) => JSON.stringify(plan))).toEqual([
      expect.stringContaining('payments_paid_at'),
      expect.stringContaining('refunds_accepted_at'),
      expect.stringContaining('refunds_completed_at'),
    ]);
  });
});
