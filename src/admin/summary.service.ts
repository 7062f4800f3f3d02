import { Injectable } from '@nestjs/common';
import {
  And,
  type EntityManager,
  type EntityTarget,
  type FindOperator,
  type FindOptionsWhere,
  In,
  LessThan,
  MoreThanOrEqual,
} from 'typeorm';
import { beijingMidnight } from '../common/beijing-time.js';
import { Clock } from '../common/clock.js';
import { toInstant } from '../common/instants.js';
import { beijingDay } from '../database/beijing-day.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { OrderEvent } from '../payment/order-event.entity.js';
import { OPEN_STATUSES, PaymentAttempt } from '../payment/payment-attempt.entity.js';
import { Refund } from '../refund/refund.entity.js';
import { countRefunds } from './count-refunds.js';
import { mergeDays, type DaySums, medianOf, sumDays } from './summary-days.js';
import type { SummaryQuery, SummaryView } from './summary.dto.js';

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
      const days = mergeDays(paid, refunded);
      const pending = await countRefunds(manager, { status: 'REQUESTED' });
      return {
        ...{ from, to, ...sumDays(days), days },
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

/** MySQL returns sums as strings. */
function toDaySums({ date, count, fen }: Record<keyof DaySums, unknown>): DaySums {
  return { date: String(date), count: Number(count), fen: Number(fen) };
}

async function countAttempts(manager: EntityManager, createdAt: FindOperator<Date>): Promise<SummaryView['attempts']> {
  return {
    started: await manager.countBy(PaymentAttempt, { createdAt }),
    paid: await manager.countBy(PaymentAttempt, { createdAt, status: 'PAID' }),
    open: await manager.countBy(PaymentAttempt, { createdAt, status: In(OPEN_STATUSES) }),
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
