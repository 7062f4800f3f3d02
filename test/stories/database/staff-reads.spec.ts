import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource, MoreThan, type ObjectLiteral } from 'typeorm';
import { StaffReadService } from '../../../src/database/staff-read/staff-read.service.js';
import { UnitOfWork } from '../../../src/database/unit-of-work.js';
import { Order } from '../../../src/order/order.entity.js';
import { Refund } from '../../../src/refund/refund.entity.js';
import { type TestStaff, logInStaff } from '../../contract/support/test-staff.js';
import type { ProblemJson } from '../../support/clients/test-buyer.js';
import { eventually } from '../../support/eventually.js';
import { sendRequest } from '../../../tools/client/http.js';
import { isOnMysql } from '../../support/database/scratch-database.js';
import { openTestShop, type TestShop } from '../../support/test-shop.js';

/** A cross join with more rows than a server can count in a second. */
const SLOW_TABLES = ['a', 'b', 'c', 'd', 'e'].map((name) => `information_schema.collations ${name}`).join(', ');
const LATER = MoreThan(new Date(0));
const FILTERS: [filter: string, entity: typeof Order | typeof Refund, where: ObjectLiteral][] = [
  ['orders: status', Order, { status: 'PENDING' }],
  ['orders: refundStatus', Order, { refundStatus: 'FULL' }],
  ['orders: shipping=unshipped', Order, { toShipSince: LATER }],
  ['orders: shipping=shipped', Order, { shippedAt: LATER }],
  ['orders: from', Order, { createdAt: MoreThan(new Date('2040-01-01')) }],
  ['orders: q', Order, { orderNo: 'none' }],
  ['refunds: status', Refund, { status: 'FAILED' }],
  ['refunds: kind', Refund, { kind: 'AUTOMATIC' }],
  ['refunds: waitReason', Refund, { waitReason: 'RATE_LIMITED' }],
  ['refunds: from', Refund, { requestedAt: MoreThan(new Date('2040-01-01')) }],
  ['refunds: q is an orderNo', Refund, { orderNo: 'none' }],
  ['refunds: q is an outTradeNo', Refund, { outTradeNo: 'none' }],
  ['refunds: q is a transactionId', Refund, { transactionId: 'none' }],
  ['refunds: q is a refundNo', Refund, { refundNo: 'none' }],
  ["refunds: q is WeChat's refund id", Refund, { wechatRefundId: 'none' }],
];

describe('staff reads', () => {
  let shop: TestShop;
  let boss: TestStaff;

  beforeAll(async () => {
    shop = await openTestShop({ environment: { STAFF_READ_CONCURRENCY: '1', STAFF_READ_TIMEOUT_SECONDS: '1' } });
    boss = await logInStaff(shop, 'boss');
  });
  afterAll(() => shop.close());

  it.each(FILTERS)('the filter %s has an index', async (_filter, entity, where) => {
    const [sql, values] = shop.firstInstance.app
      .get(DataSource)
      .getRepository<Order | Refund>(entity)
      .createQueryBuilder('row')
      .where(where)
      .getQueryAndParameters();
    const explain = isOnMysql ? 'EXPLAIN' : 'EXPLAIN QUERY PLAN';
    const plan = await shop.firstInstance.app
      .get(UnitOfWork)
      .read((manager) => manager.query<Record<string, string | null>[]>(`${explain} ${sql}`, values));
    const [step] = plan;
    // MySQL prefers to scan a table this small; the test checks which index it could use.
    const index = isOnMysql ? step?.['possible_keys'] : /SEARCH .* USING INDEX (\w+)/.exec(step?.['detail'] ?? '')?.[1];
    const isSearched = index != null || (step?.['Extra'] ?? '').includes('const table');
    expect([plan, isSearched]).toEqual([plan, true]);
  });

  it('reads wait while another is running, are rejected beyond 20, and do not delay buyers', async () => {
    const buyer = await shop.createUser('buyer');
    const productId = await shop.createProduct({ stock: 5 });
    let end = (): void => undefined;
    const running = shop.firstInstance.app
      .get(StaffReadService)
      .run(() => new Promise<void>((resolve) => (end = resolve)));
    const url = `${shop.url}/admin/api/orders?refundStatus=FULL`;
    const headers = { authorization: `Bearer ${boss.login.token}` };
    const refused: { status: number; code: string; retryAfter: string | null }[] = [];
    const replies = Array.from({ length: 30 }, async () => {
      const reply = await sendRequest<ProblemJson>(url, { headers });
      if (reply.status === 503)
        refused.push({ status: 503, code: reply.body.code, retryAfter: reply.headers.get('retry-after') });
      return reply.status;
    });
    await eventually(() => expect(refused).toHaveLength(10));
    expect(refused[0]).toEqual({ status: 503, code: 'SERVICE_UNAVAILABLE', retryAfter: '5' });
    const order = await buyer.createOrder({ productId });
    await buyer.pay(order);
    expect((await buyer.syncOrder(order)).body.status).toBe('PAID');
    end();
    await running;
    expect((await Promise.all(replies)).filter((status) => status === 200)).toHaveLength(20);
  });

  it('a statement that takes too long is stopped, and its connection has no limit afterwards', async () => {
    if (!isOnMysql) return; // SQLite runs in this process and cannot be stopped
    const { app } = shop.firstInstance;
    const [reads, unitOfWork] = [app.get(StaffReadService), app.get(UnitOfWork)];
    const slow = (): Promise<unknown> =>
      unitOfWork.read((manager) => manager.query(`SELECT COUNT(*) FROM ${SLOW_TABLES}`));
    await expect(reads.run(slow)).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    const limits = await Promise.all(
      Array.from({ length: 5 }, () =>
        unitOfWork.read((manager) =>
          manager.query<{ seconds: string }[]>('SELECT @@session.max_statement_time AS seconds'),
        ),
      ),
    );
    expect(limits.flat().map(({ seconds }) => Number(seconds))).toEqual([0, 0, 0, 0, 0]);
  });
});
