import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Clock } from '../common/clock.js';
import { Settings } from '../config/settings.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { claimAttemptNo } from '../order/order-moves.js';
import type { Order } from '../order/order.entity.js';
import type { Outcome } from '../wechat/outcome.js';
import { type Prepay, type TradeType, WechatPayGateway } from '../wechat/wechat-pay.gateway.js';
import { noCallInProgress } from './prepay-call-lease.js';
import { failureFactsOf } from './order-event-types.js';
import { OrderEventLog } from './order-event-log.js';
import { OPEN_STATUSES, PaymentAttempt } from './payment-attempt.entity.js';

/** Maximum duration of a call to WeChat about a payment, in milliseconds: connect and response at two hosts, and a margin. */
export const callTimeoutMs = (settings: Settings): number => 2 * (settings.WECHAT_TIMEOUT_SECONDS + 2) * 1000 + 2000;

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
    private readonly gateway: WechatPayGateway,
    private readonly eventLog: OrderEventLog,
  ) {
    this.notifyUrlBase = `${settings.PUBLIC_BASE_URL}/wechat/notify`;
  }

  /** The open attempt, the newest one if there are several. */
  findOpenAttempt(orderNo: string): Promise<PaymentAttempt | null> {
    const where = { orderNo, status: In(OPEN_STATUSES) };
    return this.unitOfWork.read((manager) => manager.findOne(PaymentAttempt, { where, order: { attemptNo: 'DESC' } }));
  }

  /** Inserts the next attempt with its exact request. Null when another call has created one or closed the order before. */
  async createAttempt(order: Order, context: PrepayContext): Promise<PaymentAttempt | null> {
    const attemptNo = order.attemptCount + 1;
    const { orderNo, payableFen: amountFen, createdAt, expiresAt } = order;
    const outTradeNo = `${orderNo}-${attemptNo}`;
    const request = this.gateway.composePrepay({
      ...{
        outTradeNo,
        tradeType: context.tradeType,
        amountFen,
        description: this.descriptionOf(order),
        openid: context.openid,
      },
      ...{ payerIp: context.ip, notifyUrlBase: this.notifyUrlBase, productId: orderNo, createdAt, expiresAt },
    });
    const now = this.clock.now();
    return this.unitOfWork.run(async (tx) => {
      if (!(await claimAttemptNo(tx, orderNo, attemptNo))) return null;
      const payment = tx.create(PaymentAttempt, {
        ...{ orderNo, attemptNo, outTradeNo, tradeType: context.tradeType, amountFen, status: 'CREATED', request },
        ...{
          prepayId: null,
          codeUrl: null,
          isUnusable: false,
          callingUntil: null,
          transactionId: null,
          refundDueFen: 0,
        },
        ...{
          checkCount: 0,
          nextCheckAt: this.firstCheckAt(now),
          createdAt: now,
          prepaidAt: null,
          paidAt: null,
          closedAt: null,
        },
      });
      await tx.insert(PaymentAttempt, payment);
      return payment;
    });
  }

  /** Sends the attempt's stored request to WeChat, unchanged on every repetition, and records the outcome. */
  async prepay(attempt: PaymentAttempt): Promise<{ outcome: Outcome<Prepay>; isOpen: boolean }> {
    const call = await this.acquireCallLease(attempt);
    if (!call)
      return { outcome: { kind: 'unknown', reason: 'The attempt is no longer open.', raw: null }, isOpen: false };
    const outcome = await this.gateway.prepay(attempt.request);
    return { outcome, isOpen: await this.recordOutcome(attempt, call, outcome) };
  }

  /**
   * Marks the attempt as being sent to WeChat. One column cannot describe two calls: a call that finds another one in
   * progress extends the lease and lets it expire, so that neither call ends the other's lease. Null when the attempt is
   * no longer open.
   */
  private acquireCallLease({ outTradeNo }: PaymentAttempt): Promise<{ until: Date; isOnlyCall: boolean } | null> {
    const now = this.clock.now();
    const until = new Date(now.getTime() + callTimeoutMs(this.settings));
    const open = { outTradeNo, status: In(OPEN_STATUSES) };
    return this.unitOfWork.run(async (tx) => {
      const where = noCallInProgress(now).map((noCall) => ({ ...open, ...noCall }));
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

  /** @returns false when the attempt is no longer open, for example because a notice arrived before the answer. */
  private recordOutcome(
    attempt: PaymentAttempt,
    call: { until: Date; isOnlyCall: boolean },
    outcome: Outcome<Prepay>,
  ): Promise<boolean> {
    const { outTradeNo, orderNo } = attempt;
    const open = { outTradeNo, status: In(OPEN_STATUSES) };
    return this.unitOfWork.run(async (tx) => {
      const { affected } = await tx.update(PaymentAttempt, open, this.attemptChanges(attempt, outcome));
      if (call.isOnlyCall)
        await tx.update(PaymentAttempt, { outTradeNo, callingUntil: call.until }, { callingUntil: null });
      const result = outcome.kind === 'done' ? 'ACCEPTED' : outcome.kind === 'refused' ? 'REFUSED' : 'UNKNOWN';
      await this.eventLog.write(tx, {
        type: 'PREPAY',
        result,
        orderNo,
        outTradeNo,
        facts: failureFactsOf(outcome),
        raw: outcome.raw,
      });
      return affected === 1;
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
        // WeChat has accepted this request before, so our settings are wrong, and a new number would not help.
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
    return new Date(now.getTime() + (this.settings.QUERY_BACKOFF_SECONDS[0] ?? 10) * 1000);
  }

  /** The format that WeChat requires: shop name, then product. */
  private descriptionOf({ items }: Order): string {
    const rest = items.length > 1 ? `等${items.length}件` : '';
    return `${this.settings.SHOP_NAME}-${items[0]?.name ?? ''}${rest}`;
  }
}
