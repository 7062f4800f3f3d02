import { Injectable } from '@nestjs/common';
import { And, type EntityManager, type FindOperator, In, LessThan, MoreThanOrEqual } from 'typeorm';
import { Clock } from '../common/clock.js';
import { beijingDay } from '../database/beijing-day.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { PaymentEvent } from '../payment/payment-event.entity.js';
import { OPEN_STATUSES, Payment } from '../payment/payment.entity.js';
import { Refund } from '../refund/refund.entity.js';
import { beijingMidnight, daysOf, type DaySums, medianOf, sumOf } from './summary-days.js';
import type { SummaryQuery, SummaryView } from './summary.dto.js';

const DEFAULT_DAYS = 30;
/** Payments whose way to us is looked at: enough for a median, whatever the time asked about. */
const SAMPLE = 1000;

/** What the payments and refunds of some time add up to. */
@Injectable()
export class Summary {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  of(query: SummaryQuery): Promise<SummaryView> {
    const now = this.clock.now();
    const from = query.from === undefined ? beijingMidnight(now, 1 - DEFAULT_DAYS) : new Date(query.from);
    const to = query.to === undefined ? beijingMidnight(now, 1) : new Date(query.to);
    const time = And(MoreThanOrEqual(from), LessThan(to));
    return this.unitOfWork.read(async (manager) => {
      const days = daysOf(await paidByDay(manager, time), await refundedByDay(manager, time));
      const pending = await manager.findAndCount(Refund, {
        select: { amountFen: true },
        where: { status: 'REQUESTED' },
      });
      return {
        ...{ from, to, ...sumOf(days), days },
        pendingRefunds: pending[1],
        pendingRefundFen: pending[0].reduce((sum, { amountFen }) => sum + amountFen, 0),
        attempts: await attempts(manager, time),
        heard: await heard(manager, time),
      };
    });
  }
}

async function paidByDay(manager: EntityManager, paidAt: FindOperator<Date>): Promise<DaySums[]> {
  const rows = await manager
    .createQueryBuilder(Payment, 'payment')
    .select(beijingDay(manager, 'payment.paid_at'), 'date')
    .addSelect('COUNT(*)', 'count')
    .addSelect('SUM(payment.amount_fen)', 'fen')
    .where({ status: 'PAID', paidAt })
    .groupBy(beijingDay(manager, 'payment.paid_at'))
    .getRawMany<Record<keyof DaySums, unknown>>();
  return rows.map(sums);
}

async function refundedByDay(manager: EntityManager, completedAt: FindOperator<Date>): Promise<DaySums[]> {
  const rows = await manager
    .createQueryBuilder(Refund, 'refund')
    .select(beijingDay(manager, 'refund.completed_at'), 'date')
    .addSelect('COUNT(*)', 'count')
    .addSelect('SUM(refund.amount_fen)', 'fen')
    .where({ status: 'SUCCEEDED', completedAt })
    .groupBy(beijingDay(manager, 'refund.completed_at'))
    .getRawMany<Record<keyof DaySums, unknown>>();
  return rows.map(sums);
}

/** MySQL hands sums back as text. */
function sums({ date, count, fen }: Record<keyof DaySums, unknown>): DaySums {
  return { date: String(date), count: Number(count), fen: Number(fen) };
}

async function attempts(manager: EntityManager, createdAt: FindOperator<Date>): Promise<SummaryView['attempts']> {
  return {
    started: await manager.countBy(Payment, { createdAt }),
    paid: await manager.countBy(Payment, { createdAt, status: 'PAID' }),
    open: await manager.countBy(Payment, { createdAt, status: In(OPEN_STATUSES) }),
  };
}

/** By what we first heard of each payment. */
async function heard(manager: EntityManager, paidAt: FindOperator<Date>): Promise<SummaryView['heard']> {
  const payments = await manager.find(Payment, {
    select: { outTradeNo: true, paidAt: true },
    where: { status: 'PAID', paidAt },
    order: { paidAt: 'DESC' },
    take: SAMPLE,
  });
  const paidAtOf = new Map(payments.map((payment) => [payment.outTradeNo, payment.paidAt]));
  const events = await manager.find(PaymentEvent, {
    select: { outTradeNo: true, type: true, at: true },
    where: {
      outTradeNo: In([...paidAtOf.keys()]),
      type: In(['NOTICE', 'QUERY']),
      result: In(['APPLIED', 'OWED_BACK']),
    },
  });
  const notices = events.filter(({ type }) => type === 'NOTICE');
  const delays = notices.map(({ at, outTradeNo }) => {
    const paid = paidAtOf.get(outTradeNo ?? '') ?? at;
    return Math.max(0, at.getTime() - paid.getTime()); // WeChat's clock and ours differ
  });
  return {
    payments: payments.length,
    byNotice: notices.length,
    byQuery: events.length - notices.length,
    medianNoticeDelayMs: medianOf(delays),
  };
}
