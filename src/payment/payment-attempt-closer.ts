import { Injectable, Logger } from '@nestjs/common';
import { In, IsNull, LessThan } from 'typeorm';
import { Clock } from '../common/clock.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Order } from '../order/order.entity.js';
import { WechatPayGateway } from '../wechat/wechat-pay.gateway.js';
import { failureFactsOf } from './event-facts.js';
import { PaymentStatusSync } from './payment-status-sync.js';
import { OrderEventLog } from './order-event-log.js';
import { noCallInProgress } from './prepay-call-lease.js';
import { type PaymentSyncResult, NO_CHECK, OPEN_STATUSES, PaymentAttempt } from './payment-attempt.entity.js';

/** Seconds that a prepay_id can be paid with. */
const PREPAY_TTL_SECONDS = 2 * 3600;

/**
 * `STILL_OPEN`: not closed by WeChat's word, whatever we asked for. The user may be paying: give nothing back. `UNANSWERED`:
 * the same, because a question had no usable answer.
 */
export type CloseAttemptResult = 'CLOSED' | 'PAID' | 'STILL_OPEN' | 'UNANSWERED';

/**
 * Makes sure that a payment can never be paid: query, closeorder, query. Closed is what WeChat calls closed; a close's own
 * "success" is not believed, because WeChat may ignore one younger than five minutes.
 */
@Injectable()
export class PaymentAttemptCloser {
  private readonly log = new Logger(PaymentAttemptCloser.name);

  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly gateway: WechatPayGateway,
    private readonly statusSync: PaymentStatusSync,
    private readonly eventLog: OrderEventLog,
  ) {}

  /** Safe to repeat and to run twice at once. */
  async close(payment: PaymentAttempt): Promise<CloseAttemptResult> {
    const before = await this.statusSync.syncWithWechat(payment);
    if (before === 'PAID' || before === 'CLOSED') return before;
    if (before === 'UNKNOWN') return 'UNANSWERED';
    await this.sendClose(payment);
    return this.resolveEnd(payment, await this.statusSync.syncWithWechat(payment));
  }

  private async resolveEnd(payment: PaymentAttempt, after: PaymentSyncResult): Promise<CloseAttemptResult> {
    switch (after) {
      case 'PAID':
      case 'CLOSED':
        return after;
      case 'FAILED': // cannot be paid any more, and WeChat will not say "closed" of it
      case 'ABSENT': // asked twice, with a refused close between
        return (await this.writeOff(payment, after)) ? 'CLOSED' : 'STILL_OPEN';
      case 'OPEN':
        return 'STILL_OPEN';
      case 'UNKNOWN':
        return 'UNANSWERED';
    }
  }

  private async sendClose({ outTradeNo, orderNo, request }: PaymentAttempt): Promise<void> {
    const outcome = await this.gateway.closePayment(request);
    const entry = { type: 'CLOSE' as const, orderNo, outTradeNo, facts: failureFactsOf(outcome), raw: outcome.raw };
    switch (outcome.kind) {
      case 'done':
        return this.eventLog.record({ ...entry, result: 'ACCEPTED' });
      case 'refused': // ORDERPAID, ORDERCLOSED, ORDERNOTEXIST …: the question that follows tells what is true
        return this.eventLog.record({ ...entry, result: 'REFUSED' });
      case 'unknown':
        return this.eventLog.record({ ...entry, result: 'UNKNOWN' });
    }
  }

  /**
   * Not while a prepay call may be under way: WeChat may be about to hear of the order it does not have. And "absent" is
   * not believed of an order that WeChat has accepted, while a prepay_id lives and the user may hold it: a lagging
   * replica or another merchant's settings say so too, and the protocol of 2014 may say it of whatever nobody has paid.
   */
  private async writeOff({ outTradeNo, orderNo }: PaymentAttempt, why: 'FAILED' | 'ABSENT'): Promise<boolean> {
    const now = this.clock.now();
    const isQuiet = noCallInProgress(now);
    const isUnpayable =
      why === 'FAILED' || (await this.areAllPrepaysExpired(orderNo)) ? [{}] : [{ prepayId: IsNull() }];
    const where = isQuiet.flatMap((quiet) =>
      isUnpayable.map((unpayable) => ({ outTradeNo, status: In(OPEN_STATUSES), ...quiet, ...unpayable })),
    );
    const isOver = await this.unitOfWork.run(async (tx) => {
      const over = { status: 'CLOSED' as const, closedAt: now, ...NO_CHECK };
      const { affected } = await tx.createQueryBuilder().update(PaymentAttempt).set(over).where(where).execute();
      if (affected === 1) {
        const entry = { type: 'CLOSE', result: 'WRITTEN_OFF', orderNo, outTradeNo, facts: { cause: why } } as const;
        await this.eventLog.write(tx, entry);
      }
      return affected === 1;
    });
    if (!isOver && why === 'ABSENT')
      this.log.error(`WeChat knows nothing of ${outTradeNo}, which may be payable: it stays open`);
    return isOver;
  }

  /** Until its order's time is up an attempt may be repeated, and each repetition may give the user a fresh prepay_id. */
  private areAllPrepaysExpired(orderNo: string): Promise<boolean> {
    const expiresAt = LessThan(this.clock.secondsFromNow(-PREPAY_TTL_SECONDS));
    return this.unitOfWork.read((manager) => manager.existsBy(Order, { orderNo, expiresAt }));
  }
}
