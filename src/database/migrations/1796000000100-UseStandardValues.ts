import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A stored value with its old and its new word. */
interface ValueChange {
  table: string;
  column: string;
  from: string;
  to: string;
  /** Rows with another meaning of the same word are not changed. An index serves the condition, if the table has one. */
  where?: string;
}

const resultOf = (type: string, from: string, to: string): ValueChange => ({
  table: 'order_events',
  column: 'result',
  from,
  to,
  where: `type = '${type}'`,
});

const outboxResultOf = (topic: string, from: string, to: string): ValueChange => ({
  table: 'outbox',
  column: 'result',
  from,
  to,
  where: `status IN ('WAITING', 'NEEDS_ATTENTION') AND topic = '${topic}'`,
});

/** In this sequence: later conditions use earlier new words. */
const VALUES: readonly ValueChange[] = [
  { table: 'order_events', column: 'type', from: 'ORDER_REVIVED', to: 'ORDER_REOPENED' },
  resultOf('ORDER_REOPENED', 'DELIVER', 'LATE_PAYMENT'),
  resultOf('QUERY', 'ABSENT', 'NOT_FOUND'),
  resultOf('CLOSE', 'WRITTEN_OFF', 'CLOSED_LOCALLY'),
  resultOf('REFUND_REQUEST', 'VENDOR_PLATFORM', 'MERCHANT_PLATFORM'),
  resultOf('REFUND_DECISION', 'GIVEN', 'CREATED'),
  resultOf('REFUND_CALL', 'WITHHELD', 'NOT_SENT'),
  resultOf('REFUND_QUERY', 'ABSENT', 'NOT_FOUND'),
  resultOf('SHIPPING_CALL', 'TAKEN', 'ACCEPTED'),
  resultOf('SHIPPING_QUERY', 'THERE', 'FOUND'),
  resultOf('SHIPPING_QUERY', 'NOT_THERE', 'NOT_FOUND'),
  resultOf('SHIPPING_NOTICE', 'ACCESS_API', 'UPLOAD_REQUIRED'),
  resultOf('SHIPPING_NOTICE', 'TRADE_CONTROLLED', 'TRADE_RESTRICTED'),
  { table: 'shipments', column: 'state', from: 'STUCK', to: 'NEEDS_ATTENTION' },
  { table: 'shipments', column: 'state', from: 'KEPT', to: 'NOT_REQUIRED' },
  { table: 'outbox', column: 'status', from: 'STUCK', to: 'NEEDS_ATTENTION' },
  outboxResultOf('shipping-upload', 'TURN', 'CONCURRENT_UPLOAD'),
  outboxResultOf('shipping-upload', 'EARLIER_FIRST', 'EARLIER_PARCEL_PENDING'),
  outboxResultOf('buyer-message', 'UNFIT', 'INVALID_VALUE'),
  { table: 'stock_movements', column: 'kind', from: 'REVIVED', to: 'REOPENED' },
  { table: 'audit_log', column: 'action', from: 'refund.give', to: 'refund.create' },
];

const PARCEL_ACTIONS = `action IN ('order.ship', 'shipment.reship', 'shipment.retry')`;

const parcelState = (column: 'before' | 'after', from: string, to: string): ValueChange => ({
  table: 'audit_log',
  column,
  from: `"state":"${from}"`,
  to: `"state":"${to}"`,
  where: PARCEL_ACTIONS,
});

/** Members of JSON texts. A text inside a member cannot look like one, because its quotation marks are escaped. */
const JSON_MEMBERS: readonly ValueChange[] = [
  {
    table: 'order_events',
    column: 'facts',
    from: '"cause":"ABSENT"',
    to: '"cause":"NOT_FOUND"',
    where: `type = 'CLOSE' AND result = 'CLOSED_LOCALLY'`,
  },
  parcelState('before', 'STUCK', 'NEEDS_ATTENTION'),
  parcelState('after', 'STUCK', 'NEEDS_ATTENTION'),
  parcelState('before', 'KEPT', 'NOT_REQUIRED'),
  parcelState('after', 'KEPT', 'NOT_REQUIRED'),
];

/** Gives stored values the words that the documentation uses. No row is added or removed. */
export class UseStandardValues1796000000100 implements MigrationInterface {
  readonly name = 'UseStandardValues1796000000100';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const change of VALUES) await replaceValue(queryRunner, change);
    for (const change of JSON_MEMBERS) await replaceInJson(queryRunner, change);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const change of JSON_MEMBERS.toReversed()) await replaceInJson(queryRunner, reversed(change));
    for (const change of VALUES.toReversed()) await replaceValue(queryRunner, reversed(change));
  }
}

function reversed(change: ValueChange): ValueChange {
  return { ...change, from: change.to, to: change.from };
}

/** Safe to repeat: MySQL commits each statement, and a start that was stopped half-way begins again. */
async function replaceValue(queryRunner: QueryRunner, change: ValueChange): Promise<void> {
  const { table, column, from, to, where = '1 = 1' } = change;
  await queryRunner.query(`UPDATE ${table} SET ${column} = '${to}' WHERE ${where} AND ${column} = '${from}'`);
}

async function replaceInJson(queryRunner: QueryRunner, change: ValueChange): Promise<void> {
  const { table, from, to, where = '1 = 1' } = change;
  const column = queryRunner.dataSource.driver.escape(change.column);
  await queryRunner.query(
    `UPDATE ${table} SET ${column} = REPLACE(${column}, '${from}', '${to}') WHERE ${where} AND INSTR(${column}, '${from}') > 0`,
  );
}
