import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Bill } from '../../../src/bill/bill.entity.js';
import { BillFile, BillFileChunk } from '../../../src/bill/files/bill-file.entity.js';
import { addDays } from '../../../src/common/time/beijing-days.js';
import { Event } from '../../../src/event/event.entity.js';
import { BillFixture, PRICE_FEN } from '../../support/fixtures/bill-fixture.js';

const DOWNLOAD = /downloadbill|\/v3\/bill\/tradebill/;

describe('bills: when and where they are downloaded', () => {
  let fixture: BillFixture;
  afterEach(() => fixture.shop.close());

  const countDownloads = async (): Promise<number> =>
    (await fixture.shop.wechat.listMessages()).filter(({ path }) => DOWNLOAD.test(path)).length;

  it('not before 10:20 in Beijing on the next day', async () => {
    fixture = await BillFixture.open();
    const { date } = fixture;
    await fixture.createPaidOrder();
    await fixture.moveTo(addDays(date, 1), 10, 19);
    await fixture.runBillJob();
    expect(await fixture.getBill(date)).toMatchObject({ status: 'WAITING', tradeState: null });
    expect(await countDownloads()).toBe(0);
    await fixture.moveTo(addDays(date, 1), 10, 31);
    await fixture.runBillJob();
    expect(await fixture.getBill(date)).toMatchObject({ status: 'BALANCED' });
  });

  it('every missing day after an outage, each once, however many instances and members of staff there are', async () => {
    fixture = await BillFixture.open({ instances: 2 });
    const { date } = fixture;
    await fixture.createPaidOrder();
    await fixture.moveTo(addDays(date, 4), 12);
    await fixture.createPaidOrder();
    await fixture.moveTo(addDays(date, 6), 11);
    await Promise.all([
      fixture.runBillJob(0),
      fixture.runBillJob(1),
      fixture.reconcile(addDays(date, 4), 0),
      fixture.reconcile(addDays(date, 4), 1),
      fixture.reconcile(date, 1),
    ]);
    await fixture.runBillJob(0);
    await fixture.runBillJob(1);
    const bills = await fixture.shop.firstInstance.findAll(Bill);
    expect(bills.map((bill) => [bill.date, bill.status, bill.ourPaymentCount]).sort()).toEqual(
      [0, 1, 2, 3, 4, 5].map((day) => [addDays(date, day), 'BALANCED', day === 0 || day === 4 ? 1 : 0]),
    );
    const files = await fixture.shop.firstInstance.findAll(BillFile);
    expect(files.filter(({ obsoleteAt, kind }) => obsoleteAt === null && kind === 'TRADE')).toHaveLength(2);
  });

  it('at most three months back', async () => {
    fixture = await BillFixture.open();
    const { date } = fixture;
    await fixture.createPaidOrder();
    await fixture.moveTo(addDays(date, 100), 11);
    await fixture.runBillJob();
    const dates = (await fixture.shop.firstInstance.findAll(Bill)).map((bill) => bill.date).sort();
    expect(dates).toHaveLength(91);
    expect([dates[0], dates.at(-1)]).toEqual([addDays(date, 9), addDays(date, 99)]);
  });

  it('BILL_DOWNLOAD=off downloads nothing automatically, and a member of staff can reconcile a day', async () => {
    fixture = await BillFixture.open({ environment: { BILL_DOWNLOAD: 'off' } });
    const { date } = fixture;
    await fixture.createPaidOrder();
    await fixture.moveToMorningAfter(date);
    await fixture.runBillJob();
    expect(await countDownloads()).toBe(0);
    expect(await fixture.reconcile(date)).toMatchObject({ status: 'BALANCED', payments: { count: 1 } });
  });

  it('BILL_DIRECTORY keeps the files outside of the database, and removes replaced ones', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'bills-'));
    try {
      fixture = await BillFixture.open({ environment: { BILL_DIRECTORY: directory } });
      const { date } = fixture;
      await fixture.createPaidOrder();
      await fixture.moveToMorningAfter(date);
      await fixture.runBillJob();
      expect(await fixture.shop.firstInstance.findAll(BillFileChunk)).toEqual([]);
      const { bytes } = await fixture.download(`bills/${date}/file?kind=trade`);
      const [name = ''] = (await readdir(directory)).filter((each) => each.startsWith(`${date}-trade-`));
      expect(gunzipSync(readFileSync(join(directory, name))).equals(bytes)).toBe(true);
      await fixture.reconcile(date);
      expect(await readdir(directory)).toHaveLength(4);
      await fixture.shop.wechat.advanceTime({ hours: 7 });
      await fixture.runBillJob();
      expect((await readdir(directory)).filter((each) => each.includes('-trade-'))).toEqual([name]);
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  it('bill.reconciled reports a day once, and again when an explanation changes it', async () => {
    fixture = await BillFixture.open();
    const { date } = fixture;
    await fixture.createPaidOrder();
    await fixture.shop.wechat.control('POST', 'orders', { out_trade_no: 'OTHER-SYSTEM', total_fee: 700 });
    await fixture.shop.wechat.control('POST', 'orders/OTHER-SYSTEM/pay', {});
    await fixture.moveToMorningAfter(date);
    await fixture.runBillJob();
    await fixture.reconcile(date);
    const readEvents = async (): Promise<unknown[]> =>
      (await fixture.shop.firstInstance.findAll(Event))
        .filter(({ type }) => type === 'bill.reconciled')
        .map(({ data }) => JSON.parse(data) as unknown);
    const found = {
      object: 'bill',
      version: 1,
      date,
      status: 'DIFFERENCES',
      openDifferences: 1,
      payments: { count: 2, fen: PRICE_FEN + 700 },
    };
    expect(await readEvents()).toMatchObject([found]);
    const [difference] = await fixture.listDifferences(date);
    await fixture.explain(date, difference?.id ?? 0, 'our ERP');
    expect(await readEvents()).toMatchObject([found, { version: 2, status: 'BALANCED', openDifferences: 0 }]);
  });
});
