import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  addColumn,
  createTable,
  flag,
  integer,
  longText,
  moment,
  orNull,
  rowNumber,
  withZero,
  words,
} from './columns.js';

/** Refunds, and what orders and payments must know of them. */
export class CreateRefunds1795000000004 implements MigrationInterface {
  readonly name = 'CreateRefunds1795000000004';

  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'refunds',
      columns: [
        ...[rowNumber(), words('refund_no', 64), words('order_no', 32), words('user_id', 24)],
        ...[words('out_trade_no', 32), words('transaction_id', 32), integer('paid_fen')],
        ...[words('kind', 16), words('status', 16), orNull(words('wait_reason', 24)), flag('is_surplus')],
        ...[integer('requested_fen'), integer('amount_fen')],
        ...[words('reason', 200), orNull(words('reason_code', 24)), longText('evidence')],
        ...[orNull(words('reject_reason', 200)), orNull(words('note', 500)), orNull(flag('return_stock'))],
        ...[orNull(words('decided_by', 24)), orNull(longText('request')), integer('send_count')],
        ...[
          orNull(words('wechat_refund_id', 32)),
          orNull(words('error_code', 64)),
          orNull(words('error_message', 255)),
        ],
        ...[integer('check_count'), orNull(moment('next_check_at')), moment('requested_at')],
        ...[moment('decided_at'), moment('accepted_at'), moment('completed_at')].map(orNull),
      ],
      indices: [
        { name: 'refunds_refund_no', columnNames: ['refund_no'], isUnique: true },
        { name: 'refunds_wechat_refund_id', columnNames: ['wechat_refund_id'], isUnique: true },
        { name: 'refunds_order_no', columnNames: ['order_no', 'id'] },
        { name: 'refunds_user_id', columnNames: ['user_id', 'id'] },
        { name: 'refunds_status', columnNames: ['status', 'id'] },
        { name: 'refunds_next_check_at', columnNames: ['next_check_at'] }, // one tick costs what is due
      ],
    });
    await addColumn(queryRunner, 'orders', withZero(integer('refunds_requested')));
    await addColumn(queryRunner, 'orders', withZero(integer('refunds_processing')));
    await addColumn(queryRunner, 'orders', orNull(moment('stock_returned_at')));
    await addColumn(queryRunner, 'payments', withZero(integer('refund_held_fen')));
    await addColumn(queryRunner, 'payments', withZero(integer('refund_count')));
    await addColumn(queryRunner, 'payments', orNull(words('refund_slot_no', 64)));
    await addColumn(queryRunner, 'payments', orNull(moment('refund_slot_until')));
    await this.wakeOwedMoney(queryRunner);
  }

  /** Before there were refunds, money that came too late was only written down. Now the job is to give it back. */
  private async wakeOwedMoney(queryRunner: QueryRunner): Promise<void> {
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
