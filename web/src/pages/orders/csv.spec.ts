import { describe, expect, it } from '@jest/globals';
import { zh } from '../../words/zh.js';
import { csvOf } from './csv.js';
import type { OrderRow } from './use-orders.js';

const ORDER: OrderRow = {
  ...{ orderNo: '20261121K7Q2M9XWPA0B', status: 'PAID', refundStatus: 'PARTIAL' },
  ...{ totalFen: 1234, discountFen: 0, payableFen: 1234, paidFen: 1234, refundedFen: 5 },
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
  ...{ couponId: null, remark: null, transactionId: '4200002910202611211234567890', closeReason: null },
  ...{ createdAt: '2026-11-21T03:04:05.678Z', expiresAt: '2026-11-21T03:24:05.678Z', paidAt: null, closedAt: null },
};

const cellsOf = (remark: string): string[] =>
  (csvOf([{ ...ORDER, remark }], zh).split('\r\n')[1] ?? '').split(/,(?=")/);

describe('orders in a spreadsheet', () => {
  it('are UTF-8 for Excel too, with amounts in yuan and numbers kept whole', () => {
    const csv = csvOf([ORDER], zh);
    expect(csv.startsWith('\uFEFF')).toBe(true);
    expect(csv).toContain('"12.34","12.34","0.05"');
    expect(csv).toContain('"茶 ""大"" × 2"');
    expect(csv).toContain('"\t4200002910202611211234567890"');
  });

  it.each(['=HYPERLINK("http://evil")', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])(
    'never run what a buyer wrote: %j',
    (remark) => {
      expect(cellsOf(remark).at(-2)).toMatch(/^"'/);
    },
  );

  it('leave an honest remark as it is', () => {
    expect(cellsOf('请放门口, 谢谢').at(-2)).toBe('"请放门口, 谢谢"');
  });
});
