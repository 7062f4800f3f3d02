import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  addColumn,
  createTable,
  boolean,
  integer,
  text,
  datetime,
  nullable,
  autoIncrementId,
  defaultZero,
  varchar,
} from './columns.js';

/** Refunds, and their totals in orders and payments. */
export class CreateRefunds1795000000004 implements MigrationInterface {
  readonly name = 'CreateRefunds1795000000004';

  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'refunds',
      columns: [
        ...[autoIncrementId(), varchar('refund_no', 64), varchar('order_no', 32), varchar('user_id', 24)],
        ...[varchar('out_trade_no', 32), varchar('transaction_id', 32), integer('paid_fen')],
        ...[varchar('kind', 16), varchar('status', 16), nullable(varchar('wait_reason', 24)), boolean('is_surplus')],
        ...[integer('requested_fen'), integer('amount_fen')],
        ...[varchar('reason', 200), nullable(varchar('reason_code', 24)), text('evidence')],
        ...[nullable(varchar('reject_reason', 200)), nullable(varchar('note', 500)), nullable(boolean('return_stock'))],
        ...[nullable(varchar('decided_by', 24)), nullable(text('request')), integer('send_count')],
        ...[
          nullable(varchar('wechat_refund_id', 32)),
          nullable(varchar('error_code', 64)),
          nullable(varchar('error_message', 255)),
        ],
        ...[integer('check_count'), nullable(datetime('next_check_at')), datetime('requested_at')],
        ...[datetime('decided_at'), datetime('accepted_at'), datetime('completed_at')].map(nullable),
      ],
      indices: [
        { name: 'refunds_refund_no', columnNames: ['refund_no'], isUnique: true },
        { name: 'refunds_wechat_refund_id', columnNames: ['wechat_refund_id'], isUnique: true },
        { name: 'refunds_order_no', columnNames: ['order_no', 'id'] },
        { name: 'refunds_user_id', columnNames: ['user_id', 'id'] },
        { name: 'refunds_status', columnNames: ['status', 'id'] },
        { name: 'refunds_next_check_at', columnNames: ['next_check_at'] }, // the cost of a job run depends on the due rows only
      ],
    });
    await addColumn(queryRunner, 'orders', defaultZero(integer('refunds_requested')));
    await addColumn(queryRunner, 'orders', defaultZero(integer('refunds_processing')));
    await addColumn(queryRunner, 'orders', nullable(datetime('stock_returned_at')));
    await addColumn(queryRunner, 'payments', defaultZero(integer('refund_held_fen')));
    await addColumn(queryRunner, 'payments', defaultZero(integer('refund_count')));
    await addColumn(queryRunner, 'payments', nullable(varchar('refund_slot_no', 64)));
    await addColumn(queryRunner, 'payments', nullable(datetime('refund_slot_until')));
    await this.scheduleLatePayments(queryRunner);
  }

  /** Before this version late payments were only recorded. Makes the job refund them. */
  private async scheduleLatePayments(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('UPDATE payments SET next_check_at = created_at WHERE owed_back_fen > 0');
    await queryRunner.query(
      `UPDATE orders SET paid_fen = (SELECT COALESCE(SUM(owed_back_fen), 0) FROM payments WHERE payments.order_no = orders.order_no)
       WHERE status = 'CLOSED'`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropColumns('payments', [
      ...['refund_held_fen', 'refund_count', 'refund_slot_no', 'refund_slot_until'],
    ]);
    await queryRunner.dropColumns('orders', ['refunds_requested', 'refunds_processing', 'stock_returned_at']);
    await queryRunner.dropTable('refunds');
  }
}
