import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { dataSourceOptionsFor } from '../../ormconfig.js';
import { openDataSource } from '../../src/database/data-source/open-data-source.js';
import { createScratchDatabase, type ScratchDatabase } from '../support/database/scratch-database.js';

const AT = '2026-11-30 04:00:00.000';
const MIGRATION = 'RedirectRefunds1796000000145';
const MERCHANT = '{"destination":"MERCHANT","bankType":null}';
const CARD = '{"destination":"USER_BANK_CARD","bankType":"CMB_DEBIT"}';

/** Status, the destinations that the audit log has, and the destination after the upgrade. */
const REFUNDS = {
  returned: ['SUCCEEDED', [MERCHANT], 'MERCHANT'],
  onItsWay: ['ABNORMAL', [MERCHANT], 'MERCHANT'],
  merchantAfterCard: ['SUCCEEDED', [CARD, MERCHANT], 'MERCHANT'],
  cardAfterMerchant: ['SUCCEEDED', [MERCHANT, CARD], null],
  toCard: ['SUCCEEDED', [CARD], null],
  failed: ['FAILED', [MERCHANT], null],
  notRedirected: ['SUCCEEDED', [], null],
} as const;

describe('upgrade: refunds that were redirected before the destination was stored', () => {
  let scratch: ScratchDatabase;
  let source: DataSource;

  beforeAll(async () => {
    scratch = await createScratchDatabase();
    source = await openDataSource(dataSourceOptionsFor({ DATABASE_URL: scratch.url, DATABASE_POOL_SIZE: 1 }));
    await undoMigration();
    for (const [refundNo, [status, destinations]] of Object.entries(REFUNDS)) {
      await insertRefund(refundNo, status);
      for (const after of destinations) await insertAuditEntry(refundNo, after);
    }
  });
  afterAll(async () => {
    await source.destroy();
    await scratch.drop();
  });

  const undoMigration = async (): Promise<void> => {
    const isApplied = async (): Promise<boolean> =>
      (await source.query<unknown[]>(`SELECT id FROM migrations WHERE name = '${MIGRATION}'`)).length > 0;
    while (await isApplied()) await source.undoLastMigration({ transaction: 'each' });
  };
  const insert = async (table: string, values: Readonly<Record<string, unknown>>): Promise<void> => {
    const columns = Object.keys(values).map((column) => source.driver.escape(column));
    const marks = columns.map(() => '?').join(', ');
    await source.query(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})`, Object.values(values));
  };
  const insertRefund = (refund_no: string, status: string): Promise<void> =>
    insert('refunds', {
      refund_no,
      status,
      order_no: 'O1',
      user_id: 'ALICE',
      out_trade_no: 'O1-1',
      transaction_id: '42',
      paid_fen: 1,
      requested_fen: 1,
      amount_fen: 1,
      kind: 'USER',
      is_overpayment: 0,
      reason: '',
      evidence: '[]',
      wechat_refund_id: refund_no,
      channel: 'wechat-v3',
      app_id: 'wx1',
      mch_id: '1',
      send_count: 1,
      check_count: 0,
      requested_at: AT,
    });
  const insertAuditEntry = (subject: string, after: string): Promise<void> =>
    insert('audit_log', {
      at: AT,
      actor_id: 'BOSS',
      actor_username: 'boss',
      action: 'refund.redirect',
      subject,
      before: '{"status":"ABNORMAL"}',
      after,
      ip: '',
    });
  const destinations = async (): Promise<Record<string, unknown>> => {
    const rows = await source.query<Record<string, unknown>[]>(
      'SELECT refund_no, redirect_to, redirect_call_count FROM refunds',
    );
    return Object.fromEntries(
      rows.map((row) => [String(row['refund_no']), [row['redirect_to'], Number(row['redirect_call_count'])]]),
    );
  };
  const EXPECTED = Object.fromEntries(
    Object.entries(REFUNDS).map(([refundNo, [, , to]]) => [refundNo, [to, to === null ? 0 : 1]]),
  );

  it('their destination is read from the audit log; it can be reverted and run again', async () => {
    for (let round = 0; round < 2; round++) {
      await source.runMigrations({ transaction: 'each' });
      expect(await destinations()).toEqual(EXPECTED);
      if (round === 0) await undoMigration();
    }
  });

  it('continues where an interrupted run has stopped', async () => {
    await source.query(`DELETE FROM migrations WHERE name = '${MIGRATION}'`);
    await source.runMigrations({ transaction: 'each' });
    expect(await destinations()).toEqual(EXPECTED);
  });
});
