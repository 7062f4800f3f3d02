import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, integer, datetime, nullable, varchar } from './columns.js';

/** The simulator's invented merchant. It does not prove the mode, because a test may have used it in live mode. */
const SIMULATED_MERCHANT_ID = '1900000109';
/** The newest payments that are searched for a merchant number. Payments of the app protocol of 2014 contain none. */
const MAX_PAYMENTS_SEARCHED = 500;

/**
 * The shop to which the database belongs. For an existing database it is taken from the newest payment. A real merchant number
 * means live mode, because only a live shop receives payments under it.
 */
export class CreateShopIdentity1796000000060 implements MigrationInterface {
  readonly name = 'CreateShopIdentity1796000000060';

  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'shop_identity',
      columns: [
        { ...integer('id'), isPrimary: true },
        ...[nullable(varchar('mode', 16)), varchar('mch_id', 32), datetime('since')],
      ],
    });
    const rows = (await queryRunner.query('SELECT id FROM shop_identity')) as unknown[];
    if (rows.length > 0) return;
    const mchId = await newestMerchantNumber(queryRunner);
    if (mchId === null) return;
    const mode = mchId === SIMULATED_MERCHANT_ID ? null : 'live';
    const since = new Date().toISOString().replace('T', ' ').replace('Z', '');
    await queryRunner.query('INSERT INTO shop_identity (id, mode, mch_id, since) VALUES (1, ?, ?, ?)', [
      ...[mode, mchId, since],
    ]);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('shop_identity');
  }
}

async function newestMerchantNumber(queryRunner: QueryRunner): Promise<string | null> {
  const payments = (await queryRunner.query(
    `SELECT request FROM payments ORDER BY id DESC LIMIT ${MAX_PAYMENTS_SEARCHED}`,
  )) as { request: string }[];
  for (const { request } of payments) {
    const [, mchId] = /"mch_id":"(\d{6,32})"/.exec(request) ?? [];
    if (mchId !== undefined) return mchId;
  }
  return null;
}
