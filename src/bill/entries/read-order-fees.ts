import { Between, type EntityManager } from 'typeorm';
import { addDays, beijingDateOf } from '../../common/time/beijing-days.js';
import type { PaymentAttempt } from '../../payment/attempt/payment-attempt.entity.js';
import type { Refund } from '../../refund/refund.entity.js';
import { Bill } from '../bill.entity.js';
import { isReconciled, LOOK_BACK_DAYS } from '../day/other-bills.js';
import { findEntries } from './find-entries.js';

/** What WeChat's bills say about an order. Amounts in fen. */
export interface OrderFees {
  /** The fee of each payment that is on a reconciled bill, by `outTradeNo`. */
  byPayment: ReadonlyMap<string, number>;
  /** All fees, minus those given back with refunds; null when nothing of the order is on a bill yet. */
  feesFen: number | null;
  /** Settled payments minus settled refunds minus fees; null as well. */
  settledFen: number | null;
}

/** Looks on the bills of the days on which the payments and refunds can stand. */
export async function readOrderFees(
  manager: EntityManager,
  payments: readonly Pick<PaymentAttempt, 'outTradeNo' | 'paidAt'>[],
  refunds: readonly Pick<Refund, 'refundNo' | 'decidedAt' | 'acceptedAt' | 'completedAt'>[],
): Promise<OrderFees> {
  const paid = payments.flatMap(({ outTradeNo, paidAt }) =>
    paidAt === null ? [] : { number: outTradeNo, at: [paidAt] },
  );
  const refunded = refunds
    .map(({ refundNo, decidedAt, acceptedAt, completedAt }) => ({
      number: refundNo,
      at: [decidedAt, acceptedAt, completedAt].filter((time) => time !== null),
    }))
    .filter(({ at }) => at.length > 0);
  const times = [...paid, ...refunded].flatMap(({ at }) => at);
  const fileIds = await findFileIds(manager, times);
  const numbersOf = (entries: readonly { number: string }[]): string[] => entries.map(({ number }) => number);
  const billedPayments = await findEntries(manager, fileIds, 'PAYMENT', numbersOf(paid));
  const billedRefunds = await findEntries(manager, fileIds, 'REFUND', numbersOf(refunded));
  const sumOf = (entries: readonly { feeFen: number; settledFen: number }[], field: 'feeFen' | 'settledFen'): number =>
    entries.reduce((sum, entry) => sum + entry[field], 0);
  const all = [...billedPayments, ...billedRefunds];
  const feesFen = all.length === 0 ? null : sumOf(all, 'feeFen');
  return {
    byPayment: new Map(billedPayments.map(({ number, feeFen }) => [number, feeFen])),
    feesFen,
    settledFen:
      feesFen === null ? null : sumOf(billedPayments, 'settledFen') - sumOf(billedRefunds, 'settledFen') - feesFen,
  };
}

/** The current files of the days around these times, at most three months of them. */
async function findFileIds(manager: EntityManager, times: readonly Date[]): Promise<number[]> {
  if (times.length === 0) return [];
  const [first, last] = [Math.min(...times.map(Number)), Math.max(...times.map(Number))];
  const firstDate = addDays(beijingDateOf(new Date(first)), -1);
  const lastDate = addDays(beijingDateOf(new Date(last)), 1);
  const limit = addDays(firstDate, LOOK_BACK_DAYS);
  const date = Between(firstDate, lastDate < limit ? lastDate : limit);
  return (await manager.findBy(Bill, { date }))
    .filter((bill) => isReconciled(bill))
    .flatMap(({ tradeFileId }) => tradeFileId ?? []);
}
