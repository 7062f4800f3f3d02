import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { VECTORS } from '../../../../../test/vectors/v3/vectors.js';
import type { BillTotalsCheck, TradeEntry, TradeTotals } from '../bill-entries.js';
import { readTradeBill } from './trade-bill.reader.js';

const V2_SAMPLE = readFileSync(new URL('../../../../../test/vectors/v2/trade-bill.csv', import.meta.url), 'utf8');
const [HEADER = ''] = V2_SAMPLE.split('\n');
const TOTALS_HEADER = '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额';

interface ReadBill {
  entries: TradeEntry[];
  check: BillTotalsCheck<TradeTotals>;
}

/** @param size bytes of each chunk. */
async function read(text: string | Buffer, size = 64 * 1024): Promise<ReadBill> {
  const bytes = Buffer.from(text);
  async function* chunks(): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
  }
  const entries: TradeEntry[] = [];
  const check = await readTradeBill(chunks(), (entry) => void entries.push(entry));
  return { entries, check };
}

const row = (values: Record<string, string>): string =>
  HEADER.split(',')
    .map((name) => `\`${values[name] ?? ''}`)
    .join(',');

/** A payment of 1.00 yuan without a fee. */
const PAYMENT: Record<string, string> = {
  交易时间: '2026-11-21 12:00:41',
  公众账号ID: 'wx8888888888888888',
  商户号: '1900000109',
  特约商户号: '0',
  微信订单号: '4200002910202611211234567890',
  商户订单号: 'SHOP1',
  用户标识: 'oDemo5pQ0x7Rk2Jw9YtVb3Lz8NcA',
  交易类型: 'JSAPI',
  交易状态: 'SUCCESS',
  付款银行: 'OTHERS',
  货币种类: 'CNY',
  应结订单金额: '1.00',
  代金券金额: '0.00',
  微信退款单号: '0',
  商户退款单号: '0',
  退款金额: '0.00',
  充值券退款金额: '0.00',
  商品名称: '文具',
  手续费: '0.00000',
  费率: '0.60%',
  订单金额: '1.00',
  申请退款金额: '0.00',
};
const REFUND: Record<string, string> = {
  ...PAYMENT,
  交易状态: 'REFUND',
  应结订单金额: '0.00',
  订单金额: '0.00',
  微信退款单号: '503',
  商户退款单号: 'RF1',
  退款金额: '1.00',
  申请退款金额: '1.00',
  退款类型: 'ORIGINAL',
  退款状态: 'SUCCESS',
};
const ONE_PAYMENT_TOTALS = '`1,`1.00,`0.00,`0.00,`0.00000,`1.00,`0.00';
const bill = (rows: readonly string[], totals: string): string =>
  [HEADER, ...rows, TOTALS_HEADER, totals, ''].join('\n');

const problemsOf = ({ check }: ReadBill): string[] => (check.ok ? [] : check.problems);

describe('trade bill: samples', () => {
  it("reads the payment and the refund of API v3's sample", async () => {
    const { entries, check } = await read(VECTORS.bills.V10);
    expect(check).toEqual({
      ok: true,
      totals: {
        rows: 2,
        payments: { count: 1, fen: 888 },
        refunds: { count: 1, fen: 444 },
        revoked: { count: 0, fen: 0 },
        feesFen: 2,
      },
    });
    const common = {
      outTradeNo: 'T20260921000001',
      transactionId: '4200009999202609210000000001',
      feeRate: '0.60%',
      tradeType: 'JSAPI',
      appId: 'wx8888888888888888',
      mchId: '1900000109',
      openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
      extra: {},
    };
    expect(entries).toEqual([
      {
        ...common,
        type: 'PAYMENT',
        at: new Date('2026-09-21T14:14:20Z'),
        outRefundNo: null,
        refundId: null,
        amountFen: 888,
        settledFen: 888,
        couponFen: 100,
        feeFen: 5,
        feeMicroFen: 5_000_000,
        state: 'SUCCESS',
        refundState: null,
        refundStateText: '',
      },
      {
        ...common,
        type: 'REFUND',
        at: new Date('2026-09-21T14:19:30Z'),
        outRefundNo: 'R20260921000001',
        refundId: '50300009992026092100000000001',
        amountFen: 444,
        settledFen: 444,
        couponFen: 50,
        feeFen: -3,
        feeMicroFen: -3_000_000,
        state: 'REFUND',
        refundState: 'SUCCEEDED',
        refundStateText: 'SUCCESS',
      },
    ]);
  });

  it('tells a refund state that it does not know from a row without one', async () => {
    const rows = ['DISPUTED', '', 'toString'].map((state) => row({ ...REFUND, 退款状态: state }));
    const { entries } = await read(bill(rows, '`3,`0.00,`3.00,`0.00,`0.00000,`0.00,`3.00'));
    expect(entries.map(({ refundState, refundStateText }) => [refundState, refundStateText])).toEqual([
      ['UNKNOWN', 'DISPUTED'],
      [null, ''],
      ['UNKNOWN', 'toString'],
    ]);
  });

  it('reads the sample of v2', async () => {
    const { entries, check } = await read(V2_SAMPLE);
    expect(check).toMatchObject({
      ok: true,
      totals: { rows: 4, payments: { count: 2, fen: 6288 }, refunds: { count: 2, fen: 2500 }, feesFen: 22 },
    });
    expect(entries.map(({ amountFen, settledFen, feeFen }) => [amountFen, settledFen, feeFen])).toEqual([
      [1288, 1188, 7],
      [5000, 5000, 30],
      [1500, 1500, -9],
      [1000, 1000, -6],
    ]);
    expect(entries.map(({ refundState }) => refundState)).toEqual([null, null, 'SUCCEEDED', 'PROCESSING']);
  });

  it('gives the same result for chunks of any size, with or without byte order mark, and for either line end', async () => {
    const expected = await read(V2_SAMPLE);
    const crlf = V2_SAMPLE.replaceAll('\n', '\r\n');
    for (const text of [V2_SAMPLE, V2_SAMPLE.trimEnd(), `\ufeff${V2_SAMPLE}`, crlf, `\ufeff${crlf}\r\n`]) {
      for (const size of [1, 7, 1000]) expect(await read(text, size)).toEqual(expected);
    }
  });
});

describe('trade bill: layouts', () => {
  it('finds columns by their names and keeps unknown ones', async () => {
    const names = HEADER.split(',').toReversed();
    const values = (of: Record<string, string>): string => names.map((name) => `\`${of[name] ?? ''}`).join(',');
    const text = [`新列,${names.join(',')}`, `\`甲\\ 乙,${values(PAYMENT)}`, TOTALS_HEADER, ONE_PAYMENT_TOTALS].join(
      '\n',
    );
    const { entries, check } = await read(text);
    expect(check.ok).toBe(true);
    const [same] = (await read(bill([row(PAYMENT)], ONE_PAYMENT_TOTALS))).entries;
    expect(entries).toEqual([{ ...same, extra: { 新列: '甲,乙' } }]);
  });

  it('reads the older layout, with other names and without order amounts', async () => {
    const names = HEADER.split(',').slice(0, 24);
    const renamed: Record<string, string> = {
      特约商户号: '子商户号',
      应结订单金额: '总金额',
      代金券金额: '企业红包金额',
      充值券退款金额: '企业红包退款金额',
    };
    const values = (of: Record<string, string>): string => names.map((name) => `\`${of[name] ?? ''}`).join(',');
    const text = [
      names.map((name) => renamed[name] ?? name).join(','),
      values({ ...PAYMENT, 应结订单金额: '12.88', 手续费: '0.08000' }),
      values({ ...REFUND, 退款金额: '2.88', 手续费: '-0.02000' }),
      '总交易单数,总交易额,总退款金额,总企业红包退款金额,手续费总金额',
      '`2,`12.88,`2.88,`0.00,`0.06000',
    ].join('\n');
    const { entries, check } = await read(text);
    expect(check).toMatchObject({ ok: true, totals: { payments: { fen: 1288 }, refunds: { fen: 288 }, feesFen: 6 } });
    expect(entries.map(({ amountFen, settledFen, extra }) => [amountFen, settledFen, extra])).toEqual([
      [1288, 1288, {}],
      [288, 288, {}],
    ]);
  });

  it('counts a reversed payment on its own', async () => {
    const { check } = await read(bill([row({ ...PAYMENT, 交易状态: 'REVOKED' })], ONE_PAYMENT_TOTALS));
    expect(check).toMatchObject({ ok: true, totals: { payments: { count: 0 }, revoked: { count: 1, fen: 100 } } });
  });

  it.each([
    ['a comma', '笔,橡皮'],
    ['the separator itself', '笔,`橡皮,`尺'],
    ['a line feed', '笔\n橡皮\n\n尺'],
    ['quotation marks', '"笔"'],
    ['characters that are also bytes of GBK', '锟斤拷烫烫烫'],
  ])('reads a row whose name has %s', async (_what, name) => {
    const { entries, check } = await read(bill([row({ ...PAYMENT, 商品名称: name })], ONE_PAYMENT_TOTALS));
    expect(check.ok).toBe(true);
    expect(entries).toMatchObject([{ outTradeNo: 'SHOP1', amountFen: 100, feeRate: '0.60%' }]);
  });

  it('reads a row whose name is not UTF-8', async () => {
    const text = bill([row({ ...PAYMENT, 商品名称: '@@' })], ONE_PAYMENT_TOTALS);
    const [before = '', after = ''] = text.split('@@');
    // "文具\" in GBK: the second byte of a character may be a backslash or a back-tick.
    const { entries, check } = await read(
      Buffer.concat([Buffer.from(before), Buffer.from('ced2855c8160', 'hex'), Buffer.from(after)]),
    );
    expect(check.ok).toBe(true);
    expect(entries).toMatchObject([{ outTradeNo: 'SHOP1', amountFen: 100 }]);
  });

  it('reads a day without rows', async () => {
    const { entries, check } = await read(bill([], '`0,`0.00,`0.00,`0.00,`0.00000,`0.00,`0.00'));
    expect(entries).toEqual([]);
    expect(check).toMatchObject({ ok: true, totals: { rows: 0, feesFen: 0 } });
  });
});

describe('trade bill: files that do not add up', () => {
  it.each([
    ['a missing row', (text: string) => text.replace(/\n`2026-11-21 15.*/, ''), /has "4"/],
    ['an added row', (text: string) => text.replace(/\n(`2026-11-21 15.*)/, '\n$1\n$1'), /has "4"/],
    ['another amount', (text: string) => text.replace('`12.88,', '`12.89,'), /has "62\.88".*62\.89/],
    ['another refund', (text: string) => text.replace('`15.00,`0.00,`ORIG', '`15.01,`0.00,`ORIG'), /has "25\.00"/],
    [
      'another fee, by the smallest part',
      (text: string) => text.replace('0.07000', '0.07001'),
      /has "0\.22000".*0\.22001000/,
    ],
    ['no totals', (text: string) => text.split('总交易单数')[0] ?? '', /ends before its totals row/],
    [
      'names of the totals only',
      (text: string) => text.slice(0, text.lastIndexOf('`4,')),
      /ends before its totals row/,
    ],
    ['half a totals row', (text: string) => text.slice(0, text.lastIndexOf(',`62')), /is not the totals row/],
    ['half a row', (text: string) => text.slice(0, text.indexOf('`50.00')), /fewer values/],
    ['a row after the totals', (text: string) => `${text}\n${row(PAYMENT)}`, /follows the totals row/],
    ['nothing at all', () => '', /is empty/],
    ['another first line', (text: string) => text.replace('微信订单号', '订单'), /lacks the columns: transactionId/],
    ['a line of another kind', (text: string) => text.replace('\n', '\n<html>\n'), /neither a row nor/],
    ['a line without end', (text: string) => `${text}\n${'x'.repeat(200_000)}`, /too long/],
  ])('reports %s', async (_what, damage, problem) => {
    const damaged = damage(V2_SAMPLE);
    expect(damaged).not.toBe(V2_SAMPLE);
    const problems = problemsOf(await read(damaged, 10_000));
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.join('\n')).toMatch(problem);
  });

  it.each([
    ['time', { 交易时间: '2026-02-30 00:00:00' }],
    ['state', { 交易状态: 'PAID' }],
    ['payment number', { 商户订单号: '' }],
    ['transaction number', { 微信订单号: '42 1' }],
    ['currency', { 货币种类: 'USD' }],
    ['amount', { 订单金额: '1.001' }],
    ['negative amount', { 应结订单金额: '-1.00' }],
    ['fee', { 手续费: '' }],
  ])('reports a row without a readable %s and reads the others', async (_what, change) => {
    const result = await read(bill([row({ ...PAYMENT, ...change }), row(PAYMENT)], ONE_PAYMENT_TOTALS));
    expect(result.entries).toHaveLength(1);
    expect(problemsOf(result)).toEqual([expect.stringMatching(/^Line 2 has /)]);
  });

  it('reports a refund without its number', async () => {
    const totals = '`0,`0.00,`0.00,`0.00,`0.00000,`0.00,`0.00';
    for (const change of [{ 商户退款单号: '0' }, { 微信退款单号: '' }])
      expect(problemsOf(await read(bill([row({ ...REFUND, ...change })], totals)))).toHaveLength(1);
  });

  it('keeps a bounded number of problems', async () => {
    const rows = Array.from({ length: 100 }, () => row({ ...PAYMENT, 手续费: 'x' }));
    expect(problemsOf(await read(bill(rows, ONE_PAYMENT_TOTALS)))).toHaveLength(20);
  });
});

describe('trade bill: reading', () => {
  it('awaits a promise of the receiver before the next row, and throws its error', async () => {
    let isBusy = false;
    const text = Buffer.from(V2_SAMPLE);
    // eslint-disable-next-line @typescript-eslint/require-await -- The reader takes an asynchronous source.
    async function* chunks(): AsyncGenerator<Buffer> {
      yield text;
    }
    await readTradeBill(chunks(), async () => {
      expect(isBusy).toBe(false);
      isBusy = true;
      await Promise.resolve();
      isBusy = false;
    });
    const failing = readTradeBill(chunks(), () => Promise.reject(new Error('disk full')));
    await expect(failing).rejects.toThrow('disk full');
  });

  it('restores any rows that are written in the documented layout', async () => {
    const fen = fc.integer({ min: 0, max: 1_000_000_000 });
    const yuan = (value: number): string => `${Math.floor(value / 100)}.${String(value % 100).padStart(2, '0')}`;
    const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
    const trade = fc.record({
      isRefund: fc.boolean(),
      amount: fen,
      fee: fc.integer({ min: 0, max: 100_000_000 }),
      name: fc.string({ unit: 'grapheme' }).map((name) => name.replaceAll(/[\r\n`]/g, '')),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(trade, { maxLength: 30 }), fc.integer({ min: 1, max: 300 }), async (trades, size) => {
        const feeText = (thousandths: number): string =>
          `${yuan(Math.floor(thousandths / 1000))}${String(thousandths % 1000).padStart(3, '0')}`;
        const rows = trades.map(({ isRefund, amount, fee, name }, index) =>
          isRefund
            ? row({
                ...REFUND,
                商户退款单号: `RF${index}`,
                退款金额: yuan(amount),
                申请退款金额: yuan(amount),
                手续费: `-${feeText(fee)}`,
                商品名称: name,
              })
            : row({
                ...PAYMENT,
                商户订单号: `SHOP${index}`,
                应结订单金额: yuan(amount),
                订单金额: yuan(amount),
                手续费: feeText(fee),
                商品名称: name,
              }),
        );
        const paid = sum(trades.filter(({ isRefund }) => !isRefund).map(({ amount }) => amount));
        const refunded = sum(trades.filter(({ isRefund }) => isRefund).map(({ amount }) => amount));
        const fees = sum(trades.map(({ isRefund, fee }) => (isRefund ? -fee : fee)));
        const feeSum = `${fees < 0 ? '-' : ''}${feeText(Math.abs(fees))}`;
        const totals = `\`${trades.length},\`${yuan(paid)},\`${yuan(refunded)},\`0.00,\`${feeSum},\`${yuan(paid)},\`${yuan(refunded)}`;
        const { entries, check } = await read(bill(rows, totals), size);
        expect(problemsOf({ entries, check })).toEqual([]);
        expect(
          entries.map(({ type, amountFen, feeMicroFen }) => ({
            isRefund: type === 'REFUND',
            amountFen,
            feeMicroFen: Math.abs(feeMicroFen),
          })),
        ).toEqual(
          trades.map(({ isRefund, amount, fee }) => ({ isRefund, amountFen: amount, feeMicroFen: fee * 1000 })),
        );
        const other = await read(bill(rows, totals.replace(/^`\d+/, `\`${trades.length + 1}`)), size);
        expect(other.check.ok).toBe(false);
      }),
    );
  });

  it('never throws for any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.boolean(), async (bytes, hasHeader) => {
        const { check } = await read(Buffer.concat([Buffer.from(hasHeader ? `${HEADER}\n\`` : ''), bytes]), 50);
        expect(check.ok).toBe(false);
      }),
    );
  });
});
