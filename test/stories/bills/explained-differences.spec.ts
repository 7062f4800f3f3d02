import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { BillFixture } from '../../support/fixtures/bill-fixture.js';

describe('bills: what an explanation covers', () => {
  let fixture: BillFixture;
  let date: string;
  let database: DataSource;

  beforeEach(async () => {
    fixture = await BillFixture.open();
    ({ date } = fixture);
    const [instance] = fixture.shop.instances;
    if (!instance) throw new Error('The shop has no instance.');
    database = instance.app.get(DataSource);
  });
  afterEach(() => fixture.shop.close());

  /** Explains the only difference, which survives another comparison. */
  async function explainOnlyDifference(): Promise<void> {
    const [difference] = await fixture.listDifferences(date);
    expect(difference).toMatchObject({ kind: 'MISSING_THERE', status: 'OPEN' });
    await fixture.explain(date, difference?.id ?? 0, 'WeChat is asked');
    await fixture.reconcile(date);
    expect(await fixture.listDifferences(date)).toMatchObject([{ status: 'EXPLAINED', note: 'WeChat is asked' }]);
  }

  it('ends when our refund is in another state', async () => {
    const { order } = await fixture.createPaidOrder();
    const refundNo = await fixture.refund(order, 4000);
    await fixture.controlBills('POST', 'lines', { kind: 'missing-line', out_refund_no: refundNo });
    await fixture.moveToMorningAfter(date);
    await fixture.reconcile(date);
    await explainOnlyDifference();
    await database.query(`UPDATE refunds SET status = 'FAILED' WHERE refund_no = '${refundNo}'`);
    await fixture.reconcile(date);
    expect(await fixture.listDifferences(date)).toMatchObject([{ ourState: 'FAILED', status: 'OPEN' }]);
  });

  it("ends when WeChat's number of the payment is another one", async () => {
    const { outTradeNo } = await fixture.createPaidOrder();
    await fixture.createPaidOrder();
    await fixture.controlBills('POST', 'lines', { kind: 'missing-line', out_trade_no: outTradeNo });
    await fixture.moveToMorningAfter(date);
    await fixture.reconcile(date);
    await explainOnlyDifference();
    await database.query(`UPDATE payments SET transaction_id = '42000000001' WHERE out_trade_no = '${outTradeNo}'`);
    await fixture.reconcile(date);
    expect(await fixture.listDifferences(date)).toMatchObject([{ transactionId: '42000000001', status: 'OPEN' }]);
  });
});
