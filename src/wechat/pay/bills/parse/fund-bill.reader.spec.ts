import { describe, expect, it } from '@jest/globals';
import { VECTORS } from '../../../../../test/vectors/v3/vectors.js';
import type { BillTotalsCheck, FundEntry, FundTotals } from '../bill-entries.js';
import { readFundBill } from './fund-bill.reader.js';

const SAMPLE = VECTORS.bills.V15;

async function read(text: string): Promise<{ entries: FundEntry[]; check: BillTotalsCheck<FundTotals> }> {
  async function* chunks(): AsyncGenerator<Buffer> {
    yield await Promise.resolve(Buffer.from(text));
  }
  const entries: FundEntry[] = [];
  const check = await readFundBill(chunks(), (entry) => void entries.push(entry));
  return { entries, check };
}

const TOTALS: FundTotals = {
  rows: 3,
  received: { count: 1, fen: 888 },
  paidOut: { count: 2, fen: 446 },
  openingFen: 100_000,
  closingFen: 100_442,
};

describe('fund bill', () => {
  it("reads API v3's sample with its balances", async () => {
    const { entries, check } = await read(SAMPLE);
    expect(check).toEqual({ ok: true, totals: TOTALS });
    expect(entries.map(({ category, direction }) => [category, direction])).toEqual([
      ['PAYMENT', 'IN'],
      ['FEE', 'OUT'],
      ['REFUND', 'OUT'],
    ]);
    expect(entries[2]).toEqual({
      at: new Date('2026-09-21T14:19:30Z'),
      wechatNo: '50300009992026092100000000001',
      flowNo: '4200009999202609210000000001',
      businessName: '退款',
      businessType: '退款',
      category: 'REFUND',
      direction: 'OUT',
      amountFen: 441,
      balanceFen: 100_442,
      applicant: '1900000109API',
      remark: '退款总金额4.44元;含手续费0.03元',
      voucherNo: 'R20260921000001',
    });
  });

  it('finds the balances when the newest row is first', async () => {
    const [header = '', ...rest] = SAMPLE.trimEnd().split('\r\n');
    const reversed = [header, ...rest.slice(0, 3).toReversed(), ...rest.slice(3)].join('\n');
    expect((await read(reversed)).check).toEqual({ ok: true, totals: TOTALS });
  });

  it('reads counts with decimals, and a remark with commas', async () => {
    const text = SAMPLE.replace('`3,`1,', '`3.0,`1.0,').replace('元;含', '元\\ 含');
    const { entries, check } = await read(text);
    expect(check.ok).toBe(true);
    expect(entries[2]?.remark).toBe('退款总金额4.44元,含手续费0.03元');
  });

  it('has no meaning for types that are not about trades', async () => {
    const { entries } = await read(
      SAMPLE.replaceAll('`退款,`退款,', '`退款,`退款关闭,').replaceAll('`交易,`交易,', '`充值/提现,`提现,'),
    );
    expect(entries.map(({ category }) => category)).toEqual(['OTHER', 'FEE', 'OTHER']);
  });

  it('reads a day without movements', async () => {
    const [header = ''] = SAMPLE.split('\r\n');
    const { check } = await read(
      `${header}\n资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额\n\`0,\`0,\`0.00,\`0,\`0.00\n`,
    );
    expect(check).toMatchObject({ ok: true, totals: { rows: 0, openingFen: null, closingFen: null } });
  });

  it.each([
    ['a missing row', SAMPLE.replace(/\r\n`2026-09-21 22:19.*/, ''), /has "3"/],
    ['another amount', SAMPLE.replace('`0.05,', '`0.06,'), /has "4\.46".*4\.47/],
    ['an unknown direction', SAMPLE.replace('`收入,', '`转账,'), /neither income nor expense/],
    ['no balance', SAMPLE.replace('`1008.88,', '`,'), /no readable amount in the column balance/],
    ['a missing column', SAMPLE.replace('收支类型', '类型'), /lacks the columns: direction/],
    ['an early end', SAMPLE.slice(0, 500), /ends before|fewer values/],
  ])('reports %s', async (_what, text, problem) => {
    expect(text).not.toBe(SAMPLE);
    const { check } = await read(text);
    expect(check.ok ? '' : check.problems.join('\n')).toMatch(problem);
  });
});
