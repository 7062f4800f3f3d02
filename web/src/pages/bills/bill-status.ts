import type { Schemas } from '../../api/client.js';
import type { LabelTone } from '../../components/label.js';

export type BillDay = Schemas['BillView'];

/** `NOT_YET`: WeChat makes the bill on the next day · `NO_BILL`: a day in the past without a bill here. */
export type DayStatus = BillDay['status'] | 'NOT_YET' | 'NO_BILL';

interface StatusLook {
  tone: LabelTone;
  /** A shape beside the colour. */
  symbol: string;
}

export const DAY_STATUS_LOOKS: Record<DayStatus, StatusLook> = {
  WAITING: { tone: 'progress', symbol: '…' },
  BALANCED: { tone: 'good', symbol: '✓' },
  DIFFERENCES: { tone: 'bad', symbol: '≠' },
  INCOMPLETE: { tone: 'warn', symbol: '!' },
  NOT_YET: { tone: 'plain', symbol: '·' },
  NO_BILL: { tone: 'plain', symbol: '–' },
};

/** @param today the day in Beijing by the service's clock. */
export function dayStatusOf(date: string, bill: BillDay | undefined, today: string): DayStatus {
  if (date >= today) return 'NOT_YET';
  return bill === undefined ? 'NO_BILL' : bill.status;
}

export interface MonthTotals {
  /** Days whose bill was compared. Only they are added up. */
  days: number;
  paymentCount: number;
  paymentFen: number;
  refundCount: number;
  refundFen: number;
  feesFen: number;
}

/** Adds up WeChat's bills of the days that were compared. */
export function totalsOf(bills: readonly BillDay[]): MonthTotals {
  const compared = bills.filter(({ status }) => status === 'BALANCED' || status === 'DIFFERENCES');
  const sum = (read: (bill: BillDay) => number): number => compared.reduce((total, bill) => total + read(bill), 0);
  return {
    days: compared.length,
    paymentCount: sum(({ payments }) => payments.count),
    paymentFen: sum(({ payments }) => payments.fen),
    refundCount: sum(({ refunds }) => refunds.count),
    refundFen: sum(({ refunds }) => refunds.fen),
    feesFen: sum(({ feesFen }) => feesFen),
  };
}
