import { Injectable, Logger } from '@nestjs/common';
import type { Actor } from '../../audit/audit-log.js';
import { amountLimitError, DomainError } from '../../common/problem/domain-error.js';
import { Clock } from '../../common/time/clock.js';
import { Settings } from '../../config/settings.js';
import { isUniqueViolation } from '../../database/database-errors.js';
import { runOncePerKey } from '../../database/idempotency/idempotency.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { OrderQueryService } from '../../order/order-query.service.js';
import { moveRefund } from '../move-refund.js';
import { RefundQueryService } from '../read/refund-query.service.js';
import { refundView, type RefundView } from '../read/refund.view.js';
import { RefundRecorder } from '../refund-recorder.js';
import type { Refund } from '../refund.entity.js';
import { idempotencyFieldsOfReturn, storedReturnChoice } from '../rules/decide-return.js';
import { refundNotDecidable } from '../rules/refund-errors.js';
import { RefundSender } from '../sending/refund-sender.js';
import { assertOrderUnchanged, withOrderSnapshot } from '../with-order-snapshot.js';
import { decideRefund, type RefundDecision, retryRefund } from './decide-refund.js';
import { assertSameRefund } from './same-refund.js';
import {
  insertMerchantRefund,
  insertRequestedRefund,
  type ApproveRefundInput,
  type CreateMerchantRefundInput,
  type MerchantRefundContext,
  type RequestRefundInput,
} from './insert-refund.js';

/**
 * Creates, decides and retries refunds on request of buyers, staff and programs. A decision is committed together
 * with its audit entry, and only then sent to WeChat. If the call fails, the job continues.
 */
@Injectable()
export class RefundService {
  private readonly log = new Logger(RefundService.name);

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: OrderQueryService,
    private readonly refunds: RefundQueryService,
    private readonly sender: RefundSender,
    private readonly recorder: RefundRecorder,
  ) {}

  /**
   * Creates the request of a buyer and reserves its amount, so that all refunds together cannot exceed the payment.
   * @throws DomainError ORDER_NOT_FOUND, ORDER_NOT_REFUNDABLE, REFUND_EXCEEDS_PAYMENT, REFUND_LIMIT_REACHED or
   * IDEMPOTENCY_KEY_REUSED.
   */
  async requestRefund({ userId, orderNo, body, idempotencyKey: key }: RequestRefundInput): Promise<RefundView> {
    const order = await this.orders.getForUser(userId, orderNo);
    const { amountFen = null, reason, reasonCode = null, evidence = [] } = body;
    const at = this.clock.now();
    const request = [`POST /api/orders/${orderNo}/refunds`, amountFen, reason, reasonCode, evidence];
    const limits = { open: this.settings.MAX_OPEN_REFUND_REQUESTS, total: this.settings.MAX_REFUND_REQUESTS };
    return runOncePerKey(this.unitOfWork, { userId, key, request, at }, async (tx) =>
      refundView(await insertRequestedRefund(tx, this.recorder, { order, body, limits, at })),
    );
  }

  /**
   * Cancels an undecided request of a buyer. May be repeated: a cancelled request is returned as it is.
   * @throws DomainError REFUND_NOT_FOUND or REFUND_NOT_DECIDABLE.
   */
  async cancel(userId: string, refundNo: string): Promise<Refund> {
    const refund = await this.refunds.getForUser(userId, refundNo);
    const isMoved = await this.unitOfWork.run(async (tx) => {
      const step = { from: 'REQUESTED', to: 'CANCELLED', decidedAt: this.clock.now() } as const;
      if (!(await moveRefund(tx, refund, step))) return false;
      await this.recorder.recordRequest(tx, refund, 'CANCELLED', { reason: refund.reason });
      return true;
    });
    const after = await this.refunds.getForUser(userId, refundNo);
    if (isMoved || after.status === 'CANCELLED') return after;
    throw refundNotDecidable(after);
  }

  /**
   * Creates and sends a merchant-initiated refund. The same `merchantRefundNo` with the same facts returns the same refund, and
   * so do the same key and body of the same owner.
   * @throws DomainError ORDER_NOT_FOUND, MERCHANT_REFUND_NO_TAKEN or IDEMPOTENCY_KEY_REUSED, and the errors of
   * `insertMerchantRefund` and `validate`.
   */
  async createMerchantRefund(
    orderNo: string,
    input: CreateMerchantRefundInput,
    context: MerchantRefundContext,
  ): Promise<Refund> {
    const { merchantRefundNo } = input;
    if (merchantRefundNo === undefined) return this.createMerchantRefundOnce(orderNo, input, context);
    const findExisting = async (): Promise<Refund | null> => {
      const existing = await this.refunds.findByMerchantRefundNo(merchantRefundNo);
      if (existing) assertSameRefund(existing, orderNo, input);
      return existing;
    };
    const existing = await findExisting();
    if (existing) return existing;
    try {
      return await this.createMerchantRefundOnce(orderNo, input, context);
    } catch (error) {
      // A concurrent call with this number may have taken the amount, or inserted the number first.
      const winner = error instanceof DomainError || isUniqueViolation(error) ? await findExisting() : null;
      if (winner) return winner;
      throw error;
    }
  }

  private async createMerchantRefundOnce(
    orderNo: string,
    input: CreateMerchantRefundInput,
    { actor, idempotencyKey: key, idempotencyKeyOwner: ownerId, validate }: MerchantRefundContext,
  ): Promise<Refund> {
    const { amountFen, reason, outTradeNo, merchantRefundNo, note = null, returnStock = null } = input;
    const created = new Set<string>(); // the callback may run twice; the second run may return a committed refund
    // Absent fields add nothing, so that keys older than these fields stay valid.
    const selected = outTradeNo === undefined ? [] : [outTradeNo];
    const named = merchantRefundNo === undefined ? [] : [{ merchantRefundNo }];
    const body = [amountFen, reason, note, returnStock, ...idempotencyFieldsOfReturn(input), ...selected, ...named];
    const call = {
      userId: ownerId,
      key,
      request: [`POST /admin/api/orders/${orderNo}/refunds`, ...body],
      at: this.clock.now(),
    };
    const refundNo = await withOrderSnapshot(this.orders, orderNo, (order) =>
      runOncePerKey(this.unitOfWork, call, async (tx) => {
        await validate?.(tx, this.clock.now());
        const { sender, recorder } = this;
        const at = this.clock.now();
        const refund = await insertMerchantRefund(tx, { sender, recorder }, { order, input, actor, at });
        await assertOrderUnchanged(tx, order);
        created.add(refund.refundNo);
        return refund.refundNo;
      }),
    );
    const refund = await this.refunds.getByNumber(refundNo);
    return created.has(refundNo) ? this.advanceRefund(refund) : refund;
  }

  /**
   * Approves and sends a request.
   * @throws DomainError REFUND_NOT_FOUND, REFUND_NOT_DECIDABLE, REFUND_EXCEEDS_PAYMENT for more than was requested, and
   * the errors of `reserveReturns`.
   */
  async approve(refundNo: string, approval: ApproveRefundInput, actor: Actor): Promise<Refund> {
    return this.advanceRefund(await this.commitApproval(refundNo, approval, actor, this.sender.leaseEnd()));
  }

  /** Approves and lets the job send, so that a batch of a hundred does not wait for a hundred responses. */
  approveWithoutSending(refundNo: string, actor: Actor): Promise<Refund> {
    return this.commitApproval(refundNo, {}, actor, this.clock.now());
  }

  /** @throws DomainError REFUND_NOT_FOUND or REFUND_NOT_DECIDABLE. */
  async reject(refundNo: string, rejectReason: string, actor: Actor): Promise<Refund> {
    const refund = await this.refunds.getByNumber(refundNo);
    const decided = { decidedBy: actor.id, decidedAt: this.clock.now() };
    const move = { from: 'REQUESTED', to: 'REJECTED', rejectReason, ...decided } as const;
    return this.commitDecision(refund, { actor, move, changes: { rejectReason } });
  }

  /**
   * Sends or queries a refund again now, under the same number. An ABNORMAL refund that WeChat has never accepted gets a
   * new request, composed with the current settings. Does nothing when another worker has the refund.
   * @throws DomainError REFUND_NOT_FOUND, or REFUND_NOT_DECIDABLE for an undecided or ended refund.
   */
  async retry(refundNo: string, actor: Actor): Promise<Refund> {
    const refund = await this.refunds.getByNumber(refundNo);
    const { status } = refund;
    if (status !== 'ABNORMAL' && status !== 'PROCESSING') throw refundNotDecidable(refund);
    const stored = await this.sender.composeRetry(refund);
    const isTaken = await this.unitOfWork.run(
      async (tx) =>
        (await this.sender.acquireLease(tx, refund)) &&
        retryRefund(tx, this.recorder, refund, { from: status, stored, actor }),
    );
    const after = await this.refunds.getByNumber(refundNo);
    return isTaken ? this.advanceRefund(after) : after;
  }

  /** @param nextCheckAt when the job takes over, if the refund has not changed by that time. */
  private async commitApproval(
    refundNo: string,
    approval: ApproveRefundInput,
    actor: Actor,
    nextCheckAt: Date,
  ): Promise<Refund> {
    const refund = await this.refunds.getByNumber(refundNo);
    const { note = null } = approval;
    const amountFen = approval.amountFen ?? refund.amountFen;
    if (amountFen > refund.amountFen) {
      throw amountLimitError('REFUND_EXCEEDS_PAYMENT', { amountFen, leftFen: refund.amountFen });
    }
    const stored = await this.sender.composeRequest({ ...refund, amountFen });
    const changes = { amountFen, note };
    const decided = { ...storedReturnChoice(approval), decidedBy: actor.id, decidedAt: this.clock.now() };
    const move = { from: 'REQUESTED', to: 'PROCESSING', ...changes, ...decided, ...stored, nextCheckAt } as const;
    return this.commitDecision(refund, { actor, move, changes, choice: approval });
  }

  private async commitDecision(refund: Refund, decision: RefundDecision): Promise<Refund> {
    const isMoved = await this.unitOfWork.run((tx) => decideRefund(tx, this.recorder, refund, decision));
    const after = await this.refunds.getByNumber(refund.refundNo);
    if (!isMoved) throw refundNotDecidable(after);
    return after;
  }

  private async advanceRefund(refund: Refund): Promise<Refund> {
    try {
      await this.sender.advanceRefund(refund);
    } catch (error) {
      this.log.warn(`Could not send refund ${refund.refundNo}; the job will send it: ${String(error)}`);
    }
    return this.refunds.getByNumber(refund.refundNo);
  }
}
