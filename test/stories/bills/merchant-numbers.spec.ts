import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { BillFixture, PRICE_FEN } from '../../support/fixtures/bill-fixture.js';

const OTHER_MCH_ID = '1900000777';

describe('bills: merchant numbers', () => {
  let fixture: BillFixture;
  let date: string;

  beforeEach(async () => {
    fixture = await BillFixture.open();
    ({ date } = fixture);
  });
  afterEach(() => fixture.shop.close());

  async function run(statement: string): Promise<void> {
    await fixture.shop.instances[0]?.app.get(DataSource).query(statement);
  }

  it('payments and refunds of another number are not compared with the bill', async () => {
    await fixture.createPaidOrder();
    const { order, outTradeNo } = await fixture.createPaidOrder();
    const imported = await fixture.refund(order, 4000);
    const refundNo = await fixture.refund(order, 3000);
    for (const number of [imported, refundNo])
      await fixture.controlBills('POST', 'lines', { kind: 'missing-line', out_refund_no: number });
    await fixture.controlBills('POST', 'lines', { kind: 'missing-line', out_trade_no: outTradeNo });
    await run(`UPDATE payments SET mch_id = '${OTHER_MCH_ID}' WHERE out_trade_no = '${outTradeNo}'`);
    await run(`UPDATE refunds SET mch_id = '${OTHER_MCH_ID}' WHERE refund_no = '${refundNo}'`);
    await run(`UPDATE refunds SET mch_id = NULL WHERE refund_no = '${imported}'`);
    await fixture.moveToMorningAfter(date);
    expect(await fixture.reconcile(date)).toMatchObject({
      status: 'BALANCED',
      ourPayments: { count: 1, fen: PRICE_FEN },
      ourRefunds: { count: 0 },
      openDifferences: 0,
    });
  });

  it('a file with trades of another number is INCOMPLETE', async () => {
    await fixture.createPaidOrder();
    const column = { column: '商户号', columnValue: OTHER_MCH_ID, afterColumn: '交易时间' };
    await fixture.controlBills('POST', `${date}/changes`, column); // the first column of a name counts
    await fixture.moveToMorningAfter(date);
    const bill = await fixture.reconcile(date);
    expect([bill.status, bill.problem]).toEqual(['INCOMPLETE', expect.stringContaining(OTHER_MCH_ID)]);
    expect(await fixture.listDifferences(date)).toEqual([]);
  });

  it('a day of another number is never compared with a file of the current one', async () => {
    await fixture.createPaidOrder();
    await fixture.moveToMorningAfter(date);
    await fixture.reconcile(date);
    await run(`UPDATE bills SET mch_id = '${OTHER_MCH_ID}'`);
    await run(`UPDATE payments SET mch_id = '${OTHER_MCH_ID}'`);
    await fixture.controlBills('PUT', date, { availability: 'none' }); // as the current number would get
    const bill = await fixture.reconcile(date);
    expect(bill).toMatchObject({ status: 'BALANCED', payments: { count: 1 }, hasTradeFile: true });
    expect(bill.problem).toContain(OTHER_MCH_ID);
  });
});
