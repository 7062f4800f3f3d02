import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, boolean, integer, text, datetime, nullable, autoIncrementId, varchar } from './columns.js';

/** Payment attempts, and the log of everything WeChat reported about them. */
export class CreatePayments1795000000002 implements MigrationInterface {
  readonly name = 'CreatePayments1795000000002';

  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'payments',
      columns: [
        ...[
          autoIncrementId(),
          varchar('order_no', 32),
          integer('attempt_no'),
          varchar('out_trade_no', 32),
          varchar('trade_type', 16),
        ],
        ...[integer('amount_fen'), varchar('status', 16), text('request')],
        ...[
          nullable(varchar('prepay_id', 128)),
          nullable(varchar('code_url', 512)),
          boolean('is_spent'),
          nullable(datetime('calling_until')),
        ],
        ...[nullable(varchar('transaction_id', 32)), integer('owed_back_fen')],
        ...[integer('check_count'), nullable(datetime('next_check_at')), datetime('created_at')],
        ...[datetime('prepaid_at'), datetime('paid_at'), datetime('closed_at')].map(nullable),
      ],
      indices: [
        { name: 'payments_attempt', columnNames: ['order_no', 'attempt_no'], isUnique: true },
        { name: 'payments_out_trade_no', columnNames: ['out_trade_no'], isUnique: true },
        { name: 'payments_transaction_id', columnNames: ['transaction_id'], isUnique: true },
        { name: 'payments_next_check_at', columnNames: ['next_check_at'] }, // the cost of a job run depends on the due rows only
      ],
    });
    await createTable(queryRunner, {
      name: 'payment_events',
      columns: [
        ...[
          autoIncrementId(),
          datetime('at'),
          nullable(varchar('order_no', 32)),
          nullable(varchar('out_trade_no', 64)),
          varchar('type', 16),
        ],
        ...[varchar('result', 32), nullable(varchar('detail', 500)), nullable(text('raw'))],
      ],
      indices: [
        { name: 'payment_events_order_no', columnNames: ['order_no', 'id'] },
        { name: 'payment_events_out_trade_no', columnNames: ['out_trade_no'] },
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('payment_events');
    await queryRunner.dropTable('payments');
  }
}
