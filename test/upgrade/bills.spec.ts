import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ServiceSchemas } from '../../tools/client/service-client.js';
import { addDays, beijingDateOf, startOfBeijingDate } from '../../src/common/time/beijing-days.js';
import { PaymentAttempt } from '../../src/payment/attempt/payment-attempt.entity.js';
import { Refund } from '../../src/refund/refund.entity.js';
import { parseVerifyOptions } from '../../src/verify/verify-options.js';
import { verify } from '../../src/verify/verify.js';
import { logInStaff, type TestStaff } from '../contract/support/test-staff.js';
import { openTestShop, type TestShop } from '../support/test-shop.js';
import { loadReleaseDatabase, type ReleaseDatabase } from './release-database.js';

/** WeChat, a new simulator, has nothing of what the release has recorded. */
describe('upgrade: the bill of a day before the upgrade', () => {
  let old: ReleaseDatabase;
  let shop: TestShop;
  let boss: TestStaff;
  let date: string;

  beforeAll(async () => {
    old = await loadReleaseDatabase('test/upgrade/release-0.1.0.json', 'CreateApiKeys1795000000016');
    shop = await openTestShop({ existing: old });
    const paid = (await shop.firstInstance.findAll(PaymentAttempt)).flatMap(({ paidAt }) => paidAt ?? []);
    date = beijingDateOf(new Date(Math.max(...paid.map(Number))));
    const eleven = new Date(startOfBeijingDate(addDays(date, 1)).getTime() + 11 * 3600_000);
    if (eleven > shop.wechat.now()) await shop.wechat.advanceUntil(eleven.toISOString());
    boss = await logInStaff(shop, 'boss');
  });
  afterAll(() => shop.close());

  it('names every payment and every accepted refund of the day, in any state, as missing there', async () => {
    const { body } = await boss.call<ServiceSchemas['BillView']>('POST', `bills/${date}/reconcile`);
    const isOfDay = (at: Date | null): boolean => at !== null && beijingDateOf(at) === date;
    const payments = (await shop.firstInstance.findAll(PaymentAttempt)).filter(
      ({ status, paidAt }) => status === 'PAID' && isOfDay(paidAt),
    );
    const refunds = (await shop.firstInstance.findAll(Refund)).filter(({ status, acceptedAt, completedAt }) =>
      isOfDay(acceptedAt ?? (status === 'SUCCEEDED' ? completedAt : null)),
    );
    expect(payments.length).toBeGreaterThan(3);
    expect(refunds.length).toBeGreaterThan(2);
    expect(body).toMatchObject({
      status: 'DIFFERENCES',
      ourPayments: { count: payments.length, fen: payments.reduce((sum, { amountFen }) => sum + amountFen, 0) },
      ourRefunds: { count: refunds.length, fen: refunds.reduce((sum, { amountFen }) => sum + amountFen, 0) },
      openDifferences: payments.length + refunds.length,
    });
    const { body: list } = await boss.call<{ items: ServiceSchemas['BillDifferenceView'][] }>(
      'GET',
      `bills/${date}/differences?limit=100`,
    );
    expect(new Set(list.items.map(({ kind }) => kind))).toEqual(new Set(['MISSING_THERE']));
    const numbers = list.items.map(({ outTradeNo, outRefundNo }) => outRefundNo ?? outTradeNo);
    expect(numbers.sort()).toEqual(
      [...payments.map((one) => one.outTradeNo), ...refunds.map((one) => one.refundNo)].sort(),
    );
  });

  it('leaves records that npm run verify accepts', async () => {
    const options = { ...parseVerifyOptions(['--grace-seconds', '864000']), now: shop.wechat.now() };
    const { findings } = await verify(options, shop.environment);
    const bills = findings.filter(({ name }) => name.startsWith('bill-'));
    expect(bills.map(({ name, checked, offending }) => [name, checked, offending])).toEqual([
      ['bill-adds-up', 1, 0],
      ['bill-counts-its-differences', 1, 0],
      ['bill-has-its-entries', 0, 0],
    ]);
  });
});
