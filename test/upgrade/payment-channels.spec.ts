import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { dataSourceOptionsFor } from '../../ormconfig.js';
import { openDataSource } from '../../src/database/data-source/open-data-source.js';
import { REFUND_STATUSES, type RefundStatus } from '../../src/refund/refund.entity.js';
import { createScratchDatabase, type ScratchDatabase } from '../support/database/scratch-database.js';

const AT = '2026-11-30 04:00:00.000';
const MIGRATION = 'AddPaymentChannels1796000000110';
const V2_MERCHANT = '1900000109';
const PAYMENT_STATUSES = ['CREATED', 'PREPAID', 'PAID', 'CLOSED'];

/** Requests as earlier versions stored them, with the account that the migration must find. */
const REQUESTS = {
  miniProgram: {
    request: `{"appid":"wx8888888888888888","mch_id":"${V2_MERCHANT}","sign_type":"MD5","body":"茶🍵","total_fee":"1"}`,
    account: ['wechat-v2', 'wx8888888888888888', V2_MERCHANT],
  },
  otherMerchant: {
    request: '{"appid":"wx8888888888888888","mch_id":"1230000109","sign_type":"MD5"}',
    account: ['wechat-v2', 'wx8888888888888888', '1230000109'],
  },
  appV1: {
    request: '{"protocol":"app-v1","appid":"wx7777777777777777","traceid":"T","parameters":{"partner":"1000000042"}}',
    account: ['wechat-app-v1', 'wx7777777777777777', '1000000042'],
  },
  unreadable: { request: 'not JSON', account: ['wechat-v2', '', ''] },
  tooLong: {
    request: `{"appid":"${'x'.repeat(100)}","mch_id":"${V2_MERCHANT}"}`,
    account: ['wechat-v2', 'x'.repeat(32), V2_MERCHANT],
  },
} as const;
type RequestName = keyof typeof REQUESTS;
const REQUEST_NAMES = Object.keys(REQUESTS) as RequestName[];

/** Refunds of each state: with a request after the approval, without one before it. */
const SENT_STATUSES: readonly RefundStatus[] = ['PROCESSING', 'SUCCEEDED', 'ABNORMAL', 'FAILED'];
const NO_ACCOUNT = [null, null, null];
const REFUND_REQUEST = `{"appid":"wx7777777777777777","mch_id":"${V2_MERCHANT}","sign_type":"MD5","refund_fee":"1"}`;

describe('upgrade: the account of payments and refunds', () => {
  let scratch: ScratchDatabase;
  let source: DataSource;

  beforeAll(async () => {
    scratch = await createScratchDatabase();
    source = await openDataSource(dataSourceOptionsFor({ DATABASE_URL: scratch.url, DATABASE_POOL_SIZE: 1 }));
    await undoMigration();
    await insertOldRows();
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

  const insertPayment = (order_no: string, status: string, request: string): Promise<void> =>
    insert('payments', {
      order_no,
      attempt_no: 1,
      out_trade_no: `${order_no}-1`,
      trade_type: 'APP',
      amount_fen: 1,
      status,
      request,
      is_unusable: 0,
      refund_due_fen: 0,
      check_count: 0,
      created_at: AT,
    });

  const insertRefund = (refund_no: string, order_no: string, status: string, request: string | null): Promise<void> =>
    insert('refunds', {
      refund_no,
      order_no,
      user_id: 'ALICE',
      out_trade_no: `${order_no}-1`,
      transaction_id: '42',
      paid_fen: 1,
      kind: 'USER',
      status,
      is_overpayment: 0,
      requested_fen: 1,
      amount_fen: 1,
      reason: '',
      evidence: '[]',
      request,
      send_count: 0,
      check_count: 0,
      requested_at: AT,
    });

  const insertOldRows = async (): Promise<void> => {
    await insert('shop_identity', { id: 1, mode: 'live', mch_id: V2_MERCHANT, since: AT });
    for (const name of REQUEST_NAMES)
      for (const status of PAYMENT_STATUSES) await insertPayment(`${name}-${status}`, status, REQUESTS[name].request);
    for (const status of REFUND_STATUSES)
      await insertRefund(
        `composed-${status}`,
        'appV1-PAID',
        status,
        SENT_STATUSES.includes(status) ? REFUND_REQUEST : null,
      );
    for (const name of ['miniProgram', 'appV1', 'otherMerchant'] as const)
      for (const status of SENT_STATUSES) await insertRefund(`${name}-${status}`, `${name}-PAID`, status, null);
    await insertRefund('unreadable', 'miniProgram-PAID', 'PROCESSING', 'not JSON');
  };

  const requests = async (): Promise<unknown> => [
    await source.query<unknown[]>('SELECT order_no, request FROM payments ORDER BY id'),
    await source.query<unknown[]>('SELECT refund_no, request FROM refunds ORDER BY id'),
  ];
  const accountsOf = async (table: string, number: string): Promise<Record<string, unknown>> => {
    const rows = await source.query<Record<string, unknown>[]>(
      `SELECT ${number} AS number, channel, app_id, mch_id FROM ${table}`,
    );
    return Object.fromEntries(
      rows.map((row) => [String(row['number']), [row['channel'], row['app_id'], row['mch_id']]]),
    );
  };

  const EXPECTED_PAYMENTS = Object.fromEntries(
    REQUEST_NAMES.flatMap((name) => PAYMENT_STATUSES.map((status) => [`${name}-${status}`, REQUESTS[name].account])),
  );
  const importedAccounts = {
    miniProgram: ['wechat-v2', 'wx8888888888888888', V2_MERCHANT],
    otherMerchant: ['wechat-v2', 'wx8888888888888888', '1230000109'],
    // Refunds of this protocol are made by v2, under its merchant number.
    appV1: ['wechat-v2', 'wx7777777777777777', V2_MERCHANT],
  };
  const EXPECTED_REFUNDS = Object.fromEntries<readonly (string | null)[]>([
    ...REFUND_STATUSES.map(
      (status) =>
        [
          `composed-${status}`,
          SENT_STATUSES.includes(status) ? ['wechat-v2', 'wx7777777777777777', V2_MERCHANT] : NO_ACCOUNT,
        ] as const,
    ),
    ...Object.entries(importedAccounts).flatMap(([name, account]) =>
      SENT_STATUSES.map((status) => [`${name}-${status}`, account] as const),
    ),
    ['unreadable', ['wechat-v2', '', '']],
  ]);

  it('is read from the stored requests, which stay as they are; it can be reverted and run again', async () => {
    const before = await requests();
    for (let round = 0; round < 2; round++) {
      await source.runMigrations({ transaction: 'each' });
      expect(await accountsOf('payments', 'order_no')).toEqual(EXPECTED_PAYMENTS);
      expect(await accountsOf('refunds', 'refund_no')).toEqual(EXPECTED_REFUNDS);
      expect(await requests()).toEqual(before);
      if (round === 0) await undoMigration();
    }
  });

  it('continues where an interrupted run has stopped', async () => {
    await source.query(`DELETE FROM migrations WHERE name = '${MIGRATION}'`);
    await source.runMigrations({ transaction: 'each' });
    expect(await accountsOf('payments', 'order_no')).toEqual(EXPECTED_PAYMENTS);
  });
});
