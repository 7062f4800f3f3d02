import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { DomainError } from '../common/domain-error.js';
import { Metrics } from '../common/metrics.js';
import { Settings } from '../config/settings.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { runOncePerKey } from '../order/idempotency.js';
import { OrderQueryService } from '../order/order-query.service.js';
import { countRefundRequest, type RefundRequestLimits } from '../order/refund-request-limits.js';
import { OrderEventLog } from '../payment/order-event-log.js';
import { createRefund } from './create-refund.js';
import { moveRefund } from './refund-moves.js';
import type { RequestRefundBody } from './refund.dto.js';
import type { Refund } from './refund.entity.js';
import { refundView, type RefundView } from './refund.view.js';
import { refundableFenOf, findRefundablePayment, refundAmountError } from './refundable-payment.js';
import { RefundQueryService } from './refund-query.service.js';

/** English and Chinese. */
const TOO_MANY_REQUESTS_DETAIL = [
  'An order can have at most {open} undecided refund requests and {total} in total. Wait for the decision, or contact the shop.',
  '每笔订单最多有 {open} 个待处理的退款申请，累计不超过 {total} 个。请等待商家处理，或联系商家。',
] as const;

/** A refund request of a buyer, and the key under which the call can be repeated. */
export interface RequestRefundInput {
  userId: string;
  orderNo: string;
  body: RequestRefundBody;
  idempotencyKey: string | undefined;
}

/** Creates and cancels refund requests of buyers. */
@Injectable()
export class RefundRequestService {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: OrderQueryService,
    private readonly refunds: RefundQueryService,
    private readonly eventLog: OrderEventLog,
    private readonly settings: Settings,
    private readonly metrics: Metrics,
  ) {}

  /**
   * Creates a refund request and reserves its amount, so that all refunds together cannot exceed the payment.
   * @throws DomainError ORDER_NOT_FOUND, ORDER_NOT_REFUNDABLE, REFUND_EXCEEDS_PAYMENT, REFUND_LIMIT_REACHED or
   * IDEMPOTENCY_KEY_REUSED.
   */
  async requestRefund({ userId, orderNo, body, idempotencyKey: key }: RequestRefundInput): Promise<RefundView> {
    const order = await this.orders.getForUser(userId, orderNo);
    const { amountFen, reason, reasonCode } = body;
    const evidence = body.evidence ?? [];
    const fields = [amountFen ?? null, reason, reasonCode ?? null, evidence];
    const at = this.clock.now();
    const call = { userId, key, request: [`POST /api/orders/${orderNo}/refunds`, ...fields], at };
    return runOncePerKey(this.unitOfWork, call, async (tx) => {
      const payment = await findRefundablePayment(tx, order, at);
      const wantedFen = amountFen ?? refundableFenOf(payment, orderNo);
      const facts = { reasonCode: reasonCode ?? null, evidence: JSON.stringify(evidence) };
      const refund = await createRefund(
        tx,
        payment,
        {
          ...{
            kind: 'USER',
            status: 'REQUESTED',
            userId,
            isOverpayment: false,
            amountFen: wantedFen,
            reason,
            ...facts,
          },
        },
        at,
      );
      if (!refund) throw refundAmountError(payment, orderNo, wantedFen);
      if (!(await countRefundRequest(tx, orderNo, this.limits))) throw this.limitReached();
      await this.recordEvent(tx, refund, 'REQUESTED');
      return refundView(refund);
    });
  }

  private get limits(): RefundRequestLimits {
    const { MAX_OPEN_REFUND_REQUESTS: open, MAX_REFUND_REQUESTS: total } = this.settings;
    return { open, total };
  }

  private limitReached(): DomainError {
    this.metrics.limitReached('refund-requests');
    const { open, total } = this.limits;
    return new DomainError('REFUND_LIMIT_REACHED', { params: { open, total }, detail: TOO_MANY_REQUESTS_DETAIL });
  }

  /**
   * Cancels an undecided refund request. May be repeated: a cancelled request is returned as it is.
   * @throws DomainError REFUND_NOT_FOUND or REFUND_NOT_DECIDABLE.
   */
  async cancel(userId: string, refundNo: string): Promise<Refund> {
    const refund = await this.refunds.getForUser(userId, refundNo);
    const isMoved = await this.unitOfWork.run(async (tx) => {
      const step = { from: 'REQUESTED', to: 'CANCELLED', decidedAt: this.clock.now() } as const;
      if (!(await moveRefund(tx, refund, step))) return false;
      await this.recordEvent(tx, refund, 'CANCELLED');
      return true;
    });
    const after = await this.refunds.getForUser(userId, refundNo);
    if (isMoved || after.status === 'CANCELLED') return after;
    throw new DomainError('REFUND_NOT_DECIDABLE', { params: { refundNo, state: after.status } });
  }

  private recordEvent(tx: EntityManager, refund: Refund, result: 'REQUESTED' | 'CANCELLED'): Promise<void> {
    const { orderNo, outTradeNo, refundNo, amountFen, reason } = refund;
    const facts = { refundNo, amountFen, reason };
    return this.eventLog.write(tx, { type: 'REFUND_REQUEST', result, orderNo, outTradeNo, facts });
  }
}
