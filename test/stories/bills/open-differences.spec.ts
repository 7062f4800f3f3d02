import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { addDays } from '../../../src/common/time/beijing-days.js';
import { BillFixture, FEE_FEN, PRICE_FEN, timeOf } from '../../support/fixtures/bill-fixture.js';

describe('bills: differences that a person must explain', () => {
  let fixture: BillFixture;
  let date: string;

  beforeEach(async () => {
    fixture = await BillFixture.open();
    ({ date } = fixture);
  });
  afterEach(() => fixture.shop.close());

  it('a payment of another system of the merchant stays MISSING_HERE until it is explained', async () => {
    await fixture.createPaidOrder();
    await fixture.shop.wechat.control('POST', 'orders', { out_trade_no: 'ERP-0001', total_fee: 700 });
    await fixture.shop.wechat.control('POST', 'orders/ERP-0001/pay', {});
    await fixture.moveToMorningAfter(date);
    await fixture.runBillJob();
    const [difference] = await fixture.listDifferences(date);
    expect(difference).toMatchObject({
      kind: 'MISSING_HERE',
      outTradeNo: 'ERP-0001',
      orderNo: null,
      oursFen: null,
      theirsFen: 700,
      status: 'OPEN',
    });
    expect(await fixture.getBill(date)).toMatchObject({ status: 'DIFFERENCES', openDifferences: 1 });
    const id = difference?.id ?? 0;
    expect(await fixture.explain(date, id, 'our ERP')).toMatchObject({
      status: 200,
      body: { status: 'EXPLAINED', note: 'our ERP', explainedBy: 'boss' },
    });
    expect(await fixture.getBill(date)).toMatchObject({ status: 'BALANCED', openDifferences: 0 });
    // The explanation survives another comparison.
    await fixture.reconcile(date);
    expect(await fixture.listDifferences(date)).toMatchObject([{ id, status: 'EXPLAINED', note: 'our ERP' }]);
    const { body } = await fixture.boss.call<{ items: unknown[] }>('GET', 'audit-log?action=bill.explain');
    expect(body.items).toMatchObject([{ subject: `${date}/${id}`, after: { note: 'our ERP' } }]);
  });

  it('names a line that is missing there, another amount and another fee', async () => {
    const missing = await fixture.createPaidOrder();
    const amount = await fixture.createPaidOrder();
    const fee = await fixture.createPaidOrder();
    await fixture.controlBills('POST', 'lines', { kind: 'missing-line', out_trade_no: missing.outTradeNo });
    await fixture.controlBills('POST', 'lines', { kind: 'other-amount', out_trade_no: amount.outTradeNo, fen: 9000 });
    await fixture.controlBills('POST', 'lines', { kind: 'other-fee', out_trade_no: fee.outTradeNo, fen: FEE_FEN + 5 });
    await fixture.moveToMorningAfter(date);
    await fixture.runBillJob();
    const found = (await fixture.listDifferences(date)).map(({ kind, outTradeNo, oursFen, theirsFen, status }) => ({
      kind,
      outTradeNo,
      oursFen,
      theirsFen,
      status,
    }));
    expect(found).toHaveLength(3);
    expect(found).toEqual(
      expect.arrayContaining([
        { kind: 'MISSING_THERE', outTradeNo: missing.outTradeNo, oursFen: PRICE_FEN, theirsFen: null, status: 'OPEN' },
        { kind: 'AMOUNT', outTradeNo: amount.outTradeNo, oursFen: PRICE_FEN, theirsFen: 9000, status: 'OPEN' },
        { kind: 'FEE', outTradeNo: fee.outTradeNo, oursFen: FEE_FEN, theirsFen: FEE_FEN + 5, status: 'OPEN' },
      ]),
    );
    expect(await fixture.getBill(date)).toMatchObject({ status: 'DIFFERENCES', openDifferences: 3 });
  });

  it('names a refund in a state that is not known, with the word of WeChat', async () => {
    const { order } = await fixture.createPaidOrder();
    const refundNo = await fixture.refund(order, 4000);
    // The first column of a name counts.
    const column = { column: '退款状态', columnValue: 'DISPUTED', afterColumn: '退款类型' };
    await fixture.controlBills('POST', `${date}/changes`, column);
    await fixture.moveToMorningAfter(date);
    await fixture.runBillJob();
    expect(await fixture.listDifferences(date)).toMatchObject([
      { kind: 'STATUS', outRefundNo: refundNo, ourState: 'SUCCEEDED', theirState: 'DISPUTED', status: 'OPEN' },
    ]);
  });

  it('names a balance that does not follow from the movements, once', async () => {
    await fixture.createPaidOrder();
    await fixture.createPaidOrder();
    await fixture.controlBills('POST', `${date}/changes`, { balanceOffByFen: 100 });
    await fixture.moveTo(addDays(date, 1), 12);
    await fixture.createPaidOrder();
    await fixture.moveTo(addDays(date, 2), 11);
    await fixture.runBillJob();
    expect(await fixture.listDifferences(date)).toMatchObject([
      { kind: 'FUND_FLOW', entryType: 'DAY', status: 'OPEN' },
    ]);
    expect(await fixture.listDifferences(addDays(date, 1))).toEqual([]);
  });

  it('a reversed payment that is not paid here is no difference', async () => {
    await fixture.createPaidOrder();
    const { outTradeNo } = await fixture.createUnknownPayment();
    await fixture.controlBills('POST', 'lines', {
      kind: 'other-status',
      out_trade_no: outTradeNo,
      status: 'REVOKED',
    });
    await fixture.moveToMorningAfter(date);
    await fixture.reconcile(date);
    const differences = await fixture.listDifferences(date);
    expect(differences.filter(({ entryType }) => entryType === 'REVOKED')).toEqual([]);
  });

  it('a withdrawal is no difference', async () => {
    await fixture.createPaidOrder();
    const { status } = await fixture.shop.wechat.control('POST', 'merchant/withdraw', { fen: 500 });
    expect(status).toBeLessThan(300);
    await fixture.moveToMorningAfter(date);
    await fixture.runBillJob();
    expect(await fixture.getBill(date)).toMatchObject({ status: 'BALANCED', funds: { otherMovementsFen: -500 } });
  });

  describe('near midnight', () => {
    it('a payment on the bill of the next day becomes no difference', async () => {
      await fixture.moveTo(date, 23, 50);
      const { outTradeNo } = await fixture.createPaidOrder();
      await fixture.controlBills('POST', 'late', { out_trade_no: outTradeNo });
      const next = addDays(date, 1);
      await fixture.moveTo(next, 11);
      await fixture.reconcile(date);
      expect(await fixture.getBill(date)).toMatchObject({ openDifferences: 0, waitingEntries: 1 });
      expect(await fixture.listDifferences(date)).toEqual([]);
      await fixture.moveToMorningAfter(next);
      await fixture.runBillJob();
      expect(await fixture.getBill(date)).toMatchObject({ status: 'BALANCED', waitingEntries: 0 });
      expect(await fixture.getBill(next)).toMatchObject({
        status: 'BALANCED',
        payments: { count: 1 },
        ourPayments: { count: 0 },
        bridge: { oursFen: 0, lines: [{ kind: 'OTHER_DAYS', fen: PRICE_FEN }], theirsFen: PRICE_FEN },
      });
    });

    it('a payment on neither bill becomes a difference after the second one, with an event for the earlier day', async () => {
      await fixture.moveTo(date, 23, 50);
      const { outTradeNo } = await fixture.createPaidOrder();
      await fixture.controlBills('POST', 'lines', { kind: 'missing-line', out_trade_no: outTradeNo });
      const next = addDays(date, 1);
      await fixture.moveTo(next, 11);
      await fixture.runBillJob();
      expect(await fixture.getBill(date)).toMatchObject({ openDifferences: 0, waitingEntries: 1 });
      await fixture.createPaidOrder();
      await fixture.moveToMorningAfter(next);
      await fixture.runBillJob();
      expect(await fixture.getBill(date)).toMatchObject({
        status: 'DIFFERENCES',
        openDifferences: 1,
        waitingEntries: 0,
      });
      expect(await fixture.listDifferences(date)).toMatchObject([
        { kind: 'MISSING_THERE', outTradeNo, status: 'OPEN' },
      ]);
    });

    it('a payment that seemed to be missing is RESOLVED when a late bill of the next day has it', async () => {
      await fixture.createPaidOrder();
      await fixture.moveTo(date, 23, 50);
      const { outTradeNo } = await fixture.createPaidOrder();
      await fixture.controlBills('POST', 'late', { out_trade_no: outTradeNo });
      const next = addDays(date, 1);
      await fixture.moveTo(next, 11);
      await fixture.runBillJob();
      await fixture.controlBills('PUT', next, { availability: 'none' });
      await fixture.moveToMorningAfter(next);
      // With v2 the same answer may mean that the bill is not made yet, so it is requested a few times.
      for (let hours = 0; hours < 9; hours++) {
        await fixture.runBillJob();
        await fixture.shop.wechat.advanceTime({ hours: 1 });
      }
      expect(await fixture.listDifferences(date)).toMatchObject([{ kind: 'MISSING_THERE', status: 'OPEN' }]);
      await fixture.controlBills('PUT', next, { availability: 'normal' });
      await fixture.reconcile(next);
      expect(await fixture.listDifferences(date)).toMatchObject([
        { kind: 'MISSING_THERE', status: 'RESOLVED', resolution: 'ON_OTHER_BILL' },
      ]);
      for (const day of [date, next])
        expect(await fixture.getBill(day)).toMatchObject({ status: 'BALANCED', openDifferences: 0, waitingEntries: 0 });
    });

    it('a payment on the bills of two days is listed once too often, in the order in which they come', async () => {
      await fixture.moveTo(date, 23, 50);
      const { outTradeNo } = await fixture.createPaidOrder();
      const next = addDays(date, 1);
      // As if WeChat reported the payment half a minute after midnight, and listed it on the bill of the first day.
      await fixture.shop.rawUpdate(
        `UPDATE payments SET paid_at = '${timeOf(next, 0, 0, 30).toISOString().replace('T', ' ').slice(0, 23)}'`,
      );
      await fixture.moveTo(next, 12);
      const second = await fixture.createPaidOrder();
      await fixture.reconcile(date);
      expect(await fixture.getBill(date)).toMatchObject({ status: 'BALANCED', openDifferences: 0, waitingEntries: 1 });
      await fixture.moveToMorningAfter(next);
      await fixture.reconcile(next);
      // As if the bill of the next day had listed it too.
      await fixture.shop.rawUpdate(
        `UPDATE bill_entries SET number = '${outTradeNo}' WHERE number = '${second.outTradeNo}'`,
      );
      await fixture.reconcile(date);
      expect(await fixture.listDifferences(date)).toMatchObject([
        { kind: 'AMOUNT', outTradeNo, oursFen: 0, theirsFen: PRICE_FEN, status: 'OPEN' },
      ]);
    });

    it('two days that both wait for other bills do not keep the job busy', async () => {
      await fixture.createPaidOrder();
      const [second, third] = [addDays(date, 1), addDays(date, 2)];
      await fixture.moveTo(second, 0, 10);
      const omit = async ({ outTradeNo }: { outTradeNo: string }): Promise<unknown> =>
        fixture.controlBills('POST', 'lines', { kind: 'missing-line', out_trade_no: outTradeNo });
      await omit(await fixture.createPaidOrder());
      await fixture.moveTo(third, 23, 50);
      await omit(await fixture.createPaidOrder());
      await fixture.moveTo(addDays(date, 3), 11);
      await fixture.controlBills('PUT', date, { kind: 'TRADE', damage: 'incomplete' });
      await fixture.runBillJob();
      const calls = (await fixture.shop.wechat.listMessages()).length;
      await fixture.runBillJob();
      expect(await fixture.shop.wechat.listMessages()).toHaveLength(calls);
      for (const day of [second, third]) expect(await fixture.getBill(day)).toMatchObject({ waitingEntries: 1 });
    });
  });

  it('a file whose hash is wrong, that is cut off, or that does not add up is INCOMPLETE, and balanced later', async () => {
    await fixture.createPaidOrder();
    await fixture.moveToMorningAfter(date);
    for (const damage of ['truncated', 'incomplete']) {
      await fixture.controlBills('PUT', date, { kind: 'TRADE', damage });
      const bill = await fixture.reconcile(date);
      expect([damage, bill.status, bill.problem]).toEqual([damage, 'INCOMPLETE', expect.any(String)]);
      expect(await fixture.listDifferences(date)).toEqual([]);
    }
    await fixture.controlBills('PUT', date, { kind: 'TRADE', damage: 'none' });
    expect(await fixture.reconcile(date)).toMatchObject({ status: 'BALANCED', problem: null });
  });

  it('a day without a statement is balanced only when our records are empty too', async () => {
    await fixture.createPaidOrder();
    const next = addDays(date, 1);
    await fixture.moveTo(addDays(date, 2), 11);
    await fixture.controlBills('PUT', date, { availability: 'none' });
    expect(await fixture.reconcile(next)).toMatchObject({
      status: 'BALANCED',
      tradeState: 'NONE',
      payments: { count: 0 },
    });
    expect(await fixture.reconcile(date)).toMatchObject({
      status: 'DIFFERENCES',
      tradeState: 'NONE',
      openDifferences: 1,
    });
    const csv = (await fixture.download(`bills/export?month=${date.slice(0, 7)}`)).bytes.toString('utf8');
    expect(csv).toMatch(new RegExp(`"${date}","","不完整 INCOMPLETE: 微信无账单`));
  });

  it('waits while WeChat creates the bill, and asks again every half hour', async () => {
    await fixture.createPaidOrder();
    await fixture.moveTo(addDays(date, 1), 10, 45);
    await fixture.controlBills('PUT', date, { availability: 'creating' });
    await fixture.runBillJob();
    expect(await fixture.getBill(date)).toMatchObject({
      status: 'WAITING',
      tradeState: 'NOT_READY',
      openDifferences: 0,
      isInProgress: false,
      nextCheckAt: expect.stringMatching(/T03:15:/), // 11:15 in Beijing
    });
    await fixture.controlBills('PUT', date, { availability: 'normal' });
    await fixture.runBillJob();
    expect(await fixture.getBill(date)).toMatchObject({ status: 'WAITING' });
    await fixture.shop.wechat.advanceUntil(timeOf(addDays(date, 1), 11, 16).toISOString());
    await fixture.runBillJob();
    expect(await fixture.getBill(date)).toMatchObject({ status: 'BALANCED', nextCheckAt: null });
  });
});
