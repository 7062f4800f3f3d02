import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays } from '../../../src/common/time/beijing-days.js';
import { BillFixture, FEE_FEN, PRICE_FEN } from '../../support/fixtures/bill-fixture.js';

describe('bills: a day on which nothing went wrong', () => {
  let fixture: BillFixture;
  let date: string;

  beforeAll(async () => {
    fixture = await BillFixture.open();
    ({ date } = fixture);
    const { order } = await fixture.createPaidOrder();
    await fixture.createPaidOrder();
    await fixture.refund(order, 4000);
    await fixture.moveToMorningAfter(date);
    await fixture.runBillJob();
  });
  afterAll(() => fixture.shop.close());

  it('is balanced by the job, with sums, fees and the balance of the account', async () => {
    expect(await fixture.listDifferences(date)).toEqual([]);
    expect(await fixture.getBill(date)).toMatchObject({
      date,
      status: 'BALANCED',
      payments: { count: 2, fen: 2 * PRICE_FEN },
      refunds: { count: 1, fen: 4000 },
      feesFen: 2 * FEE_FEN - 24,
      ourPayments: { count: 2, fen: 2 * PRICE_FEN },
      ourRefunds: { count: 1, fen: 4000 },
      openDifferences: 0,
      waitingEntries: 0,
      tradeState: 'AVAILABLE',
      fundState: 'AVAILABLE',
      problem: null,
      bridge: { oursFen: 2 * PRICE_FEN - 4000, lines: [], theirsFen: 2 * PRICE_FEN - 4000 },
      funds: { settledFen: 2 * PRICE_FEN - 4000 - 2 * FEE_FEN + 24, otherMovementsFen: 0 },
    });
  });

  it('is downloaded once: the job does not ask again', async () => {
    const calls = (await fixture.shop.wechat.listMessages()).length;
    await fixture.runBillJob();
    expect(await fixture.shop.wechat.listMessages()).toHaveLength(calls);
  });

  it('stays the same when it is reconciled again, without another event', async () => {
    const before = await fixture.getBill(date);
    expect(await fixture.reconcile(date)).toMatchObject({ status: 'BALANCED', openDifferences: 0 });
    const { downloadedAt, reconciledAt, ...after } = await fixture.getBill(date);
    expect(after).toEqual({ ...before, downloadedAt: undefined, reconciledAt: undefined });
    expect([downloadedAt, reconciledAt]).not.toContain(null);
  });

  it('returns the files of WeChat byte for byte', async () => {
    const made = (await fixture.controlBills('GET', date)) as { tradeText: string; fundText: string };
    const texts = { trade: made.tradeText, fund: made.fundText };
    for (const kind of ['trade', 'fund'] as const) {
      const { status, headers, bytes } = await fixture.download(`bills/${date}/file?kind=${kind}`);
      expect([status, headers.get('content-disposition')]).toEqual([
        200,
        `attachment; filename="wechat-${kind}-${date}.csv"`,
      ]);
      const sha1 = (content: Buffer | string): string => createHash('sha1').update(content).digest('hex');
      expect(sha1(bytes)).toBe(sha1(texts[kind]));
    }
  });

  it('shows fees and net amount on the dashboard and in the order', async () => {
    const from = `from=${date}&to=${addDays(date, 1)}`;
    const { body } = await fixture.boss.call<{ days: unknown[] }>('GET', `summary?${from}`);
    expect(body).toMatchObject({ feesFen: 2 * FEE_FEN - 24, daysWithoutBill: 0, days: [{ date, feesFen: 96 }] });
  });
});
