import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditEntry } from '../../../src/audit/audit-entry.entity.js';
import { StockMovement } from '../../../src/catalog/stock-movement.entity.js';
import { OrderItem } from '../../../src/order/order-item.entity.js';
import { OutboxEntry } from '../../../src/outbox/outbox-entry.entity.js';
import { OrderEvent } from '../../../src/payment/event-log/order-event.entity.js';
import { RefusedNotice } from '../../../src/payment/refused-notice/refused-notice.entity.js';
import type { PageJson } from '../../contract/support/test-staff.js';
import type { OrderJson } from '../../support/clients/test-buyer.js';
import { RefundFixture } from '../../support/fixtures/refund-fixture.js';
import { isOnMysql } from '../../support/database/scratch-database.js';

/** Larger than a signed 32-bit integer. */
const LAST_ID = 3_000_000_000;
const TABLES = ['order_events', 'audit_log', 'outbox', 'stock_movements', 'order_items', 'refused_notices'];

function setLastId(lastId: number, table: string): string[] {
  if (isOnMysql) return [`ALTER TABLE ${table} AUTO_INCREMENT = ${lastId + 1}`];
  return [
    `DELETE FROM sqlite_sequence WHERE name = '${table}'`,
    `INSERT INTO sqlite_sequence (name, seq) VALUES ('${table}', ${lastId})`,
  ];
}

describe('large ids: tables after three billion rows', () => {
  let fixture: RefundFixture;
  let order: OrderJson;

  beforeAll(async () => {
    fixture = await RefundFixture.open();
    await fixture.shop.rawUpdate(...TABLES.flatMap((table) => setLastId(LAST_ID, table)));
    order = await fixture.createPaidOrder();
  });
  afterAll(() => fixture.shop.close());

  it('an order is paid and refunded, and its stock returns', async () => {
    expect(order.status).toBe('PAID');
    await fixture.createApprovedRefund(order);
    await fixture.runJobsAfter({ minutes: 1 });
    const { body } = await fixture.boss.call<OrderJson>('GET', `orders/${order.orderNo}`);
    expect(body.refundStatus).toBe('FULL');
  });

  it('ids are numbers in every growing table', async () => {
    const { firstInstance: first } = fixture.shop;
    for (const entity of [OrderEvent, AuditEntry, StockMovement, OrderItem]) {
      const rows: { id: number }[] = await first.findAll<{ id: number }>(entity);
      const ids = rows.map(({ id }) => id).filter((id) => id > LAST_ID);
      expect([entity.name, ids.length > 0, ids.every((id) => typeof id === 'number')]).toEqual([
        entity.name,
        true,
        true,
      ]);
    }
    for (const entity of [OutboxEntry, RefusedNotice]) {
      for (const { id } of await first.findAll<{ id: number }>(entity)) expect(typeof id).toBe('number');
    }
  });

  it('the audit log is read page by page', async () => {
    const seen: string[] = [];
    let cursor = '';
    for (let pages = 0; pages < 50; pages++) {
      const { status, body } = await fixture.boss.call<PageJson<{ id: number; action: string }>>(
        'GET',
        `audit-log?limit=1${cursor}`,
      );
      expect(status).toBe(200);
      seen.push(...body.items.map(({ action }) => action));
      if (body.nextCursor === null) break;
      cursor = `&cursor=${body.nextCursor}`;
    }
    expect(seen).toContain('refund.approve');
    expect(seen).toHaveLength((await fixture.shop.firstInstance.findAll(AuditEntry)).length);
  });
});
