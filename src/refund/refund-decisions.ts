import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Actor, AuditLog } from '../audit/audit-log.js';
import { Clock } from '../common/clock.js';
import { refusedAmount } from '../common/refused-amount.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { onceForKey } from '../order/idempotency.js';
import type { Order } from '../order/order.entity.js';
import { Orders } from '../order/orders.js';
import { Outbox } from '../outbox/outbox.js';
import type { EventResult } from '../payment/event-facts.js';
import { PaymentJournal } from '../payment/payment-journal.js';
import { requestOf } from '../payment/request-of.js';
import { auditedChoice, keptChoice, repeatableChoice, type ReturnChoice } from './decide-return.js';
import { notDecidable } from './not-decidable.js';
import { openRefund } from './opening.js';
import { ensureAsRead, withOrderAsRead } from './order-as-read.js';
import { moveRefund, type RefundMove } from './refund-moves.js';
import { RefundRequestComposer } from './refund-request-composer.js';
import { holdReturns } from './refund-returns.js';
import { RefundSchedule } from './refund-schedule.js';
import type { Refund } from './refund.entity.js';
import { paymentWith, tooMuch } from './refundable-payment.js';
import { Refunds } from './refunds.js';
import { tellBuyer } from './tell-buyer.js';

/** How staff approve: in full unless they say less; what they note stays with the staff. */
export interface Approval extends ReturnChoice {
  amountFen?: number | null;
  note?: string;
}

/** A refund that the shop gives of its own accord. */
export interface MerchantRefund extends Approval {
  amountFen: number;
  reason: string;
}

/** Who gives it, and in whose name it may be asked for again. */
export interface Giver {
  actor: Actor;
  /** The `Idempotency-Key`: of the same owner it is the same refund. */
  key: string | undefined;
  /** At most 24 characters. */
  keyOwner: string;
  /** Runs within the transaction, for a refund that is new; refuses by throwing. */
  admit?: (tx: EntityManager) => Promise<void>;
}

/**
 * What staff decide, once for each refund: of two decisions at the same time one counts. A decision is committed with its
 * line in the audit log before WeChat hears of it; the caller then lets the refund advance.
 */
@Injectable()
export class RefundDecisions {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: Orders,
    private readonly refunds: Refunds,
    private readonly journal: PaymentJournal,
    private readonly audit: AuditLog,
    private readonly composer: RefundRequestComposer,
    private readonly schedule: RefundSchedule,
    private readonly outbox: Outbox,
  ) {}

  /**
   * @param nextCheckAt when the job is to take the refund on, unless it has moved by then.
   * @throws DomainError REFUND_NOT_FOUND, REFUND_NOT_DECIDABLE, REFUND_EXCEEDS_PAYMENT for more than was asked for, and
   * what `holdReturns` throws.
   */
  async approve(refundNo: string, approval: Approval, actor: Actor, nextCheckAt: Date): Promise<Refund> {
    const refund = await this.refunds.byNumber(refundNo);
    const { note = null } = approval;
    const amountFen = approval.amountFen ?? refund.amountFen;
    if (amountFen > refund.amountFen) {
      throw refusedAmount('REFUND_EXCEEDS_PAYMENT', { amountFen, leftFen: refund.amountFen });
    }
    const paymentRequest = (await requestOf(this.unitOfWork, refund.outTradeNo)) ?? '';
    const request = this.composer.textOf({ ...refund, amountFen }, paymentRequest);
    const decided = { decidedBy: actor.id, decidedAt: this.clock.now() };
    const facts = { amountFen, note };
    const move = {
      from: 'REQUESTED',
      to: 'PROCESSING',
      ...facts,
      ...keptChoice(approval),
      ...decided,
      request,
      nextCheckAt,
    } as const;
    return this.decide(refund, move, { actor, action: 'refund.approve', result: 'APPROVED', facts, choice: approval });
  }

  /** @throws DomainError REFUND_NOT_FOUND or REFUND_NOT_DECIDABLE. */
  async reject(refundNo: string, rejectReason: string, actor: Actor): Promise<Refund> {
    const refund = await this.refunds.byNumber(refundNo);
    const decided = { decidedBy: actor.id, decidedAt: this.clock.now() };
    const move = { from: 'REQUESTED', to: 'REJECTED', rejectReason, ...decided } as const;
    return this.decide(refund, move, { actor, action: 'refund.reject', result: 'REJECTED', facts: { rejectReason } });
  }

  /**
   * Decided as it is opened. The same key and body of the same owner are one refund.
   * @throws DomainError ORDER_NOT_FOUND, ORDER_NOT_REFUNDABLE, REFUND_EXCEEDS_PAYMENT or IDEMPOTENCY_KEY_REUSED, and what
   * `holdReturns` and `admit` throw.
   */
  async give(orderNo: string, wish: MerchantRefund, giver: Giver): Promise<{ refund: Refund; isNew: boolean }> {
    const { key, keyOwner, admit } = giver;
    const { amountFen, reason, note = null, returnStock = null } = wish;
    const at = this.clock.now();
    const opened = new Set<string>(); // work that was begun anew may find what somebody else has committed meanwhile
    const body = [amountFen, reason, note, returnStock, ...repeatableChoice(wish)];
    const request = [`POST /admin/api/orders/${orderNo}/refunds`, ...body];
    const refundNo = await withOrderAsRead(this.orders, orderNo, (order) =>
      onceForKey(this.unitOfWork, { userId: keyOwner, key, request, at }, async (tx) => {
        await admit?.(tx);
        const refund = await this.open(tx, order, wish, giver.actor);
        await ensureAsRead(tx, order);
        opened.add(refund.refundNo);
        return refund.refundNo;
      }),
    );
    return { refund: await this.refunds.byNumber(refundNo), isNew: opened.has(refundNo) };
  }

  /** Writes down a refund that is decided, ready to be sent. @param order as it was read. */
  private async open(tx: EntityManager, order: Order, wish: MerchantRefund, actor: Actor): Promise<Refund> {
    const { orderNo, userId } = order;
    const { amountFen, reason, note = null } = wish;
    const at = this.clock.now();
    const payment = await paymentWith(tx, order, amountFen, at);
    const isSurplus = order.status === 'PAID' && payment.transactionId !== order.transactionId;
    const refund = await openRefund(
      tx,
      payment,
      {
        ...{ kind: 'MERCHANT', status: 'PROCESSING', userId, isSurplus, amountFen, reason },
        ...{ note, ...keptChoice(wish), decidedBy: actor.id, decidedAt: at, nextCheckAt: this.schedule.leaseEnd() },
      },
      at,
    );
    if (!refund) throw tooMuch(payment, orderNo, amountFen);
    await holdReturns(tx, refund, wish);
    await this.composer.compose(tx, refund, payment);
    await this.note(tx, refund, 'GIVEN', actor);
    await this.audit.write(tx, {
      ...{ actor, action: 'refund.give', subject: refund.refundNo, before: null },
      after: { orderNo, amountFen, reason, note, ...auditedChoice(wish) },
    });
    return refund;
  }

  private async decide(refund: Refund, move: RefundMove, decision: Decision): Promise<Refund> {
    const { actor, action, result, facts, choice } = decision;
    const { refundNo: subject, status, amountFen } = refund;
    const isMine = await this.unitOfWork.run(async (tx) => {
      if (!(await moveRefund(tx, refund, move))) return false;
      if (choice) await holdReturns(tx, refund, choice);
      await this.audit.write(tx, {
        ...{ actor, action, subject, before: { status, amountFen } },
        after: { status: move.to, ...facts, ...(choice && auditedChoice(choice)) },
      });
      await this.note(tx, { ...refund, ...facts }, result, actor);
      await tellBuyer(tx, this.outbox, move.to === 'REJECTED' ? 'refundRejected' : 'refundApproved', refund);
      return true;
    });
    const after = await this.refunds.byNumber(subject);
    if (!isMine) throw notDecidable(after);
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
    return this.journal.write(tx, { type: 'REFUND_DECISION', result, orderNo, outTradeNo, facts });
  }
}

/** Who decided, and what the audit log and the time line say of it. */
interface Decision {
  actor: Actor;
  action: 'refund.approve' | 'refund.reject';
  result: EventResult<'REFUND_DECISION'>;
  facts: Partial<Pick<Refund, 'amountFen' | 'note' | 'rejectReason'>>;
  /** What an approval says about goods and coupon. */
  choice?: ReturnChoice;
}
