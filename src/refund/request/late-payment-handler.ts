import { Injectable, Logger } from '@nestjs/common';
import { type EntityManager, Not } from 'typeorm';
import { reserveStock } from '../../catalog/stock.js';
import { Clock } from '../../common/time/clock.js';
import { DomainError } from '../../common/problem/domain-error.js';
import type { ProblemCode } from '../../common/problem/problem-catalog.js';
import { Settings } from '../../config/settings.js';
import { releaseClaim } from '../../jobs/claim-due.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { reserveOrderCouponAgain } from '../../coupon/order-coupon.js';
import { stockLinesOf } from '../../order/order-returns.js';
import { moveOrder, lockOrderIfUnchanged } from '../../order/order-moves.js';
import type { Order } from '../../order/order.entity.js';
import { OrderQueryService } from '../../order/order-query.service.js';
import { PaymentAttempt } from '../../payment/attempt/payment-attempt.entity.js';
import { createRefund } from '../create-refund.js';
import { Refund } from '../refund.entity.js';
import { RefundRecorder } from '../refund-recorder.js';
import { automaticRefundOf, mayReopenOrder } from '../rules/late-payment.js';
import { RefundSender } from '../sending/refund-sender.js';

/** Errors when a closed order cannot get its stock or coupon again. */
const UNAVAILABLE_CODES: readonly ProblemCode[] = ['OUT_OF_STOCK', 'PRODUCT_NOT_FOUND', 'COUPON_NOT_USABLE'];

/**
 * The payment or its order has changed since it was read, or the payment has its fifty refunds. The transaction must not
 * commit; both are read again.
 */
class PaymentChangedError extends Error {}

/**
 * Transactions per payment before it waits for the next job run. A second one is needed only after a concurrent change.
 */
const MAX_ATTEMPTS = 5;

/**
 * Handles late and duplicate payments. It creates at most one automatic refund: none if staff have refunded
 * the payment. With `LATE_PAYMENT_POLICY=deliver`, it reopens a closed order instead, if stock and coupon are
 * available.
 */
@Injectable()
export class LatePaymentHandler {
  private readonly log = new Logger(LatePaymentHandler.name);

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: OrderQueryService,
    private readonly sender: RefundSender,
    private readonly recorder: RefundRecorder,
  ) {}

  /**
   * May be repeated. After a concurrent change by another payment of the order or by staff, it reads both again.
   * @param payment with `refundDueFen`; the caller holds its lease.
   */
  async refundOrReopen(payment: PaymentAttempt): Promise<void> {
    let current: PaymentAttempt | null = payment;
    for (let attempt = 1; current !== null; attempt++) {
      if (await this.tryRefundOrReopen(current)) return;
      if (attempt === MAX_ATTEMPTS) return this.releaseLease(current);
      current = await this.reloadIfUnchanged(payment);
    }
  }

  /** False when payment or order have changed since they were read. In that case nothing has changed. */
  private async tryRefundOrReopen(payment: PaymentAttempt): Promise<boolean> {
    const order = await this.orders.getByNumber(payment.orderNo);
    const policy = order.latePaymentPolicy ?? this.settings.LATE_PAYMENT_POLICY;
    const mayDeliver = policy === 'deliver' && mayReopenOrder(order, payment);
    try {
      if (!mayDeliver || !(await this.reopenOrder(order, payment))) await this.createAutomaticRefund(order, payment);
      return true;
    } catch (error) {
      if (error instanceof PaymentChangedError) return false;
      throw error;
    }
  }

  /** Null when the lease was lost: another worker handles the payment. */
  private reloadIfUnchanged({ id, nextCheckAt }: PaymentAttempt): Promise<PaymentAttempt | null> {
    if (nextCheckAt === null) return Promise.resolve(null);
    return this.unitOfWork.read((manager) => manager.findOneBy(PaymentAttempt, { id, nextCheckAt }));
  }

  private async releaseLease(payment: PaymentAttempt): Promise<void> {
    await this.unitOfWork.run((tx) => releaseClaim(tx, PaymentAttempt, payment, this.clock.now()));
  }

  /** Creates the refund in the same transaction that takes the payment out of the queue. */
  private async createAutomaticRefund(order: Order, payment: PaymentAttempt): Promise<void> {
    const { amountFen, isOverpayment, reason, cause } = automaticRefundOf(order, payment);
    const now = this.clock.now();
    await this.unitOfWork.run(async (tx) => {
      await this.claimRefundDue(tx, payment);
      if (!(await lockOrderIfUnchanged(tx, order))) throw new PaymentChangedError();
      if (amountFen <= 0) return;
      const refund = await createRefund(
        tx,
        payment,
        {
          kind: 'AUTOMATIC',
          status: 'PROCESSING',
          userId: order.userId,
          isOverpayment,
          amountFen,
          reason,
          decidedAt: now,
          nextCheckAt: now,
        },
        now,
      );
      if (!refund) throw new PaymentChangedError();
      await this.sender.saveRequest(tx, refund, payment);
      await this.recorder.recordRequest(tx, refund, 'AUTOMATIC', { cause });
    });
  }

  /** False when the stock or the coupon is no longer available. In that case nothing has changed. */
  private async reopenOrder(order: Order, payment: PaymentAttempt): Promise<boolean> {
    const { orderNo, outTradeNo, transactionId, paidAt, amountFen: paidFen } = payment;
    if (transactionId === null || paidAt === null) return false;
    const at = this.clock.now();
    try {
      await this.unitOfWork.run(async (tx) => {
        await this.claimRefundDue(tx, payment, { refundDueFen: 0 });
        const reopened = { closeReason: null, closedAt: null, refundStatus: 'NONE' } as const;
        const move = { from: 'CLOSED', to: 'PAID', paidFen, transactionId, paidAt, ...reopened } as const;
        if (!(await moveOrder(tx, orderNo, move))) throw new PaymentChangedError();
        // A failed refund of an earlier late payment may succeed after all. It is then no refund of the reopened order.
        await tx.update(Refund, { orderNo, outTradeNo: Not(outTradeNo) }, { isOverpayment: true });
        await reserveStock(tx, stockLinesOf(order.items), { orderNo, at }, 'REOPENED');
        if (!(await reserveOrderCouponAgain(tx, order))) throw new DomainError('COUPON_NOT_USABLE');
        await this.recorder.recordReopenedOrder(tx, orderNo, outTradeNo);
      });
      this.log.log(`Order ${orderNo} was paid after its close and is reopened (LATE_PAYMENT_POLICY=deliver)`);
      return true;
    } catch (error) {
      if (error instanceof DomainError && UNAVAILABLE_CODES.includes(error.code)) return false;
      throw error;
    }
  }

  /** Compare-and-set on the columns as read: only one caller handles the payment. */
  private async claimRefundDue(
    tx: EntityManager,
    payment: PaymentAttempt,
    changes: Partial<PaymentAttempt> = {},
  ): Promise<void> {
    const { id, refundDueFen, refundReservedFen, nextCheckAt } = payment;
    if (nextCheckAt === null) throw new PaymentChangedError();
    const { affected } = await tx.update(
      PaymentAttempt,
      { id, refundDueFen, refundReservedFen, nextCheckAt },
      { nextCheckAt: null, ...changes },
    );
    if (affected !== 1) throw new PaymentChangedError();
  }
}
