import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { Order, ORDER_STATUSES } from '../../src/order/order.entity.js';
import { Payment } from '../../src/payment/payment.entity.js';
import { Refund, REFUND_STATES } from '../../src/refund/refund.entity.js';
import { readArguments } from '../../src/verify/arguments.js';
import { verify } from '../../src/verify/verify.js';
import { type Clerk, type PageJson, session } from '../contract/support/clerk.js';
import { openShop, type Shop } from '../support/shop.js';
import { databaseOf, type OldDatabase } from './release.js';

/** Rows that a migration moves elsewhere, by table. */
const MAY_SHRINK: readonly string[] = [];

describe('a database of release 0.1.0 with data in every state', () => {
  let old: OldDatabase;
  let shop: Shop;
  let boss: Clerk;

  beforeAll(async () => {
    old = await databaseOf('test/upgrade/release-0.1.0.json', 'CreateApiKeys1795000000016');
    shop = await openShop({ existing: old, environment: { LATE_PAYMENT_POLICY: 'deliver' } });
    boss = await session(shop, 'boss');
  });
  afterAll(() => shop.closes());

  const brokenInvariants = async (): Promise<string[]> => {
    const wanted = { ...readArguments(['--grace-seconds', '86400']), now: old.leftAt };
    const { findings } = await verify(wanted, shop.environment);
    return findings
      .filter(({ offending }) => offending > 0)
      .map(({ name, examples }) => `${name}: ${examples.join(', ')}`);
  };

  it('has orders, payments and refunds in every state', async () => {
    const states = async (entity: typeof Order | typeof Payment | typeof Refund): Promise<unknown> =>
      [...new Set((await shop.first.all<{ status: string }>(entity)).map(({ status }) => status))].sort();
    expect(await states(Order)).toEqual(ORDER_STATUSES.toSorted());
    expect(await states(Payment)).toEqual(['CLOSED', 'CREATED', 'PAID', 'PREPAID']);
    expect(await states(Refund)).toEqual(REFUND_STATES.toSorted());
  });

  it('upgrades in place and keeps every row', async () => {
    const counts: Record<string, number> = {};
    await shop.first.app.get(UnitOfWork).read(async (manager) => {
      for (const table of Object.keys(old.rowCounts)) {
        const [row] = await manager.query<{ count: number | string }[]>(`SELECT COUNT(*) AS count FROM ${table}`);
        counts[table] = Number(row?.count);
      }
    });
    const lost = Object.entries(old.rowCounts).filter(
      ([table, before]) => (counts[table] ?? 0) < before && !MAY_SHRINK.includes(table),
    );
    expect(lost).toEqual([]);
  });

  it('balances after the upgrade, and still after the scheduled jobs have run', async () => {
    expect(await brokenInvariants()).toEqual([]);
    await shop.ticks();
    expect(await brokenInvariants()).toEqual([]);
  });

  it('is shown to staff: every order, refund, product, key and audit line', async () => {
    const lists = ['orders', 'refunds', 'products', 'coupons', 'api-keys', 'admins', 'audit-log'];
    for (const list of lists) {
      const { status, body } = await boss.asks<PageJson<Record<string, string>>>('GET', `${list}?limit=100`);
      expect([list, status, body.items.length > 0]).toEqual([list, 200, true]);
      for (const { orderNo, refundNo } of body.items) {
        const path = list === 'refunds' ? `refunds/${refundNo ?? ''}` : `orders/${orderNo ?? ''}`;
        if (list === 'orders' || list === 'refunds') {
          expect([path, (await boss.asks('GET', path)).status]).toEqual([path, 200]);
        }
      }
    }
    expect((await boss.asks('GET', 'to-do')).status).toBe(200);
  });
});
