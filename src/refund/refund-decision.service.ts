import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Actor, AuditLog } from '../audit/audit-log.js';
import { Clock } from '../common/clock.js';
import { amountLimitError } from '../common/amount-limit-error.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { runOncePerKey } from '../order/idempotency.js';
import type { Order } from '../order/order.entity.js';
import { OrderQueryService } from '../order/order-query.service.js';
import { Outbox } from '../outbox/outbox.js';
import type { EventResult } from '../payment/order-event-types.js';
import { OrderEventLog } from '../payment/order-event-log.js';
import { findStoredPrepayRequest } from '../payment/find-stored-prepay-request.js';
import {
  auditedReturnChoice,
  storedReturnChoice,
  idempotencyFieldsOfReturn,
  type ReturnChoice,
} from './decide-return.js';
import { refundNotDecidable } from './refund-not-decidable.js';
import { createRefund } from './create-refund.js';
import { assertOrderUnchanged, withOrderSnapshot } from './with-order-snapshot.js';
import { moveRefund, type RefundMove } from './refund-moves.js';
import { WechatRefundRequestComposer } from './wechat-refund-request-composer.js';
import { reserveReturns } from './refund-returns.js';
import { RefundSchedule } from './refund-schedule.js';
import type { Refund } from './refund.entity.js';
import { findPaymentForAmount, refundAmountError } from './refundable-payment.js';
import { RefundQueryService } from './refund-query.service.js';
import { enqueueBuyerNotification } from './enqueue-buyer-notification.js';

/** An approval. Without `amountFen`, the full requested amount is refunded. `note` is visible to staff only. */
export interface ApproveRefundInput extends ReturnChoice {
  amountFen?: number | null;
  note?: string;
}

/** A merchant-initiated refund. */
export interface CreateMerchantRefundInput extends ApproveRefundInput {
  amountFen: number;
  reason: string;
}

/** Who creates the refund, and its idempotency key. */
export interface MerchantRefundContext {
  actor: Actor;
  /** The `Idempotency-Key`: the same key of the same owner returns the same refund. */
  idempotencyKey: string | undefined;
  /** At most 24 characters. */
  idempotencyKeyOwner: string;
  /** Runs within the transaction of a new refund; throws to reject it. */
  validate?: (tx: EntityManager) => Promise<void>;
}

/**
 * Records the decisions of staff. Of concurrent decisions about one refund, only one succeeds. A decision is committed
 * together with its audit entry before the request is sent to WeChat; the caller sends it afterwards.
 */
@Injectable()
export class RefundDecisionService {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: OrderQueryService,
    private readonly refunds: RefundQueryService,
    private readonly eventLog: OrderEventLog,
    private readonly audit: AuditLog,
    private readonly composer: WechatRefundRequestComposer,
    private readonly schedule: RefundSchedule,
    private readonly outbox: Outbox,
  ) {}

  /**
   * @param nextCheckAt when the job takes over, if the refund has not changed by that time.
   * @throws DomainError REFUND_NOT_FOUND, REFUND_NOT_DECIDABLE, REFUND_EXCEEDS_PAYMENT for more than was requested, and
   * the errors of `reserveReturns`.
   */
  async approve(refundNo: string, approval: ApproveRefundInput, actor: Actor, nextCheckAt: Date): Promise<Refund> {
    const refund = await this.refunds.getByNumber(refundNo);
    const { note = null } = approval;
    const amountFen = approval.amountFen ?? refund.amountFen;
    if (amountFen > refund.amountFen) {
      throw amountLimitError('REFUND_EXCEEDS_PAYMENT', { amountFen, leftFen: refund.amountFen });
    }
    const paymentRequest = (await findStoredPrepayRequest(this.unitOfWork, refund.outTradeNo)) ?? '';
    const request = this.composer.composeText({ ...refund, amountFen }, paymentRequest);
    const decided = { decidedBy: actor.id, decidedAt: this.clock.now() };
    const facts = { amountFen, note };
    const move = {
      from: 'REQUESTED',
      to: 'PROCESSING',
      ...facts,
      ...storedReturnChoice(approval),
      ...decided,
      request,
      nextCheckAt,
    } as const;
    return this.decide(refund, move, { actor, action: 'refund.approve', result: 'APPROVED', facts, choice: approval });
  }

  /** @throws DomainError REFUND_NOT_FOUND or REFUND_NOT_DECIDABLE. */
  async reject(refundNo: string, rejectReason: string, actor: Actor): Promise<Refund> {
    const refund = await this.refunds.getByNumber(refundNo);
    const decided = { decidedBy: actor.id, decidedAt: this.clock.now() };
    const move = { from: 'REQUESTED', to: 'REJECTED', rejectReason, ...decided } as const;
    return this.decide(refund, move, { actor, action: 'refund.reject', result: 'REJECTED', facts: { rejectReason } });
  }

  /**
   * Creates a refund that is already approved. The same key and body of the same owner return the same refund.
   * @throws DomainError ORDER_NOT_FOUND, ORDER_NOT_REFUNDABLE, REFUND_EXCEEDS_PAYMENT or IDEMPOTENCY_KEY_REUSED, and
   * the errors of `reserveReturns` and `validate`.
   */
  async createMerchantRefund(
    orderNo: string,
    input: CreateMerchantRefundInput,
    context: MerchantRefundContext,
  ): Promise<{ refund: Refund; isNew: boolean }> {
    const { idempotencyKey: key, idempotencyKeyOwner: keyOwner, validate } = context;
    const { amountFen, reason, note = null, returnStock = null } = input;
    const at = this.clock.now();
    const created = new Set<string>(); // the callback may run twice; the second run may return a committed refund
    const body = [amountFen, reason, note, returnStock, ...idempotencyFieldsOfReturn(input)];
    const request = [`POST /admin/api/orders/${orderNo}/refunds`, ...body];
    const refundNo = await withOrderSnapshot(this.orders, orderNo, (order) =>
      runOncePerKey(this.unitOfWork, { userId: keyOwner, key, request, at }, async (tx) => {
        await validate?.(tx);
        const refund = await this.insertMerchantRefund(tx, order, input, context.actor);
        await assertOrderUnchanged(tx, order);
        created.add(refund.refundNo);
        return refund.refundNo;
      }),
    );
    return { refund: await this.refunds.getByNumber(refundNo), isNew: created.has(refundNo) };
  }

  /** Inserts an approved refund, ready to be sent. @param order as it was read. */
  private async insertMerchantRefund(
    tx: EntityManager,
    order: Order,
    input: CreateMerchantRefundInput,
    actor: Actor,
  ): Promise<Refund> {
    const { orderNo, userId } = order;
    const { amountFen, reason, note = null } = input;
    const at = this.clock.now();
    const payment = await findPaymentForAmount(tx, order, amountFen, at);
    const isOverpayment = order.status === 'PAID' && payment.transactionId !== order.transactionId;
    const refund = await createRefund(
      tx,
      payment,
      {
        ...{ kind: 'MERCHANT', status: 'PROCESSING', userId, isOverpayment, amountFen, reason },
        ...{
          note,
          ...storedReturnChoice(input),
          decidedBy: actor.id,
          decidedAt: at,
          nextCheckAt: this.schedule.leaseEnd(),
        },
      },
      at,
    );
    if (!refund) throw refundAmountError(payment, orderNo, amountFen);
    await reserveReturns(tx, refund, input);
    await this.composer.saveRequest(tx, refund, payment);
    await this.note(tx, refund, 'GIVEN', actor);
    await this.audit.write(tx, {
      ...{ actor, action: 'refund.give', subject: refund.refundNo, before: null },
      after: { orderNo, amountFen, reason, note, ...auditedReturnChoice(input) },
    });
    return refund;
  }

  private async decide(refund: Refund, move: RefundMove, decision: RefundDecision): Promise<Refund> {
    const { actor, action, result, facts, choice } = decision;
    const { refundNo: subject, status, amountFen } = refund;
    const isMoved = await this.unitOfWork.run(async (tx) => {
      if (!(await moveRefund(tx, refund, move))) return false;
      if (choice) await reserveReturns(tx, refund, choice);
      await this.audit.write(tx, {
        ...{ actor, action, subject, before: { status, amountFen } },
        after: { status: move.to, ...facts, ...(choice && auditedReturnChoice(choice)) },
      });
      await this.note(tx, { ...refund, ...facts }, result, actor);
      await enqueueBuyerNotification(
        tx,
        this.outbox,
        move.to === 'REJECTED' ? 'refundRejected' : 'refundApproved',
        refund,
      );
      return true;
    });
    const after = await this.refunds.getByNumber(subject);
    if (!isMoved) throw refundNotDecidable(after);
    return after;
  }

  private note(
    tx: EntityManager,
    refund: Refund,
    result: EventResult<'REFUND_DECISION'>,
    { username }: Actor,
  ): Promise<void> {
    const { orderNo, outTradeNo, refundNo, amountFen, rejectReason } = refund;
    const facts = { refundNo, amountFen, actor: username, rejectReason };
    return this.eventLog.write(tx, { type: 'REFUND_DECISION', result, orderNo, outTradeNo, facts });
  }
}

/** A decision with its audit log action and event result. */
interface RefundDecision {
  actor: Actor;
  action: 'refund.approve' | 'refund.reject';
  result: EventResult<'REFUND_DECISION'>;
  facts: Partial<Pick<Refund, 'amountFen' | 'note' | 'rejectReason'>>;
  /** The returned goods and coupon of an approval. */
  choice?: ReturnChoice;
}
