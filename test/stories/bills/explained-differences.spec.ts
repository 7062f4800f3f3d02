import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { isOnMysql } from '../../support/database/scratch-database.js';
import { eventually } from '../../support/eventually.js';
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

  const onMysql = isOnMysql ? it : it.skip; // SQLite runs one transaction at a time
  onMysql('does not overwrite the result of a comparison that commits at the same time', async () => {
    const { outTradeNo } = await fixture.createPaidOrder();
    await fixture.controlBills('POST', 'lines', { kind: 'missing-line', out_trade_no: outTradeNo });
    await fixture.moveToMorningAfter(date);
    await fixture.reconcile(date);
    const [difference] = await fixture.listDifferences(date);
    const comparison = database.createQueryRunner();
    await comparison.startTransaction();
    await comparison.query(`UPDATE bills SET status = 'INCOMPLETE' WHERE date = '${date}'`);
    const explained = fixture.explain(date, difference?.id ?? 0, 'WeChat is asked');
    await eventually(async () => {
      const waiting = "SELECT trx_id FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'";
      expect(await database.query(waiting)).toHaveLength(1);
    });
    await comparison.commitTransaction();
    await comparison.release();
    expect(await explained).toMatchObject({ status: 200, body: { status: 'EXPLAINED' } });
    expect(await fixture.getBill(date)).toMatchObject({ status: 'INCOMPLETE', openDifferences: 0 });
  });
});
