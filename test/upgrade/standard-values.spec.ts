import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { dataSourceOptionsFor } from '../../ormconfig.js';
import { type ScratchDatabase, createScratchDatabase } from '../support/database/scratch-database.js';
import { AUDIT_ENUM_VALUES, AUDIT_FIELDS } from '../../src/audit/audit-actions.js';
import { EVENT_CAUSES, EVENT_RESULTS } from '../../src/payment/event-log/order-event-types.js';
import { SHIPMENT_STATES } from '../../src/shipping/shipment/shipment.entity.js';
import { openDataSource } from '../../src/database/data-source/open-data-source.js';

const AT = '2026-11-30 04:00:00.000';

/** Type and result of every kind of event, before and after. The last one has an unchanged word in another type. */
const EVENTS = [
  ['ORDER_REVIVED', 'DELIVER', 'ORDER_REOPENED', 'LATE_PAYMENT'],
  ['QUERY', 'ABSENT', 'QUERY', 'NOT_FOUND'],
  ['CLOSE', 'WRITTEN_OFF', 'CLOSE', 'CLOSED_LOCALLY'],
  ['REFUND_REQUEST', 'VENDOR_PLATFORM', 'REFUND_REQUEST', 'MERCHANT_PLATFORM'],
  ['REFUND_DECISION', 'GIVEN', 'REFUND_DECISION', 'CREATED'],
  ['REFUND_CALL', 'WITHHELD', 'REFUND_CALL', 'NOT_SENT'],
  ['REFUND_QUERY', 'ABSENT', 'REFUND_QUERY', 'NOT_FOUND'],
  ['SHIPPING_CALL', 'TAKEN', 'SHIPPING_CALL', 'ACCEPTED'],
  ['SHIPPING_QUERY', 'THERE', 'SHIPPING_QUERY', 'FOUND'],
  ['SHIPPING_QUERY', 'NOT_THERE', 'SHIPPING_QUERY', 'NOT_FOUND'],
  ['SHIPPING_NOTICE', 'ACCESS_API', 'SHIPPING_NOTICE', 'UPLOAD_REQUIRED'],
  ['SHIPPING_NOTICE', 'TRADE_CONTROLLED', 'SHIPPING_NOTICE', 'TRADE_RESTRICTED'],
  ['PREPAY', 'ACCEPTED', 'PREPAY', 'ACCEPTED'],
] as const;

/** Topic, status and result of the outbox, before and after. */
const OUTBOX = [
  ['shipping-upload', 'STUCK', '40097', 'NEEDS_ATTENTION', '40097'],
  ['shipping-upload', 'WAITING', 'TURN', 'WAITING', 'CONCURRENT_UPLOAD'],
  ['shipping-upload', 'WAITING', 'EARLIER_FIRST', 'WAITING', 'EARLIER_PARCEL_PENDING'],
  ['buyer-message', 'STUCK', 'UNFIT', 'NEEDS_ATTENTION', 'INVALID_VALUE'],
  ['buyer-message', 'WAITING', 'UNFIT', 'WAITING', 'INVALID_VALUE'],
  ['buyer-message', 'DROPPED', 'TOO_OLD', 'DROPPED', 'TOO_OLD'],
] as const;

const STATES = [
  ['WAITING', 'WAITING'],
  ['UPLOADED', 'UPLOADED'],
  ['STUCK', 'NEEDS_ATTENTION'],
  ['KEPT', 'NOT_REQUIRED'],
] as const;

/** A text in which a staff member quotes an old value. It must stay as it is. */
const QUOTED = 'the row said "state":"KEPT" and "cause":"ABSENT"';
const factsWith = (cause: string): string => JSON.stringify({ cause, errorMessage: QUOTED });
const parcelWith = (state: string): string => JSON.stringify({ itemDesc: QUOTED, state });

/** Action, `before` and `after` of the audit log, before and after the migration. */
const AUDIT = [
  ['refund.give', null, '{"amountFen":400}', 'refund.create', null, '{"amountFen":400}'],
  ['refund.approve', null, '{"amountFen":400}', 'refund.approve', null, '{"amountFen":400}'],
  ['order.ship', null, parcelWith('KEPT'), 'order.ship', null, parcelWith('NOT_REQUIRED')],
  ...(['shipment.retry', 'shipment.reship'] as const).flatMap((action) =>
    [
      ['STUCK', 'WAITING', 'NEEDS_ATTENTION', 'WAITING'],
      ['KEPT', 'KEPT', 'NOT_REQUIRED', 'NOT_REQUIRED'],
    ].map(([a = '', b = '', c = '', d = '']) => {
      return [action, parcelWith(a), parcelWith(b), action, parcelWith(c), parcelWith(d)] as const;
    }),
  ),
] as const;

describe('migration UseStandardValues', () => {
  let scratch: ScratchDatabase;
  let source: DataSource;

  beforeAll(async () => {
    scratch = await createScratchDatabase();
    source = await openDataSource(dataSourceOptionsFor({ DATABASE_URL: scratch.url, DATABASE_POOL_SIZE: 2 }));
    while ((await lastMigration()) !== 'UseStandardNames1796000000090') {
      await source.undoLastMigration({ transaction: 'each' });
    }
    await insertOldRows();
  });
  afterAll(async () => {
    await source.destroy();
    await scratch.drop();
  });

  const lastMigration = async (): Promise<string | undefined> => {
    const [row] = await source.query<{ name: string }[]>('SELECT name FROM migrations ORDER BY id DESC LIMIT 1');
    return row?.name;
  };

  const insert = async (table: string, values: Readonly<Record<string, unknown>>): Promise<void> => {
    const columns = Object.keys(values).map((column) => source.driver.escape(column));
    const marks = columns.map(() => '?').join(', ');
    await source.query(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})`, Object.values(values));
  };

  const insertOldRows = async (): Promise<void> => {
    for (const [type, result] of EVENTS) {
      const facts = type === 'CLOSE' ? factsWith('ABSENT') : null;
      await insert('order_events', { at: AT, type, result, facts });
    }
    for (const [index, [topic, status, result]] of OUTBOX.entries()) {
      const entry = { topic, status, result, entry_key: `key:${index}`, subject: 'ORDER1', payload: '{}', attempts: 1 };
      await insert('outbox', { ...entry, created_at: AT });
    }
    for (const [index, [state]] of STATES.entries()) {
      const parcel = { order_no: 'ORDER1', shipment_no: index + 1, parcel_key: `parcel:${index}`, kind: 'EXPRESS' };
      const flags = { is_last: 0, is_split: 1, is_reship: 0, is_unsure: 0, round: 1, send_count: 0 };
      const staff = { actor_id: 'BOSS', actor_username: 'boss', shipped_at: AT };
      await insert('shipments', { ...parcel, ...flags, ...staff, item_desc: 'tea', state });
    }
    for (const kind of ['RESERVED', 'RELEASED', 'REVIVED']) {
      const movement = { product_id: 'TEA', order_no: 'ORDER1', kind, pieces: 1, created_at: AT };
      await insert('stock_movements', movement);
    }
    for (const [action, before, after] of AUDIT) {
      const actor = { actor_id: 'BOSS', actor_username: 'boss', subject: 'ORDER1', ip: '127.0.0.1' };
      await insert('audit_log', { ...actor, at: AT, action, before, after });
    }
  };

  const rowsOf = async (columns: string, table: string): Promise<unknown[]> => {
    const rows = await source.query<Record<string, unknown>[]>(`SELECT ${columns} FROM ${table} ORDER BY id`);
    return rows.map((row) => Object.values(row));
  };
  const auditColumns = (): string => ['action', 'before', 'after'].map((name) => source.driver.escape(name)).join(', ');
  const storedValues = async (): Promise<unknown> => ({
    events: await rowsOf('type, result', 'order_events'),
    causes: await rowsOf('facts', "order_events WHERE type = 'CLOSE'"),
    outbox: await rowsOf('topic, status, result', 'outbox'),
    states: await rowsOf('state', 'shipments'),
    movements: await rowsOf('kind', 'stock_movements'),
    audit: await rowsOf(auditColumns(), 'audit_log'),
  });

  const OLD_VALUES = {
    events: EVENTS.map(([type, result]) => [type, result]),
    causes: [[factsWith('ABSENT')]],
    outbox: OUTBOX.map(([topic, status, result]) => [topic, status, result]),
    states: STATES.map(([state]) => [state]),
    movements: [['RESERVED'], ['RELEASED'], ['REVIVED']],
    audit: AUDIT.map(([action, before, after]) => [action, before, after]),
  };
  const NEW_VALUES = {
    events: EVENTS.map(([, , type, result]) => [type, result]),
    causes: [[factsWith('NOT_FOUND')]],
    outbox: OUTBOX.map(([topic, , , status, result]) => [topic, status, result]),
    states: STATES.map(([, state]) => [state]),
    movements: [['RESERVED'], ['RELEASED'], ['REOPENED']],
    audit: AUDIT.map(([, , , action, before, after]) => [action, before, after]),
  };

  it('replaces every old value and nothing else, and can be reverted and run again', async () => {
    expect(await storedValues()).toEqual(OLD_VALUES);
    await source.runMigrations({ transaction: 'each' });
    expect(await storedValues()).toEqual(NEW_VALUES);
    while ((await lastMigration()) !== 'UseStandardNames1796000000090') {
      await source.undoLastMigration({ transaction: 'each' });
    }
    expect(await storedValues()).toEqual(OLD_VALUES);
    await source.runMigrations({ transaction: 'each' });
    expect(await storedValues()).toEqual(NEW_VALUES);
  });

  it('the new values are those that the service writes', () => {
    for (const [, , type, result] of EVENTS) expect(EVENT_RESULTS[type]).toContain(result);
    expect(EVENT_CAUSES).toContain('NOT_FOUND');
    expect(STATES.map(([, state]) => state)).toEqual([...SHIPMENT_STATES]);
    expect(AUDIT_ENUM_VALUES.state).toEqual(SHIPMENT_STATES);
    for (const [, , , action] of AUDIT) expect(Object.keys(AUDIT_FIELDS)).toContain(action);
  });
});
