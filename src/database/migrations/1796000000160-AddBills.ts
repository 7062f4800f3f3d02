import { type MigrationInterface, type QueryRunner, type TableColumnOptions, TableIndex } from 'typeorm';
import { autoIncrementId, bigint, createTable, datetime, integer, largeRowId, nullable, varchar } from './columns.js';

const ACCEPTED_AT_INDEX = 'refunds_accepted_at';

const BILL_COLUMNS: TableColumnOptions[] = [
  varchar('date', 10),
  varchar('mch_id', 32),
  integer('version'),
  nullable(varchar('reported_digest', 40)),
  varchar('status', 16),
  integer('payment_count'),
  bigint('payment_fen'),
  integer('refund_count'),
  bigint('refund_fen'),
  bigint('fees_fen'),
  integer('our_payment_count'),
  bigint('our_payment_fen'),
  integer('our_refund_count'),
  bigint('our_refund_fen'),
  bigint('other_days_fen'),
  integer('open_differences'),
  integer('waiting_entries'),
  nullable(varchar('trade_state', 16)),
  nullable(integer('trade_file_id')),
  nullable(varchar('fund_state', 16)),
  nullable(integer('fund_file_id')),
  bigint('settled_fen'),
  bigint('earlier_settled_fen'),
  nullable(bigint('opening_fen')),
  nullable(bigint('other_movements_fen')),
  nullable(bigint('closing_fen')),
  nullable(varchar('problem', 500)),
  integer('run_no'),
  integer('compared_run_no'),
  integer('attempts'),
  nullable(datetime('next_check_at')),
  nullable(datetime('lease_until')),
  nullable(datetime('downloaded_at')),
  nullable(datetime('reconciled_at')),
  datetime('created_at'),
];

const DIFFERENCE_COLUMNS: TableColumnOptions[] = [
  integer('bill_id'),
  varchar('kind', 16),
  varchar('entry_type', 8),
  varchar('number', 64),
  varchar('status', 16),
  nullable(varchar('out_trade_no', 64)),
  nullable(varchar('out_refund_no', 64)),
  nullable(varchar('transaction_id', 64)),
  nullable(varchar('order_no', 32)),
  nullable(bigint('ours_fen')),
  nullable(bigint('theirs_fen')),
  bigint('effect_fen'),
  nullable(varchar('our_state', 16)),
  nullable(varchar('their_state', 16)),
  nullable(datetime('entry_at')),
  nullable(varchar('resolution', 24)),
  nullable(varchar('note', 500)),
  nullable(varchar('explained_by', 64)),
  integer('seen_run'),
  datetime('created_at'),
  nullable(datetime('ended_at')),
];

/** WeChat's bills of each day, their files and entries, and the differences from our records. */
export class AddBills1796000000160 implements MigrationInterface {
  readonly name = 'AddBills1796000000160';

  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'bills',
      columns: [autoIncrementId(), ...BILL_COLUMNS],
      indices: [
        { name: 'bills_date', columnNames: ['date'], isUnique: true },
        { name: 'bills_next_check_at', columnNames: ['next_check_at'] },
      ],
    });
    await createTable(queryRunner, {
      name: 'bill_files',
      columns: [
        autoIncrementId(),
        varchar('date', 10),
        varchar('kind', 8),
        varchar('state', 16),
        varchar('storage', 16),
        nullable(varchar('sha1', 40)),
        nullable(bigint('bytes')),
        datetime('created_at'),
        nullable(datetime('obsolete_at')),
      ],
      indices: [
        { name: 'bill_files_date', columnNames: ['date', 'kind'] },
        { name: 'bill_files_obsolete_at', columnNames: ['obsolete_at'] },
      ],
    });
    await createTable(queryRunner, {
      name: 'bill_file_chunks',
      columns: [
        { ...integer('file_id'), isPrimary: true },
        { ...integer('chunk_no'), isPrimary: true },
        { name: 'data', type: 'blob' },
      ],
    });
    await createTable(queryRunner, {
      name: 'bill_entries',
      // In the order of the primary key the inserts of a whole bill stay cheap. There is no other index.
      columns: [
        { ...integer('file_id'), isPrimary: true },
        { ...varchar('type', 8), isPrimary: true },
        { ...varchar('number', 64), isPrimary: true },
        datetime('at'),
        varchar('out_trade_no', 64),
        varchar('transaction_id', 64),
        varchar('refund_id', 64),
        bigint('amount_fen'),
        bigint('settled_fen'),
        bigint('fee_fen'),
        varchar('fee_rate', 16),
        varchar('state', 16),
        varchar('trade_type', 16),
      ],
    });
    await createTable(queryRunner, {
      name: 'bill_differences',
      columns: [largeRowId(queryRunner), ...DIFFERENCE_COLUMNS],
      indices: [
        {
          name: 'bill_differences_entry',
          columnNames: ['bill_id', 'entry_type', 'number', 'kind'],
          isUnique: true,
        },
        { name: 'bill_differences_status', columnNames: ['bill_id', 'status', 'id'] },
      ],
    });
    // MySQL commits each index at once: an interrupted migration continues here.
    const refunds = await queryRunner.getTable('refunds');
    if (!refunds?.indices.some(({ name }) => name === ACCEPTED_AT_INDEX))
      await queryRunner.createIndex(
        'refunds',
        new TableIndex({ name: ACCEPTED_AT_INDEX, columnNames: ['accepted_at'] }),
      );
  }

  /** Bills of the last three months can be downloaded again. Explanations of staff are lost, except in the audit log. */
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropIndex('refunds', ACCEPTED_AT_INDEX);
    for (const table of ['bill_differences', 'bill_entries', 'bill_file_chunks', 'bill_files', 'bills'])
      await queryRunner.dropTable(table);
  }
}
