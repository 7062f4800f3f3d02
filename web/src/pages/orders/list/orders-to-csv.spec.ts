import { describe, expect, it } from '@jest/globals';
import { zh } from '../../../i18n/zh.js';
import { csvFileName, ordersToCsv } from './orders-to-csv.js';
import type { OrderRow } from './use-orders.js';

const ORDER: OrderRow = {
  orderNo: '20261121K7Q2M9XWPA0B',
  status: 'PAID',
  refundStatus: 'PARTIAL',
  totalFen: 1234,
  discountFen: 0,
  payableFen: 1234,
  paidFen: 1234,
  refundedFen: 5,
  items: [
    {
      productId: 'X',
      name: '茶 "大"',
      unitFen: 617,
      quantity: 2,
      discountFen: 0,
      payableFen: 1234,
      returnedQuantity: 0,
    },
  ],
  couponId: null,
  remark: null,
  transactionId: '4200002910202611211234567890',
  closeReason: null,
  createdAt: '2026-11-21T03:04:05.678Z',
  expiresAt: '2026-11-21T03:24:05.678Z',
  paidAt: null,
  closedAt: null,
  origin: 'SHOP',
  version: 1,
  userId: 'K7Q2M9XWPA0B4D1E',
  merchantOrderNo: null,
};

const cellsOf = (remark: string): string[] =>
  (ordersToCsv([{ ...ORDER, remark }], zh).split('\r\n')[1] ?? '').split(/,(?=")/);

describe('csv: orders', () => {
  it('writes UTF-8 for Excel, amounts in yuan, and long numbers as text', () => {
    const csv = ordersToCsv([ORDER], zh);
    expect(csv.startsWith('\uFEFF')).toBe(true);
    expect(csv).toContain('"12.34","12.34","0.05"');
    expect(csv).toContain('"茶 ""大"" × 2"');
    expect(csv).toContain('"\t4200002910202611211234567890"');
  });

  it.each(['=HYPERLINK("http://evil")', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])(
    'a remark that begins with %j is not a formula',
    (remark) => {
      expect(cellsOf(remark).at(-3)).toMatch(/^"'/);
    },
  );

  it.each([
    '＝cmd|1',
    '＋1',
    '－1',
    '＠SUM(A1)',
    '﹦1',
    ' =1',
    '　＝1',
    ' \t +1',
    '\n=1',
    '\nx',
    '\tx',
    '\0=1',
    '\0x',
    '\u2028@1',
  ])('a cell that begins with %j is not a formula', (remark) => {
    expect(cellsOf(remark).at(-3)).toMatch(/^"'/);
  });

  it.each(['茶\n=1', '茶\r\n=1', '茶\r=1', '茶\u2028=1', '茶\u0085=1'])(
    'no line begins within a cell: %j',
    (remark) => {
      expect(ordersToCsv([{ ...ORDER, remark }], zh).split(/\r\n|[\r\n\u2028\u0085]/)).toHaveLength(3);
      expect(cellsOf(remark).at(-3)).toBe('"茶 =1"');
    },
  );

  it.each([
    ['00123456789012345678', '"\t00123456789012345678"'],
    ['A-1', '"A-1"'],
    ['-1', `"'-1"`],
    ['@x', `"'@x"`],
  ])('writes the number of the merchant’s system as text: %j', (merchantOrderNo, cell) => {
    const row = ordersToCsv([{ ...ORDER, origin: 'EXTERNAL', merchantOrderNo }], zh).split('\r\n')[1] ?? '';
    expect(row.endsWith(`,${cell}`)).toBe(true);
  });

  it("the file name has the day in the browser's time zone", () => {
    class Evening extends Date {
      override getDate = (): number => 1;
      override getMonth = (): number => 11;
      override getFullYear = (): number => 2026;
    }
    expect(csvFileName(new Evening('2026-11-30T16:30:00Z'))).toBe('orders-2026-12-01.csv');
  });

  it('leaves an ordinary remark unchanged', () => {
    expect(cellsOf('请放门口, 谢谢').at(-3)).toBe('"请放门口, 谢谢"');
  });
});
