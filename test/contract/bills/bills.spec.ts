import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays } from '../../../src/common/time/beijing-days.js';
import { BillFixture, FEE_FEN, PRICE_FEN } from '../../support/fixtures/bill-fixture.js';
import { expectProblem } from '../support/expect-problem.js';
import { createStaff } from '../support/test-staff.js';

describe('bills in the admin API', () => {
  let fixture: BillFixture;
  let date: string;
  let next: string;
  let paid: { orderNo: string; outTradeNo: string; transactionId: string };
  let refundNo: string;

  beforeAll(async () => {
    fixture = await BillFixture.open();
    ({ date } = fixture);
    next = addDays(date, 1);
    const { order, outTradeNo } = await fixture.createPaidOrder();
    refundNo = await fixture.refund(order, 2500);
    const { transaction } = (await fixture.shop.wechat.getOrder(outTradeNo)) as unknown as {
      transaction: { transaction_id: string };
    };
    paid = { orderNo: order.orderNo, outTradeNo, transactionId: transaction.transaction_id };
    await fixture.shop.wechat.control('POST', 'orders', { out_trade_no: '=cmd|calc', total_fee: 700 });
    await fixture.shop.wechat.control('POST', 'orders', { out_trade_no: 'OTHER-SYSTEM', total_fee: 700 });
    await fixture.shop.wechat.control('POST', 'orders/OTHER-SYSTEM/pay', {});
    await fixture.moveTo(addDays(date, 2), 11);
    await fixture.runBillJob();
  });
  afterAll(() => fixture.shop.close());

  it('list: days, newest first, by date, in pages', async () => {
    const list = async (query: string): Promise<string[]> => {
      const { body } = await fixture.boss.call<{ items: { date: string }[] }>('GET', `bills${query}`);
      return body.items.map((bill) => bill.date);
    };
    expect(await list('')).toEqual([next, date]);
    expect(await list(`?from=${next}`)).toEqual([next]);
    expect(await list(`?to=${next}`)).toEqual([date]);
    expect(await list(`?from=${date}&to=${next}`)).toEqual([date]);
    const first = await fixture.boss.call<{ nextCursor: string }>('GET', 'bills?limit=1&withTotal=true');
    expect(first.body).toMatchObject({ total: 2, items: [{ date: next }] });
    expect(await list(`?limit=1&cursor=${first.body.nextCursor}`)).toEqual([date]);
  });

  it('list: a day has the fields of the contract', async () => {
    const { body } = await fixture.boss.call<{ items: unknown[] }>('GET', `bills?to=${next}`);
    expect(body.items).toEqual([
      expect.objectContaining({
        date,
        status: 'DIFFERENCES',
        payments: { count: 2, fen: PRICE_FEN + 700 },
        refunds: { count: 1, fen: 2500 },
        feesFen: FEE_FEN - 15 + 4,
        openDifferences: 1,
        downloadedAt: expect.any(String),
        reconciledAt: expect.any(String),
      }),
    ]);
  });

  it('differences: an entry has the fields of the contract, and a filter by status', async () => {
    expect(await fixture.listDifferences(date)).toEqual([
      expect.objectContaining({
        id: expect.any(Number),
        kind: 'MISSING_HERE',
        outTradeNo: 'OTHER-SYSTEM',
        outRefundNo: null,
        oursFen: null,
        theirsFen: 700,
        status: 'OPEN',
        note: null,
      }),
    ]);
    const { body } = await fixture.boss.call('GET', `bills/${date}/differences?status=RESOLVED`);
    expect(body).toMatchObject({ items: [] });
  });

  it('order: shows the fee of the payment and the net amount of the order', async () => {
    const { body } = await fixture.boss.call('GET', `orders/${paid.orderNo}`);
    expect(body).toMatchObject({
      feesFen: FEE_FEN - 15,
      settledFen: PRICE_FEN - 2500 - FEE_FEN + 15,
      payments: [{ outTradeNo: paid.outTradeNo, feeFen: FEE_FEN }],
    });
  });

  it('to-do: lists the days that need staff', async () => {
    const { body } = await fixture.boss.call('GET', 'to-do');
    expect(body).toMatchObject({ bills: { days: 1, openDifferences: 1, firstDate: date, isYesterdayOpen: false } });
  });

  it('export: one line per payment and refund with fee and net amount, marked as incomplete', async () => {
    const month = date.slice(0, 7);
    const { status, headers, bytes } = await fixture.download(`bills/export?month=${month}`);
    expect([status, headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(headers.get('content-disposition')).toBe(`attachment; filename="bills-${month}-incomplete.csv"`);
    const text = bytes.toString('utf8');
    expect(text.startsWith('\uFEFF')).toBe(true);
    const lines = text
      .split('\r\n')
      .map((line) => line.split(/,(?=")/).map((cell) => cell.slice(1, -1).replace('\t', '')));
    const payment = lines.find((line) => line[5] === paid.outTradeNo && line[2]?.startsWith('付款') === true);
    expect(payment?.slice(3)).toEqual([
      ...[paid.orderNo, '', paid.outTradeNo, '', paid.transactionId, '', 'JSAPI'],
      ...['100.00', '100.00', '-0.60', '99.40', '0.60%'],
    ]);
    const refund = lines.find((line) => line[6] === refundNo);
    expect(refund?.slice(10)).toEqual(['-25.00', '-25.00', '0.15', '-24.85', '0.60%']);
    expect(lines.filter((line) => line[2]?.includes('INCOMPLETE') === true).length).toBeGreaterThan(0);
    expect(lines.filter((line) => line[0] === date && line.length > 10)).toHaveLength(3);
  });

  it('explain: needs a note and an existing difference', async () => {
    const [difference] = await fixture.listDifferences(date);
    const id = difference?.id ?? 0;
    expectProblem(await fixture.explain(date, id, '  '), 400, 'VALIDATION_FAILED');
    expectProblem(await fixture.explain(date, id + 1000, 'why'), 404, 'BILL_DIFFERENCE_NOT_FOUND');
    expectProblem(await fixture.explain(next, id, 'why'), 404, 'BILL_DIFFERENCE_NOT_FOUND');
    expectProblem(
      await fixture.boss.call('POST', `bills/${date}/differences/x/explain`, { note: 'a' }),
      404,
      'BILL_DIFFERENCE_NOT_FOUND',
    );
    expectProblem(await fixture.explain('2026-01-01', id, 'why'), 404, 'BILL_NOT_FOUND');
  });

  it.each(['2026-13-01', '2026-02-30', 'yesterday', '20261121'])('reconcile: rejects %s as a day', async (day) => {
    expectProblem(await fixture.boss.call('POST', `bills/${day}/reconcile`), 400, 'VALIDATION_FAILED');
  });

  it('reconcile: rejects a day in the future and one that WeChat has no bill of any more', async () => {
    for (const days of [3, -100])
      expectProblem(
        await fixture.boss.call('POST', `bills/${addDays(date, days)}/reconcile`),
        400,
        'VALIDATION_FAILED',
      );
  });

  it('file: a day without a statement has none', async () => {
    expectProblem(await fixture.boss.call('GET', `bills/${next}/file?kind=trade`), 404, 'BILL_FILE_NOT_FOUND');
    expectProblem(await fixture.boss.call('GET', `bills/${next}/file?kind=other`), 400, 'VALIDATION_FAILED');
  });

  it('file: is not sent when its stored bytes have changed', async () => {
    const { bytes } = await fixture.download(`bills/${date}/file?kind=fund`);
    expect(bytes.length).toBeGreaterThan(100);
    const other = `(SELECT b.trade_file_id FROM bills b WHERE b.date = '${date}')`;
    const damaged = `(SELECT b.fund_file_id FROM bills b WHERE b.date = '${date}')`;
    await fixture.shop.rawUpdate(
      `DELETE FROM bill_file_chunks WHERE file_id = ${damaged}`,
      `INSERT INTO bill_file_chunks (file_id, chunk_no, data) SELECT ${damaged}, 0, c.data FROM bill_file_chunks c WHERE c.file_id = ${other}`,
    );
    expectProblem(await fixture.boss.call('GET', `bills/${date}/file?kind=fund`), 404, 'BILL_FILE_NOT_FOUND');
  });

  it('roles: a viewer reads, and changes nothing', async () => {
    const viewer = await createStaff(fixture.shop, 'VIEWER');
    expect((await viewer.call('GET', `bills/${date}`)).status).toBe(200);
    expectProblem(await viewer.call('POST', `bills/${date}/reconcile`), 403, 'FORBIDDEN');
    expectProblem(await viewer.call('POST', `bills/${date}/differences/1/explain`, { note: 'a' }), 403, 'FORBIDDEN');
  });
});
