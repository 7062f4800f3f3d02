import { Injectable } from '@nestjs/common';
import { type FindOperator, In, IsNull } from 'typeorm';
import { Clock } from '../../common/time/clock.js';
import { defineLimitCounter } from '../../common/metrics/metric-definitions.js';
import { Metrics } from '../../common/metrics/metrics.js';
import { DomainError } from '../../common/problem/domain-error.js';
import { Settings } from '../../config/settings.js';
import { findRows, insertRow, updateRows } from '../../database/rows.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { takeAttemptNo } from '../../order/order-moves.js';
import { describeOrder } from '../../order/describe-order.js';
import type { Order } from '../../order/order.entity.js';
import { NOTICE_PATH } from '../../wechat/notice-path.js';
import type { Outcome } from '../../wechat/pay/outcome.js';
import { PaymentProviderRegistry } from '../../wechat/pay/payment-provider-registry.js';
import type { Prepay, TradeType } from '../../wechat/pay/payment-types.js';
import { backOffSeconds } from '../../jobs/back-off.js';
import { freeLeaseConditions } from '../../jobs/claim-due.js';
import { paymentCallLeaseMs } from './payment-leases.js';
import { callEvent } from '../event-log/wechat-events.js';
import { OrderEventLog } from '../event-log/order-event-log.js';
import { OPEN_ATTEMPT_STATUSES, PaymentAttempt } from './payment-attempt.entity.js';

const ATTEMPT_LIMIT_REACHED = defineLimitCounter('payment-attempts');

const TOO_MANY_ATTEMPTS_DETAIL = [
  'Order {orderNo} has reached the limit of {attemptCount} payment attempts. Pay with the open attempt, or place a new order.',
  '订单 {orderNo} 已发起 {attemptCount} 次支付，达到上限。请用当前的支付方式付款，或重新下单。',
] as const;

/** The payer, the trade type and the payer's IP address. */
export interface PrepayContext {
  openid: string;
  ip: string;
  tradeType: TradeType;
}

/** Creates payment attempts and sends their prepay requests. A row is written before the call and updated after it. */
@Injectable()
export class PaymentAttemptService {
  private readonly notifyUrlBase: string;

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly providers: PaymentProviderRegistry,
    private readonly eventLog: OrderEventLog,
    private readonly metrics: Metrics,
  ) {
    this.notifyUrlBase = settings.PUBLIC_BASE_URL + NOTICE_PATH;
  }

  /** The open attempt, the newest one if there are several. */
  findOpenAttempt(orderNo: string): Promise<PaymentAttempt | null> {
    const where = { orderNo, status: In(OPEN_ATTEMPT_STATUSES) };
    return this.unitOfWork.read(
      async (manager) => (await findRows(manager, PaymentAttempt, where, 'attemptNo')).at(-1) ?? null,
    );
  }

  /** @throws DomainError ORDER_NOT_PAYABLE when the order has reached the limit of attempts. */
  assertAttemptsLeft({ orderNo, attemptCount }: Order): void {
    if (attemptCount < this.settings.MAX_PAYMENT_ATTEMPTS_PER_ORDER) return;
    this.metrics.increment(ATTEMPT_LIMIT_REACHED);
    throw new DomainError('ORDER_NOT_PAYABLE', { params: { orderNo, attemptCount }, detail: TOO_MANY_ATTEMPTS_DETAIL });
  }

  /**
   * Inserts the next attempt with its exact request. Null when another call has created one or closed the order before.
   */
  async createAttempt(order: Order, context: PrepayContext): Promise<PaymentAttempt | null> {
    const attemptNo = order.attemptCount + 1;
    const { orderNo, payableFen: amountFen, expiresAt } = order;
    const now = this.clock.now();
    const outTradeNo = `${orderNo}-${attemptNo}`;
    const { channel, appId, mchId, request } = this.providers.forTradeType(context.tradeType).composePrepay({
      outTradeNo,
      tradeType: context.tradeType,
      appId: order.appId,
      amountFen,
      description: order.description ?? describeOrder(this.settings.SHOP_NAME, order.items),
      openid: context.openid,
      payerIp: context.ip,
      notifyUrlBase: this.notifyUrlBase,
      productId: orderNo,
      createdAt: now, // not the order's, which may be reopened long after it was placed
      expiresAt,
    });
    return this.unitOfWork.run(async (tx) => {
      if (!(await takeAttemptNo(tx, orderNo, attemptNo))) return null;
      const payment = Object.assign(new PaymentAttempt(), {
        orderNo,
        attemptNo,
        outTradeNo,
        tradeType: context.tradeType,
        amountFen,
        status: 'CREATED' as const,
        channel,
        appId,
        mchId,
        request,
        prepayId: null,
        codeUrl: null,
        isUnusable: false,
        callingUntil: null,
        transactionId: null,
        refundDueFen: 0,
        checkCount: 0,
        nextCheckAt: this.firstCheckAt(now),
        createdAt: now,
        prepaidAt: null,
        paidAt: null,
        closedAt: null,
      });
      payment.id = await insertRow(tx, PaymentAttempt, payment);
      return payment;
    });
  }

  /** Sends the attempt's stored request to WeChat, unchanged on every repetition, and records the outcome. */
  async prepay(attempt: PaymentAttempt): Promise<{ outcome: Outcome<Prepay>; isOpen: boolean }> {
    const call = await this.acquireCallLease(attempt);
    if (!call)
      return { outcome: { kind: 'unknown', reason: 'The attempt is no longer open.', raw: null }, isOpen: false };
    const outcome = await this.providers.of(attempt.channel).prepay(attempt);
    return { outcome, isOpen: await this.recordOutcome(attempt, call, outcome) };
  }

  /**
   * Marks the attempt as being sent to WeChat. One column cannot describe two calls: a call that finds another one in
   * progress extends the lease and lets it expire, so that neither call ends the other's lease. Null when the attempt
   * is no longer open.
   */
  private async acquireCallLease({ outTradeNo }: PaymentAttempt): Promise<{ until: Date; isOnlyCall: boolean } | null> {
    const now = this.clock.now();
    const until = new Date(now.getTime() + paymentCallLeaseMs(this.settings));
    const open = { outTradeNo, status: In(OPEN_ATTEMPT_STATUSES) };
    const free = { ...open, callingUntil: IsNull() as FindOperator<Date> };
    const isFree = await this.unitOfWork.runStatement((manager) =>
      updateRows(manager, PaymentAttempt, free, { callingUntil: until }),
    );
    if (isFree === 1) return { until, isOnlyCall: true };
    return this.unitOfWork.run(async (tx) => {
      const where = freeLeaseConditions(now).map((callingUntil) => ({ ...open, callingUntil }));
      const first = await tx
        .createQueryBuilder()
        .update(PaymentAttempt)
        .set({ callingUntil: until })
        .where(where)
        .execute();
      if (first.affected === 1) return { until, isOnlyCall: true };
      const later = new Date(until.getTime() + 1);
      const { affected } = await tx.update(PaymentAttempt, open, { callingUntil: later });
      return affected === 1 ? { until: later, isOnlyCall: false } : null;
    });
  }

  /** @returns false when the attempt is no longer open, for example because a notice arrived before the response. */
  private recordOutcome(
    attempt: PaymentAttempt,
    call: { until: Date; isOnlyCall: boolean },
    outcome: Outcome<Prepay>,
  ): Promise<boolean> {
    const { outTradeNo, orderNo } = attempt;
    const open = { outTradeNo, status: In(OPEN_ATTEMPT_STATUSES) };
    return this.unitOfWork.run(async (tx) => {
      const changes = this.attemptChanges(attempt, outcome);
      const lease = { callingUntil: call.until };
      let isOpen = false;
      if (call.isOnlyCall)
        isOpen =
          (await updateRows(tx, PaymentAttempt, { ...open, ...lease }, { ...changes, callingUntil: null })) === 1;
      if (!isOpen) {
        isOpen = (await updateRows(tx, PaymentAttempt, open, changes)) === 1;
        if (call.isOnlyCall) await updateRows(tx, PaymentAttempt, { outTradeNo, ...lease }, { callingUntil: null });
      }
      await this.eventLog.write(tx, callEvent('PREPAY', { orderNo, outTradeNo }, outcome, 'ACCEPTED'));
      return isOpen;
    });
  }

  private attemptChanges(attempt: PaymentAttempt, outcome: Outcome<Prepay>): Partial<PaymentAttempt> {
    switch (outcome.kind) {
      case 'done': {
        const now = this.clock.now();
        const isFirst = attempt.prepaidAt === null;
        // The back-off counts from the first prepay; a repetition does not restart it.
        const timing = isFirst ? { prepaidAt: now, nextCheckAt: this.firstCheckAt(now) } : {};
        return { status: 'PREPAID', ...outcome.value, ...timing };
      }
      case 'refused': {
        // If WeChat has accepted this request before, our settings are wrong now, and a new number would not help.
        const isFaulty = outcome.action === 'FIX_REQUEST' && attempt.prepaidAt === null;
        return {
          isUnusable:
            attempt.isUnusable || isFaulty || outcome.action === 'NEW_NUMBER' || outcome.action === 'ALREADY_CLOSED',
        };
      }
      case 'unknown':
        return { isUnusable: attempt.isUnusable };
    }
  }

  private firstCheckAt(now: Date): Date {
    return new Date(now.getTime() + backOffSeconds(this.settings.QUERY_BACKOFF_SECONDS, 0) * 1000);
  }
}
