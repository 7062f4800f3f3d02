import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';
import { addColumn, datetime, defaultZero, integer, nullable, varchar } from './columns.js';

const COLUMNS = [
  nullable(varchar('redirect_to', 16)),
  nullable(varchar('redirect_bank_type', 16)),
  defaultZero(integer('redirect_call_count')),
  nullable(datetime('paid_otherwise_at')),
  nullable(varchar('paid_otherwise_note', 500)),
];
const INDEX = new TableIndex({ name: 'refunds_redirect_to', columnNames: ['redirect_to', 'paid_otherwise_at'] });

/**
 * Stores where staff send the money of an ABNORMAL refund, and whether the buyer was paid in another way. Until now only
 * the audit log has the destination: refunds whose newest entry names the merchant are marked, also if WeChat may have
 * refused that call. Staff then confirm once too often, instead of never.
 */
export class RedirectRefunds1796000000145 implements MigrationInterface {
  readonly name = 'RedirectRefunds1796000000145';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const column of COLUMNS) await addColumn(queryRunner, 'refunds', column);
    await queryRunner.query(
      `UPDATE refunds SET redirect_to = 'MERCHANT', redirect_call_count = 1
       WHERE redirect_to IS NULL AND status IN ('PROCESSING', 'ABNORMAL', 'SUCCEEDED') AND EXISTS (
         SELECT 1 FROM audit_log a WHERE a.subject = refunds.refund_no AND a.action = 'refund.redirect'
           AND a.after LIKE '%"destination":"MERCHANT"%'
           AND a.id = (SELECT MAX(b.id) FROM audit_log b
             WHERE b.subject = refunds.refund_no AND b.action = 'refund.redirect'))`,
    );
    const refunds = await queryRunner.getTable('refunds');
    if (!refunds?.indices.some(({ name }) => name === INDEX.name)) await queryRunner.createIndex('refunds', INDEX);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropIndex('refunds', 'refunds_redirect_to');
    for (const { name } of COLUMNS.toReversed()) await queryRunner.dropColumn('refunds', name);
  }
}
