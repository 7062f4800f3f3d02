import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, flag, integer, longText, moment, orNull, rowNumber, words } from './columns.js';

/** Attempts to pay, one row each, and the journal of everything WeChat said about them. */
export class CreatePayments1795000000002 implements MigrationInterface {
  readonly name = 'CreatePayments1795000000002';

  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'payments',
      columns: [
        ...[
          rowNumber(),
          words('order_no', 32),
          integer('attempt_no'),
          words('out_trade_no', 32),
          words('trade_type', 16),
        ],
        ...[integer('amount_fen'), words('status', 16), longText('request')],
        ...[
          orNull(words('prepay_id', 128)),
          orNull(words('code_url', 512)),
          flag('is_spent'),
          orNull(moment('calling_until')),
        ],
        ...[orNull(words('transaction_id', 32)), integer('owed_back_fen')],
        ...[integer('check_count'), orNull(moment('next_check_at')), moment('created_at')],
        ...[moment('prepaid_at'), moment('paid_at'), moment('closed_at')].map(orNull),
      ],
      indices: [
        { name: 'payments_attempt', columnNames: ['order_no', 'attempt_no'], isUnique: true },
        { name: 'payments_out_trade_no', columnNames: ['out_trade_no'], isUnique: true },
        { name: 'payments_transaction_id', columnNames: ['transaction_id'], isUnique: true },
        { name: 'payments_next_check_at', columnNames: ['next_check_at'] }, // one tick costs what is due
      ],
    });
    await createTable(queryRunner, {
      name: 'payment_events',
      columns: [
        ...[
          rowNumber(),
          moment('at'),
          orNull(words('order_no', 32)),
          orNull(words('out_trade_no', 64)),
          words('type', 16),
        ],
        ...[words('result', 32), orNull(words('detail', 500)), orNull(longText('raw'))],
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
