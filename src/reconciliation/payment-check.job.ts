import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Clock } from '../common/clock.js';
import { Settings } from '../config/settings.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Orders } from '../order/orders.js';
import { AttemptClosing } from '../payment/attempt-closing.js';
import { LAST_LOOK_SECONDS, PaymentInquiry } from '../payment/payment-inquiry.js';
import { NO_CHECK, OPEN_STATUSES, Payment } from '../payment/payment.entity.js';
import { OwedMoney } from '../refund/owed-money.js';
import { DueWork } from './due-work.js';
import { gapAfter, leaseMs, longestWaitMs, nextDates } from './lease-time.js';

const LOOKING_SECONDS = 86_400;

/**
 * Asks WeChat about every payment that has no result yet: the notice may be lost, and a crash may have left an attempt
 * whose answer nobody wrote down. An attempt that outlived its order is closed at WeChat instead, and money that came too
 * late or twice goes back.
 */
@Injectable()
export class PaymentCheckJob {
  readonly due: DueWork<Payment>;

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: Orders,
    private readonly inquiry: PaymentInquiry,
    private readonly closing: AttemptClosing,
    private readonly owedMoney: OwedMoney,
  ) {
    this.due = new DueWork<Payment>(clock, unitOfWork, {
      name: PaymentCheckJob.name,
      entity: Payment,
      leaseMs: leaseMs(settings),
      longestWaitMs: longestWaitMs([...settings.QUERY_BACKOFF_SECONDS, LAST_LOOK_SECONDS]),
      work: (payment) => this.check(payment),
    });
  }

  private async check(payment: Payment): Promise<void> {
    if (payment.status === 'PAID') return this.owedMoney.settle(payment);
    if (payment.status === 'CLOSED') return this.lookOnceMore(payment);
    const order = await this.orders.byNumber(payment.orderNo);
    const isAnswered =
      order.status === 'PENDING'
        ? (await this.inquiry.ask(payment)) !== 'UNKNOWN'
        : (await this.closing.close(payment)) !== 'UNANSWERED';
    await this.scheduleNext(payment, isAnswered);
  }

  /** At one that its time alone has closed. Without a usable answer again, but for a day at most: the notice comes as long. */
  private async lookOnceMore(payment: Payment): Promise<void> {
    const { outTradeNo, checkCount, closedAt } = payment;
    const answer = await this.inquiry.ask(payment);
    const isGivenUp = closedAt === null || closedAt < this.clock.in(-LOOKING_SECONDS);
    const asked = checkCount + 1;
    const isOver = answer !== 'UNKNOWN' || isGivenUp;
    const dates = isOver ? NO_CHECK : nextDates(this.clock, gapAfter(this.settings, asked), false);
    const facts = { checkCount: asked, ...dates };
    await this.unitOfWork.run((tx) => tx.update(Payment, { outTradeNo, status: 'CLOSED' }, facts));
  }

  /** Touches open payments alone: a paid or closed one waits for nothing. */
  private async scheduleNext({ outTradeNo, checkCount }: Payment, isAnswered: boolean): Promise<void> {
    const asked = checkCount + 1;
    const dates = nextDates(this.clock, gapAfter(this.settings, asked), isAnswered);
    const facts = { checkCount: asked, ...dates };
    await this.unitOfWork.run((tx) => tx.update(Payment, { outTradeNo, status: In(OPEN_STATUSES) }, facts));
  }
}
