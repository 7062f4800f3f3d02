import type { MigrationInterface, QueryRunner } from 'typeorm';

interface IndexName {
  from: string;
  to: string;
  columns: string;
  isUnique?: boolean;
}

interface TableName {
  from: string;
  to: string;
  indices: readonly IndexName[];
}

/** The event log also records shipping and coupons; WeChat's shipping results are no duty of ours. */
const TABLES: readonly TableName[] = [
  {
    from: 'payment_events',
    to: 'order_events',
    indices: [
      { from: 'payment_events_order_no', to: 'order_events_order_no', columns: 'order_no, id' },
      { from: 'payment_events_out_trade_no', to: 'order_events_out_trade_no', columns: 'out_trade_no' },
      { from: 'payment_events_result', to: 'order_events_result', columns: 'type, result, id' },
    ],
  },
  {
    from: 'shipping_duties',
    to: 'wechat_shipping_syncs',
    indices: [
      {
        from: 'shipping_duties_order_no',
        to: 'wechat_shipping_syncs_order_no',
        columns: 'order_no',
        isUnique: true,
      },
    ],
  },
];

/** Table, old name and new name. */
const COLUMNS = [
  ['orders', 'close_tries', 'close_attempts'],
  ['payments', 'owed_back_fen', 'refund_due_fen'],
  ['payments', 'is_spent', 'is_unusable'],
  ['refunds', 'is_surplus', 'is_overpayment'],
  ['outbox', 'tries', 'attempts'],
  ['users', 'sealed_phone', 'encrypted_phone'],
  ['access_tokens', 'sealed_token', 'encrypted_token'],
  ['admins', 'kept_session', 'kept_session_hash'],
  ['call_budgets', 'user_id', 'caller_key'],
  ['login_failures', 'who', 'lockout_key_hash'],
  ['login_failures', 'guess_id', 'attempt_id'],
  ['login_failures', 'guess_until', 'attempt_until'],
  ['login_counts', 'counted', 'counter_key_hash'],
  ['login_counts', 'is_noted', 'is_audited'],
] as const;

/** Table, column, old value, new value, and a condition that an index serves. */
const VALUES = [
  ['order_events', 'result', 'OWED_BACK', 'LATE_OR_DUPLICATE', `type IN ('NOTICE', 'QUERY')`],
  ['outbox', 'result', 'NOBODY', 'NO_HANDLER', `status = 'WAITING'`],
] as const;

/** Gives tables, columns and stored values the names that the documentation uses. No row is added or removed. */
export class UseStandardNames1796000000090 implements MigrationInterface {
  readonly name = 'UseStandardNames1796000000090';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of TABLES) await renameTable(queryRunner, table);
    for (const [table, from, to] of COLUMNS) await renameColumn(queryRunner, table, from, to);
    for (const [table, column, from, to, where] of VALUES) {
      await queryRunner.query(`UPDATE ${table} SET ${column} = '${to}' WHERE ${where} AND ${column} = '${from}'`);
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const [table, column, from, to, where] of VALUES) {
      await queryRunner.query(`UPDATE ${table} SET ${column} = '${from}' WHERE ${where} AND ${column} = '${to}'`);
    }
    for (const [table, from, to] of COLUMNS) await renameColumn(queryRunner, table, to, from);
    for (const { from, to, indices } of TABLES) {
      const reversed = indices.map((index) => ({ ...index, from: index.to, to: index.from }));
      await renameTable(queryRunner, { from: to, to: from, indices: reversed });
    }
  }
}

/** MySQL commits each statement at once: a start that was stopped half-way finds the first names changed and goes on. */
async function renameTable(queryRunner: QueryRunner, { from, to, indices }: TableName): Promise<void> {
  if (await queryRunner.hasTable(from)) await queryRunner.query(`ALTER TABLE ${from} RENAME TO ${to}`);
  const known = (await queryRunner.getTable(to))?.indices.map(({ name }) => name) ?? [];
  for (const index of indices) {
    if (known.includes(index.from)) await renameIndex(queryRunner, to, index);
  }
}

/** SQLite cannot rename an index. */
async function renameIndex(queryRunner: QueryRunner, table: string, index: IndexName): Promise<void> {
  const { from, to, columns, isUnique = false } = index;
  if (queryRunner.dataSource.options.type === 'mysql') {
    await queryRunner.query(`ALTER TABLE ${table} RENAME INDEX ${from} TO ${to}`);
    return;
  }
  await queryRunner.query(`DROP INDEX ${from}`);
  await queryRunner.query(`CREATE ${isUnique ? 'UNIQUE ' : ''}INDEX ${to} ON ${table} (${columns})`);
}

async function renameColumn(queryRunner: QueryRunner, table: string, from: string, to: string): Promise<void> {
  if (!(await queryRunner.hasColumn(table, from))) return;
  await queryRunner.query(`ALTER TABLE ${table} RENAME COLUMN ${from} TO ${to}`);
}
