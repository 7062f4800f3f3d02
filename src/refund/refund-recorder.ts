import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type AuditEntryDraft, AuditLog } from '../audit/audit-log.js';
import type { AuditAction, AuditedFields } from '../audit/audit-actions.js';
import { defineLimitCounter, defineSimpleCounter } from '../common/metrics/metric-definitions.js';
import { Metrics } from '../common/metrics/metrics.js';
import { type RefundNotificationType, orderPaidNotification, refundNotification } from '../order/buyer-notification.js';
import { Outbox } from '../outbox/outbox.js';
import { CONTRADICTIONS_FOUND } from '../payment/event-log/contradictions.js';
import { type NewOrderEvent, OrderEventLog } from '../payment/event-log/order-event-log.js';
import type { EventDataOf, EventResult } from '../payment/event-log/order-event-types.js';
import { refundResultEvent } from '../payment/event-log/wechat-events.js';
import type { RefundResult } from '../wechat/pay/payment-types.js';
import type { Refund, RefundKind } from './refund.entity.js';
import type { ApplyRefundOutcome } from './rules/decide-result.js';

const REFUNDS_SUCCEEDED = defineSimpleCounter('refunds_succeeded_total', 'Refunds that WeChat reported as paid back');
const REFUND_REQUEST_LIMIT_REACHED = defineLimitCounter('refund-requests');

/**
 * Kinds of refunds that each notification is sent for. A success is sent for all kinds. Decisions and failures are sent
 * only for refunds that the buyer requested, because the buyer does not know of the others before they succeed.
 */
const NOTIFIED_KINDS: Readonly<Record<RefundNotificationType, readonly RefundKind[]>> = {
  refundApproved: ['USER'],
  refundRejected: ['USER'],
  refundSucceeded: ['USER', 'MERCHANT', 'AUTOMATIC'],
  refundFailed: ['USER'],
};

/** Records what happened to a refund: in the order's event log, the audit log, the outbox and the metrics. */
@Injectable()
export class RefundRecorder {
  constructor(
    private readonly eventLog: OrderEventLog,
    private readonly audit: AuditLog,
    private readonly outbox: Outbox,
    private readonly metrics: Metrics,
  ) {}

  /** A new refund, or the cancellation of a request. */
  async recordRequest(
    tx: EntityManager,
    { orderNo, outTradeNo, refundNo, amountFen }: Refund,
    result: EventResult<'REFUND_REQUEST'>,
    data: Pick<EventDataOf<'REFUND_REQUEST'>, 'cause' | 'reason'> = {},
  ): Promise<void> {
    const event = { type: 'REFUND_REQUEST', result, orderNo, outTradeNo } as const;
    await this.eventLog.write(tx, { ...event, data: { refundNo, amountFen, ...data } });
  }

  /** A decision of staff or of a program, with its audit entry. */
  async recordDecision<A extends AuditAction, Before extends AuditedFields<A>, After extends AuditedFields<A>>(
    tx: EntityManager,
    refund: Refund,
    result: EventResult<'REFUND_DECISION'>,
    { actor, action, before, after }: Omit<AuditEntryDraft<A, Before, After>, 'subject'>,
  ): Promise<void> {
    await this.audit.write<A, Before, After>(tx, { actor, action, subject: refund.refundNo, before, after });
    await this.eventLog.write(tx, decisionEvent(refund, result, actor.username));
  }

  /** A refund that another one, created in WeChat's merchant platform, replaces. */
  async recordReplacement(tx: EntityManager, refund: Refund): Promise<void> {
    await this.eventLog.write(tx, decisionEvent(refund, 'REPLACED'));
  }

  /** A result in the transaction that applies it. @param orderNo null for a payment that is not of this shop. */
  async recordResult(
    tx: EntityManager,
    message: { type: 'REFUND_NOTICE' | 'REFUND_QUERY'; raw: string },
    outcome: ApplyRefundOutcome,
    result: RefundResult,
    orderNo: string | null,
  ): Promise<void> {
    const { type, raw } = message;
    await this.eventLog.write(tx, refundResultEvent({ type, raw, result: outcome }, result, orderNo));
  }

  /** A notice that is not applied, because a query does not confirm it or it names another app. */
  async recordRejectedNotice(
    result: RefundResult,
    raw: string,
    why: 'UNCONFIRMED' | 'FOREIGN_MERCHANT',
    orderNo: string | null,
  ): Promise<void> {
    await this.eventLog.record(refundResultEvent({ type: 'REFUND_NOTICE', result: why, raw }, result, orderNo));
  }

  async recordReturnedCoupon(tx: EntityManager, { orderNo, outTradeNo }: Refund): Promise<void> {
    await this.eventLog.write(tx, { type: 'COUPON_RETURNED', result: 'FULL_REFUND', orderNo, outTradeNo });
  }

  /** A closed order that its late payment reopens. The buyer is notified of the payment. */
  async recordReopenedOrder(tx: EntityManager, orderNo: string, outTradeNo: string): Promise<void> {
    await this.outbox.write(tx, orderPaidNotification(orderNo));
    await this.eventLog.write(tx, { type: 'ORDER_REOPENED', result: 'LATE_PAYMENT', orderNo, outTradeNo });
  }

  /** Writes the notification to the buyer in the transaction of the change, if the kind of refund has one. */
  async notifyBuyer(tx: EntityManager, notificationType: RefundNotificationType, refund: Refund): Promise<void> {
    if (!NOTIFIED_KINDS[notificationType].includes(refund.kind)) return;
    await this.outbox.write(tx, refundNotification(notificationType, refund));
  }

  /** Call it after the commit. */
  countResult(outcome: ApplyRefundOutcome, { state }: RefundResult): void {
    if (outcome === 'APPLIED' && state === 'SUCCEEDED') this.metrics.increment(REFUNDS_SUCCEEDED);
    if (outcome === 'APPLIED' || outcome === 'REPEATED' || outcome === 'PENDING') return;
    this.metrics.increment(CONTRADICTIONS_FOUND, { kind: 'refund', result: outcome });
  }

  countLimitReached(): void {
    this.metrics.increment(REFUND_REQUEST_LIMIT_REACHED);
  }
}

function decisionEvent(refund: Refund, result: EventResult<'REFUND_DECISION'>, actor?: string): NewOrderEvent {
  const { orderNo, outTradeNo, refundNo, amountFen, rejectReason } = refund;
  return { type: 'REFUND_DECISION', result, orderNo, outTradeNo, data: { refundNo, amountFen, actor, rejectReason } };
}
