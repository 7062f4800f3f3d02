import { type MigrationInterface, type QueryRunner, TableColumn, TableIndex } from 'typeorm';
import { addColumn, nullable, varchar } from './columns.js';

const ACCOUNT = [varchar('channel', 16), varchar('app_id', 32), varchar('mch_id', 32)];
/** States of a refund that was approved, or imported from the merchant platform. */
const SENT = "('PROCESSING', 'SUCCEEDED', 'ABNORMAL', 'FAILED')";
const INDEX = new TableIndex({ name: 'payments_channel', columnNames: ['channel', 'status'] });

/**
 * Stores the protocol, the app and the merchant number of payments and refunds in columns. Until now they were read from
 * the stored requests, which stay as they are. An unreadable request leaves empty texts, which `npm run verify` reports.
 */
export class AddPaymentChannels1796000000110 implements MigrationInterface {
  readonly name = 'AddPaymentChannels1796000000110';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of ['payments', 'refunds'])
      for (const column of ACCOUNT) await addColumn(queryRunner, table, nullable(column));
    await fillPayments(queryRunner);
    await fillRefunds(queryRunner);
    await requireAccount(queryRunner);
    const payments = await queryRunner.getTable('payments');
    if (!payments?.indices.some(({ name }) => name === INDEX.name)) await queryRunner.createIndex('payments', INDEX);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropIndex('payments', 'payments_channel');
    for (const table of ['payments', 'refunds'])
      for (const { name } of ACCOUNT.toReversed()) await queryRunner.dropColumn(table, name);
  }
}

async function fillPayments(queryRunner: QueryRunner): Promise<void> {
  const member = memberOf(queryRunner);
  await queryRunner.query(
    `UPDATE payments SET
       channel = CASE WHEN ${member('$.protocol')} = 'app-v1' THEN 'wechat-app-v1' ELSE 'wechat-v2' END,
       app_id = COALESCE(${member('$.appid')}, ''),
       mch_id = COALESCE(${member('$.mch_id')}, ${member('$.parameters.partner')}, '')
     WHERE channel IS NULL`,
  );
}

/** All refunds were made by v2. One from the merchant platform has no request and gets the app of its payment. */
async function fillRefunds(queryRunner: QueryRunner): Promise<void> {
  const member = memberOf(queryRunner);
  await queryRunner.query(
    `UPDATE refunds SET channel = 'wechat-v2', app_id = COALESCE(${member('$.appid')}, ''),
       mch_id = COALESCE(${member('$.mch_id')}, '')
     WHERE channel IS NULL AND request IS NOT NULL`,
  );
  const ofPayment = (value: string): string =>
    `COALESCE((SELECT ${value} FROM payments p WHERE p.out_trade_no = refunds.out_trade_no), '')`;
  // A payment of the app protocol of 2014 has another merchant number than its refunds.
  const mchId = `CASE p.channel WHEN 'wechat-v2' THEN p.mch_id
    ELSE COALESCE((SELECT shop.mch_id FROM shop_identity shop WHERE shop.id = 1), p.mch_id) END`;
  await queryRunner.query(
    `UPDATE refunds SET channel = 'wechat-v2', app_id = ${ofPayment('p.app_id')}, mch_id = ${ofPayment(mchId)}
     WHERE channel IS NULL AND request IS NULL AND status IN ${SENT}`,
  );
}

/** The SQL of a text in the stored request; NULL for a request that is no JSON, or without it. */
function memberOf(queryRunner: QueryRunner): (path: string) => string {
  const isMysql = queryRunner.dataSource.options.type === 'mysql';
  return (path) => {
    const value = isMysql ? `JSON_UNQUOTE(JSON_EXTRACT(request, '${path}'))` : `JSON_EXTRACT(request, '${path}')`;
    return `(CASE WHEN JSON_VALID(request) = 1 THEN SUBSTR(${value}, 1, 32) END)`;
  };
}

/** The columns of payments are written with the row from now on. */
async function requireAccount(queryRunner: QueryRunner): Promise<void> {
  const payments = await queryRunner.getTable('payments');
  const changes = ACCOUNT.flatMap((column) => {
    const oldColumn = payments?.findColumnByName(column.name);
    return oldColumn?.isNullable === true ? [{ oldColumn, newColumn: new TableColumn(column) }] : [];
  });
  if (payments && changes.length > 0) await queryRunner.changeColumns(payments, changes);
}
