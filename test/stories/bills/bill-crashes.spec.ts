import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Bill } from '../../../src/bill/bill.entity.js';
import { BillFile } from '../../../src/bill/files/bill-file.entity.js';
import { addDays } from '../../../src/common/time/beijing-days.js';
import { Event } from '../../../src/event/event.entity.js';
import { PaymentAttempt } from '../../../src/payment/attempt/payment-attempt.entity.js';
import { BillReconciliationJob } from '../../../src/reconciliation/bill-reconciliation.job.js';
import { crashAtEveryBoundary } from '../../support/database/crash-at-every-boundary.js';
import { BillFixture, PRICE_FEN } from '../../support/fixtures/bill-fixture.js';

describe('bills: a crash between any two steps', () => {
  let fixture: BillFixture;
  /** The day of the current scenario: each has its own. */
  let date: string;

  beforeAll(async () => {
    fixture = await BillFixture.open({ environment: { SESSION_TTL_SECONDS: '2592000' } });
    ({ date } = fixture);
  });
  afterAll(() => fixture.shop.close());

  it('leaves the day due again, and the next run ends with the same result', async () => {
    const boundaries = await crashAtEveryBoundary(
      fixture.shop,
      async (at) => {
        await fixture.moveTo(date, 12);
        await fixture.renewBuyer();
        const { outTradeNo } = await fixture.createUnknownPayment();
        await fixture.moveToMorningAfter(date);
        await fixture.shop.instances[at]?.app.get(BillReconciliationJob).run();
        return outTradeNo;
      },
      async (outTradeNo) => {
        await fixture.shop.wechat.advanceTime({ minutes: 20 }); // the lease of the crashed instance ends
        await fixture.runBillJob();
        const bill = (await fixture.shop.firstInstance.findAll(Bill)).find((each) => each.date === date);
        expect([date, bill]).toMatchObject([
          date,
          { status: 'BALANCED', openDifferences: 0, paymentCount: 1, paymentFen: PRICE_FEN, leaseUntil: null },
        ]);
        expect(await fixture.listDifferences(date)).toMatchObject([{ kind: 'MISSING_HERE', status: 'RESOLVED' }]);
        const payments = await fixture.shop.firstInstance.findAll(PaymentAttempt);
        expect(payments.find((each) => each.outTradeNo === outTradeNo)).toMatchObject({ status: 'PAID' });
        const current = (await fixture.shop.firstInstance.findAll(BillFile)).filter(
          (file) => file.date === date && file.obsoleteAt === null,
        );
        expect(current.map(({ kind }) => kind).sort()).toEqual(['FUND', 'TRADE']);
        const events = (await fixture.shop.firstInstance.findAll(Event)).filter(
          ({ type, subject }) => type === 'bill.reconciled' && subject === date,
        );
        expect(events).toHaveLength(1);
        date = addDays(date, 1);
      },
    );
    expect(boundaries).toBeGreaterThan(20);
  });
});
