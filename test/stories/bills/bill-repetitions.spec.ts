import { afterEach, describe, expect, it } from '@jest/globals';
import { Bill } from '../../../src/bill/bill.entity.js';
import { BillReconciler } from '../../../src/bill/day/bill-reconciler.js';
import { BillFileStore } from '../../../src/bill/files/bill-file-store.js';
import { addDays } from '../../../src/common/time/beijing-days.js';
import { crashAtEveryBoundary } from '../../support/database/crash-at-every-boundary.js';
import { BillFixture, FEE_FEN, PRICE_FEN } from '../../support/fixtures/bill-fixture.js';

describe('bills: a day that is worked on again', () => {
  let fixture: BillFixture;
  afterEach(() => fixture.shop.close());

  const payInOtherSystem = async (): Promise<void> => {
    await fixture.shop.wechat.control('POST', 'orders', { out_trade_no: 'OTHER-SYSTEM', total_fee: 700 });
    await fixture.shop.wechat.control('POST', 'orders/OTHER-SYSTEM/pay', {});
  };
  const findBill = async (date: string): Promise<Bill | undefined> =>
    (await fixture.shop.firstInstance.findAll(Bill)).find((bill) => bill.date === date);

  it('keeps its file and differences when WeChat suddenly has no statement', async () => {
    fixture = await BillFixture.open();
    const { date } = fixture;
    await payInOtherSystem();
    await fixture.moveToMorningAfter(date);
    await fixture.reconcile(date);
    const before = await fixture.listDifferences(date);
    await fixture.controlBills('PUT', date, { availability: 'none' });
    expect(await fixture.reconcile(date)).toMatchObject({
      status: 'DIFFERENCES',
      tradeState: 'AVAILABLE',
      fundState: 'AVAILABLE',
      openDifferences: 1,
      problem: expect.any(String),
    });
    expect(await fixture.listDifferences(date)).toEqual(before);
    expect((await fixture.download(`bills/${date}/file?kind=trade`)).status).toBe(200);
  });

  it('has no invented balance when the fund-flow bill is missing, and differs in the end', async () => {
    fixture = await BillFixture.open();
    const { date } = fixture;
    await fixture.createPaidOrder();
    await fixture.moveTo(addDays(date, 1), 12);
    await fixture.createPaidOrder();
    await fixture.moveTo(addDays(date, 2), 11);
    await fixture.controlBills('PUT', date, { kind: 'FUND', availability: 'none' });
    await fixture.runBillJob();
    expect(await fixture.getBill(date)).toMatchObject({
      status: 'BALANCED',
      fundState: 'NOT_READY',
      funds: { openingFen: null, closingFen: null },
    });
    expect(await fixture.listDifferences(addDays(date, 1))).toEqual([]);
    for (let hours = 0; hours < 9; hours++) {
      await fixture.shop.wechat.advanceTime({ hours: 1 });
      await fixture.runBillJob();
    }
    expect(await fixture.listDifferences(date)).toMatchObject([
      { kind: 'FUND_FLOW', oursFen: PRICE_FEN - FEE_FEN, theirsFen: 0, status: 'OPEN' },
    ]);
  });

  it('heals a missing payment although its fund-flow bill is damaged', async () => {
    fixture = await BillFixture.open();
    const { date } = fixture;
    const { order } = await fixture.createUnknownPayment();
    await fixture.moveToMorningAfter(date);
    await fixture.controlBills('PUT', date, { kind: 'FUND', damage: 'incomplete' });
    await fixture.runBillJob();
    expect(await fixture.getBill(date)).toMatchObject({ status: 'INCOMPLETE' });
    expect(await fixture.alice.getOrder(order)).toMatchObject({ status: 'PAID' });
    expect(await fixture.listDifferences(date)).toMatchObject([{ status: 'RESOLVED' }]);
  });

  it('has all retries of its queries left after a long wait for the bill', async () => {
    fixture = await BillFixture.open();
    const { date } = fixture;
    const { order } = await fixture.createUnknownPayment();
    await fixture.moveToMorningAfter(date);
    await fixture.controlBills('PUT', date, { availability: 'creating' });
    for (let count = 0; count < 10; count++) {
      await fixture.runBillJob();
      await fixture.shop.wechat.advanceTime({ minutes: 31 });
    }
    await fixture.controlBills('PUT', date, { availability: 'normal' });
    await fixture.shop.wechat.failNext({ endpoint: 'orderquery', kind: 'SYSTEMERROR', times: 1 });
    await fixture.runBillJob();
    expect(await fixture.getBill(date)).toMatchObject({ status: 'DIFFERENCES', openDifferences: 1 });
    await fixture.shop.wechat.advanceTime({ minutes: 31 });
    await fixture.runBillJob();
    expect(await fixture.alice.getOrder(order)).toMatchObject({ status: 'PAID' });
  });

  it('with BILL_DOWNLOAD=off, is healed later without another download', async () => {
    fixture = await BillFixture.open({ environment: { BILL_DOWNLOAD: 'off' } });
    const { date } = fixture;
    const { order } = await fixture.createUnknownPayment();
    await fixture.moveToMorningAfter(date);
    await fixture.shop.wechat.failNext({ endpoint: 'orderquery', kind: 'SYSTEMERROR', times: 1 });
    expect(await fixture.reconcile(date)).toMatchObject({ openDifferences: 1 });
    await fixture.shop.wechat.advanceTime({ minutes: 31 });
    await fixture.controlBills('PUT', date, { availability: 'creating' });
    await fixture.runBillJob();
    expect(await fixture.alice.getOrder(order)).toMatchObject({ status: 'PAID' });
    expect(await fixture.getBill(date)).toMatchObject({ status: 'BALANCED', tradeState: 'AVAILABLE' });
  });

  it('does not stop other days when its work fails, and is tried again with a back-off', async () => {
    fixture = await BillFixture.open();
    const { date } = fixture;
    await fixture.createPaidOrder();
    await fixture.moveTo(addDays(date, 1), 12);
    await fixture.createPaidOrder();
    await fixture.moveTo(addDays(date, 2), 11);
    const store = fixture.shop.firstInstance.app.get(BillFileStore);
    const create = store.create.bind(store);
    store.create = (request, onProgress) =>
      request.date === date ? Promise.reject(new Error('the disk is full')) : create(request, onProgress);
    await fixture.runBillJob();
    expect(await fixture.getBill(addDays(date, 1))).toMatchObject({ status: 'BALANCED' });
    const waits: number[] = [];
    for (let count = 0; count < 3; count++) {
      const { nextCheckAt } = (await findBill(date)) ?? {};
      waits.push(Math.round(((nextCheckAt?.getTime() ?? 0) - fixture.shop.wechat.now().getTime()) / 1000));
      await fixture.shop.wechat.advanceUntil(nextCheckAt?.toISOString() ?? null);
      await fixture.runBillJob();
    }
    expect(waits).toEqual([60, 300, 1800]);
    store.create = create;
    await fixture.shop.wechat.advanceTime({ hours: 7 });
    await fixture.runBillJob();
    expect(await fixture.getBill(date)).toMatchObject({ status: 'BALANCED' });
  });

  it('is compared again from the beginning after a crash between any two steps of a repetition', async () => {
    fixture = await BillFixture.open();
    const { date } = fixture;
    await fixture.createPaidOrder();
    await payInOtherSystem();
    await fixture.moveToMorningAfter(date);
    await fixture.runBillJob();
    const { id } = (await findBill(date)) ?? { id: 0 };
    const expected = await fixture.getBill(date);
    expect(expected.bridge).toMatchObject({ lines: [{ kind: 'MISSING_HERE', count: 1, fen: 700 }] });
    const boundaries = await crashAtEveryBoundary(
      fixture.shop,
      async (at) => {
        const work = fixture.shop.instances[at]?.app.get(BillReconciler).work(id, 'DOWNLOAD');
        await work?.catch(() => undefined);
      },
      async () => {
        await fixture.shop.wechat.advanceTime({ minutes: 20 });
        await fixture.runBillJob();
        const bill = await findBill(date);
        expect(bill).toMatchObject({ leaseUntil: null, runNo: bill?.comparedRunNo });
        expect((await fixture.getBill(date)).bridge).toEqual(expected.bridge);
      },
    );
    expect(boundaries).toBeGreaterThan(15);
  });
});
