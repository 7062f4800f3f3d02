import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { Order, ORDER_STATUSES } from '../../src/order/order.entity.js';
import { PaymentAttempt } from '../../src/payment/attempt/payment-attempt.entity.js';
import { Refund, REFUND_STATUSES } from '../../src/refund/refund.entity.js';
import { parseVerifyOptions } from '../../src/verify/verify-options.js';
import { verify } from '../../src/verify/verify.js';
import { type TestStaff, type PageJson, logInStaff } from '../contract/support/test-staff.js';
import { openTestShop, type TestShop } from '../support/test-shop.js';
import { loadReleaseDatabase, type ReleaseDatabase } from './release-database.js';

/** Tables whose rows a migration moves to another table. */
const TABLES_THAT_MAY_SHRINK: readonly string[] = [];
/** New names of tables that a migration renames. */
const RENAMED: Readonly<Record<string, string>> = {
  payment_events: 'order_events',
  shipping_duties: 'wechat_shipping_syncs',
};
/** Table, column, old value, new value and number of such rows in the database of the release. */
const RENAMED_VALUES = [
  ['order_events', 'type', 'ORDER_REVIVED', 'ORDER_REOPENED', 1],
  ['order_events', 'result', 'OWED_BACK', 'LATE_OR_DUPLICATE', 3],
  ['order_events', 'result', 'DELIVER', 'LATE_PAYMENT', 1],
  ['order_events', 'result', 'GIVEN', 'CREATED', 2],
  ['order_events', 'result', 'VENDOR_PLATFORM', 'MERCHANT_PLATFORM', 1],
  ['order_events', 'result', 'ABSENT', 'NOT_FOUND', 1],
  ['shipments', 'state', 'STUCK', 'NEEDS_ATTENTION', 1],
  ['outbox', 'status', 'STUCK', 'NEEDS_ATTENTION', 1],
  ['stock_movements', 'kind', 'REVIVED', 'REOPENED', 1],
  ['audit_log', 'action', 'refund.give', 'refund.create', 2],
] as const;

describe('upgrade: a database of release 0.1.0', () => {
  let old: ReleaseDatabase;
  let shop: TestShop;
  let boss: TestStaff;

  beforeAll(async () => {
    old = await loadReleaseDatabase('test/upgrade/release-0.1.0.json', 'CreateApiKeys1795000000016');
    shop = await openTestShop({ existing: old, environment: { LATE_PAYMENT_POLICY: 'deliver' } });
    boss = await logInStaff(shop, 'boss');
  });
  afterAll(() => shop.close());

  const brokenInvariants = async (): Promise<string[]> => {
    const options = { ...parseVerifyOptions(['--grace-seconds', '86400']), now: old.stoppedAt };
    const { findings } = await verify(options, shop.environment);
    return findings
      .filter(({ offending }) => offending > 0)
      .map(({ name, examples }) => `${name}: ${examples.join(', ')}`);
  };

  it('the database has orders, payments and refunds in every state', async () => {
    const states = async (entity: typeof Order | typeof PaymentAttempt | typeof Refund): Promise<unknown> =>
      [...new Set((await shop.firstInstance.findAll<{ status: string }>(entity)).map(({ status }) => status))].sort();
    expect(await states(Order)).toEqual(ORDER_STATUSES.toSorted());
    expect(await states(PaymentAttempt)).toEqual(['CLOSED', 'CREATED', 'PAID', 'PREPAID']);
    expect(await states(Refund)).toEqual(REFUND_STATUSES.toSorted());
  });

  it('the migrations keep every row', async () => {
    const counts: Record<string, number> = {};
    await shop.firstInstance.app.get(UnitOfWork).read(async (manager) => {
      for (const table of Object.keys(old.rowCounts)) {
        const [row] = await manager.query<{ count: number | string }[]>(
          `SELECT COUNT(*) AS count FROM ${RENAMED[table] ?? table}`,
        );
        counts[table] = Number(row?.count);
      }
    });
    const lost = Object.entries(old.rowCounts).filter(
      ([table, before]) => (counts[table] ?? 0) < before && !TABLES_THAT_MAY_SHRINK.includes(table),
    );
    expect(lost).toEqual([]);
  });

  it.each(RENAMED_VALUES)('%s.%s: %s is %s, in %i rows', async (table, column, before, after, count) => {
    const oldTable = Object.keys(RENAMED).find((name) => RENAMED[name] === table) ?? table;
    expect(old.countOf(oldTable, column, before)).toBe(count);
    expect(old.countOf(oldTable, column, after)).toBe(0);
    const found = await shop.firstInstance.app
      .get(UnitOfWork)
      .read((manager) =>
        manager.query<{ value: string; count: number | string }[]>(
          `SELECT ${column} AS value, COUNT(*) AS count FROM ${table} WHERE ${column} IN ('${before}', '${after}') GROUP BY ${column}`,
        ),
      );
    expect(found.map((row) => [row.value, Number(row.count)])).toEqual([[after, count]]);
  });

  it('verify finds no violation after the upgrade and after the jobs have run', async () => {
    expect(await brokenInvariants()).toEqual([]);
    await shop.runJobs();
    expect(await brokenInvariants()).toEqual([]);
  });

  it('the admin API shows every order, refund, product, key and audit entry', async () => {
    const lists = ['orders', 'refunds', 'products', 'coupons', 'api-keys', 'admins', 'audit-log'];
    for (const list of lists) {
      const { status, body } = await boss.call<PageJson<Record<string, string>>>('GET', `${list}?limit=100`);
      expect([list, status, body.items.length > 0]).toEqual([list, 200, true]);
      for (const { orderNo, refundNo } of body.items) {
        const path = list === 'refunds' ? `refunds/${refundNo ?? ''}` : `orders/${orderNo ?? ''}`;
        if (list === 'orders' || list === 'refunds') {
          expect([path, (await boss.call('GET', path)).status]).toEqual([path, 200]);
        }
      }
    }
    expect((await boss.call('GET', 'to-do')).status).toBe(200);
  });
});
