import { Injectable } from '@nestjs/common';
import {
  And,
  Between,
  type EntityManager,
  type EntityTarget,
  type FindOperator,
  type FindOptionsWhere,
  In,
  LessThan,
  MoreThanOrEqual,
} from 'typeorm';
import { Bill } from '../../bill/bill.entity.js';
import { hasCompleteEntries } from '../../bill/day/other-bills.js';
import { addDays, beijingDateOf } from '../../common/time/beijing-days.js';
import { beijingMidnight } from '../../common/time/beijing-time.js';
import { Clock } from '../../common/time/clock.js';
import { toInstant } from '../../common/time/instants.js';
import { beijingDay } from '../../database/beijing-day.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { OrderEvent } from '../../payment/event-log/order-event.entity.js';
import { OPEN_ATTEMPT_STATUSES, PaymentAttempt } from '../../payment/attempt/payment-attempt.entity.js';
import { Refund } from '../../refund/refund.entity.js';
import { countRefunds } from './to-do.service.js';
import type { SummaryQuery, SummaryView, SummaryDay } from './summary.dto.js';

const DEFAULT_DAYS = 30;
/** Maximum number of payments in the statistics of result sources: enough for a median. */
const SAMPLE_SIZE = 1000;

/** Computes the totals of payments and refunds in a period. */
@Injectable()
export class SummaryService {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  summarize(query: SummaryQuery): Promise<SummaryView> {
    const now = this.clock.now();
    const from = query.from === undefined ? beijingMidnight(now, 1 - DEFAULT_DAYS) : toInstant(query.from);
    const to = query.to === undefined ? beijingMidnight(now, 1) : toInstant(query.to);
    const time = And(MoreThanOrEqual(from), LessThan(to));
    return this.unitOfWork.read(async (manager) => {
      const paid = await sumByDay(manager, PaymentAttempt, 'paid_at', { status: 'PAID', paidAt: time });
      const refunded = await sumByDay(manager, Refund, 'completed_at', { status: 'SUCCEEDED', completedAt: time });
      const fees = await readFeesByDate(manager, from, to);
      const days = mergeDays(paid, refunded, fees);
      const pending = await countRefunds(manager, { status: 'REQUESTED' });
      return {
        from,
        to,
        ...sumDays(days),
        daysWithoutBill: days.filter(({ feesFen }) => feesFen === null).length,
        days,
        pendingRefunds: pending.count,
        pendingRefundFen: pending.amountFen,
        attempts: await countAttempts(manager, time),
        resultSources: await countResultSources(manager, time),
      };
    });
  }
}

/** Sums per Beijing day of the given time column. */
async function sumByDay<Row extends PaymentAttempt | Refund>(
  manager: EntityManager,
  entity: EntityTarget<Row>,
  column: 'paid_at' | 'completed_at',
  where: FindOptionsWhere<Row>,
): Promise<DaySums[]> {
  const day = beijingDay(manager, `money.${column}`);
  const rows = await manager
    .createQueryBuilder(entity, 'money')
    .select(day, 'date')
    .addSelect('COUNT(*)', 'count')
    .addSelect('SUM(money.amount_fen)', 'fen')
    .where(where)
    .groupBy(day)
    .getRawMany<Record<keyof DaySums, unknown>>();
  return rows.map(toDaySums);
}

/** Fees of the reconciled bills of whole days in the period, by day. */
async function readFeesByDate(manager: EntityManager, from: Date, to: Date): Promise<ReadonlyMap<string, number>> {
  const first = addDays(beijingDateOf(new Date(from.getTime() - 1)), 1);
  const last = beijingDateOf(new Date(to.getTime() - 1));
  if (first > last) return new Map();
  const bills = await manager.findBy(Bill, { date: Between(first, last) });
  return new Map(bills.filter((bill) => hasCompleteEntries(bill)).map(({ date, feesFen }) => [date, feesFen]));
}

/** MySQL returns sums as strings. */
function toDaySums({ date, count, fen }: Record<keyof DaySums, unknown>): DaySums {
  return { date: String(date), count: Number(count), fen: Number(fen) };
}

async function countAttempts(manager: EntityManager, createdAt: FindOperator<Date>): Promise<SummaryView['attempts']> {
  return {
    started: await manager.countBy(PaymentAttempt, { createdAt }),
    paid: await manager.countBy(PaymentAttempt, { createdAt, status: 'PAID' }),
    open: await manager.countBy(PaymentAttempt, { createdAt, status: In(OPEN_ATTEMPT_STATUSES) }),
  };
}

/** Counts which source first reported each payment as paid. */
async function countResultSources(
  manager: EntityManager,
  paidAt: FindOperator<Date>,
): Promise<SummaryView['resultSources']> {
  const payments = await manager.find(PaymentAttempt, {
    select: { outTradeNo: true, paidAt: true },
    where: { status: 'PAID', paidAt },
    order: { paidAt: 'DESC' },
    take: SAMPLE_SIZE,
  });
  const paidAtOf = new Map(payments.map((payment) => [payment.outTradeNo, payment.paidAt]));
  const events = await manager.find(OrderEvent, {
    select: { outTradeNo: true, type: true, at: true },
    where: {
      outTradeNo: In([...paidAtOf.keys()]),
      type: In(['NOTICE', 'QUERY']),
      result: In(['APPLIED', 'LATE_OR_DUPLICATE']),
    },
  });
  const notices = events.filter(({ type }) => type === 'NOTICE');
  const delays = notices.map(({ at, outTradeNo }) => {
    const paid = paidAtOf.get(outTradeNo ?? '') ?? at;
    return Math.max(0, at.getTime() - paid.getTime()); // WeChat's clock may be ahead of ours
  });
  return {
    payments: payments.length,
    byNotice: notices.length,
    byQuery: events.length - notices.length,
    medianNoticeDelayMs: medianOf(delays),
  };
}

/** Payments or refunds of one Beijing day. */
interface DaySums {
  date: string;
  count: number;
  fen: number;
}

type MoneySums = Omit<SummaryDay, 'date'>;

/** Returns the days with payments or refunds, in order. */
function mergeDays(paid: DaySums[], refunded: DaySums[], fees: ReadonlyMap<string, number>): SummaryDay[] {
  const [paidOn, refundedOn] = [byDate(paid), byDate(refunded)];
  const withFees = [...fees].filter(([, feesFen]) => feesFen !== 0).map(([date]) => date);
  const dates = [...new Set([...paidOn.keys(), ...refundedOn.keys(), ...withFees])].sort();
  return dates.map((date) => {
    const [paidSums, refundedSums] = [paidOn.get(date), refundedOn.get(date)];
    const [paidFen, refundedFen] = [paidSums?.fen ?? 0, refundedSums?.fen ?? 0];
    const counts = { paidCount: paidSums?.count ?? 0, refundedCount: refundedSums?.count ?? 0 };
    const feesFen = fees.get(date) ?? null;
    return { date, paidFen, refundedFen, ...counts, netFen: paidFen - refundedFen, feesFen };
  });
}

function sumDays(days: SummaryDay[]): MoneySums {
  const total: MoneySums = { paidFen: 0, paidCount: 0, refundedFen: 0, refundedCount: 0, netFen: 0, feesFen: null };
  for (const day of days) {
    total.paidFen += day.paidFen;
    total.paidCount += day.paidCount;
    total.refundedFen += day.refundedFen;
    total.refundedCount += day.refundedCount;
    total.netFen += day.netFen;
    if (day.feesFen !== null) total.feesFen = (total.feesFen ?? 0) + day.feesFen;
  }
  return total;
}

/** The lower median; null for an empty list. */
function medianOf(numbers: number[]): number | null {
  return numbers.toSorted((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)] ?? null;
}

function byDate(sums: DaySums[]): Map<string, DaySums> {
  return new Map(sums.map((sum) => [sum.date, sum]));
}
