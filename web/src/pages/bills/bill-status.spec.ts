import { describe, expect, it } from '@jest/globals';
import { fileNameOf } from '../../utils/file-name.js';
import { type BillDay, dayStatusOf, totalsOf } from './bill-status.js';

const DAY: BillDay = {
  date: '2026-11-21',
  status: 'BALANCED',
  payments: { count: 2, fen: 20_000 },
  refunds: { count: 1, fen: 4000 },
  feesFen: 96,
  ourPayments: { count: 2, fen: 20_000 },
  ourRefunds: { count: 1, fen: 4000 },
  openDifferences: 0,
  waitingEntries: 0,
  hasTradeFile: true,
  hasFundFile: true,
  tradeState: 'AVAILABLE',
  fundState: 'AVAILABLE',
  problem: null,
  downloadedAt: null,
  reconciledAt: null,
};

describe('reconciliation: status of a day', () => {
  it('is that of the bill, once the day is over in Beijing', () => {
    expect(dayStatusOf('2026-11-21', DAY, '2026-11-22')).toBe('BALANCED');
    expect(dayStatusOf('2026-11-21', { ...DAY, status: 'WAITING' }, '2026-11-21')).toBe('NOT_YET');
    expect(dayStatusOf('2026-11-23', undefined, '2026-11-22')).toBe('NOT_YET');
    expect(dayStatusOf('2026-11-20', undefined, '2026-11-22')).toBe('NO_BILL');
  });

  it('month figures add up only the days that were compared', () => {
    const days: BillDay[] = [DAY, { ...DAY, status: 'DIFFERENCES' }, { ...DAY, status: 'INCOMPLETE' }];
    expect(totalsOf([...days, { ...DAY, status: 'WAITING' }])).toEqual({
      days: 2,
      paymentCount: 4,
      paymentFen: 40_000,
      refundCount: 2,
      refundFen: 8000,
      feesFen: 192,
    });
  });
});

describe('fileNameOf', () => {
  it('reads the name that the service writes, and no other', () => {
    expect(fileNameOf('attachment; filename="bills-2026-11-incomplete.csv"')).toBe('bills-2026-11-incomplete.csv');
    expect([null, '', 'attachment', 'attachment; filename="../x"'].map(fileNameOf)).toEqual([null, null, null, null]);
  });
});
