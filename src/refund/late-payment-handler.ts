import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { reserveStock } from '../catalog/stock.js';
import { Clock } from '../common/clock.js';
import { DomainError } from '../common/domain-error.js';
import type { ProblemCode } from '../common/problem-catalog.js';
import { Settings } from '../config/settings.js';
import { releaseClaim } from '../database/claim-due.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { reserveOrderCouponAgain } from '../order/order-coupon.js';
import { orderPaidNotification } from '../order/buyer-notification.js';
import { moveOrder, lockOrderIfUnchanged } from '../order/order-moves.js';
import type { Order } from '../order/order.entity.js';
import { OrderQueryService } from '../order/order-query.service.js';
import { Outbox } from '../outbox/outbox.js';
import { OrderEventLog } from '../payment/order-event-log.js';
import { PaymentAttempt } from '../payment/payment-attempt.entity.js';
import { createRefund } from './create-refund.js';
import { WechatRefundRequestComposer } from './wechat-refund-request-composer.js';

/** Reasons shown to the payer. */
const LATE_PAYMENT_REASON = '订单已关闭，款项自动退回';
const DUPLICATE_PAYMENT_REASON = '订单重复支付，多付款项自动退回';

/** Errors when a closed order cannot get its stock or coupon again. */
const UNAVAILABLE_CODES: readonly ProblemCode[] = ['OUT_OF_STOCK', 'PRODUCT_NOT_FOUND', 'COUPON_NOT_USABLE'];

/** The payment or its order has changed since it was read. The transaction must not commit; both are read again. */
class PaymentChangedError extends Error {}

/** Attempts per payment before it waits for the next tick. A further attempt is needed only after a concurrent change. */
const MAX_ATTEMPTS = 5;

/**
 * Handles late and duplicate payments. It creates at most one automatic refund: none if staff have refunded
 * the payment. With `LATE_PAYMENT_POLICY=deliver`, it reopens a closed order instead, if stock and coupon are available.
 */
@Injectable()
export class LatePaymentHandler {
  private readonly log = new Logger(LatePaymentHandler.name);

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: OrderQueryService,
    private readonly eventLog: OrderEventLog,
    private readonly composer: WechatRefundRequestComposer,
    private readonly outbox: Outbox,
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
      current = await this.reload(payment);
    }
  }

  /** False when payment or order have changed since they were read. In that case nothing has changed. */
  private async tryRefundOrReopen(payment: PaymentAttempt): Promise<boolean> {
    const order = await this.orders.getByNumber(payment.orderNo);
    const mayDeliver = this.settings.LATE_PAYMENT_POLICY === 'deliver' && isUntouched(order) && hasNoRefunds(payment);
    try {
      if (!mayDeliver || !(await this.reopenOrder(order, payment))) await this.createAutomaticRefund(order, payment);
      return true;
    } catch (error) {
      if (error instanceof PaymentChangedError) return false;
      throw error;
    }
  }

  /** Null when the lease was lost: another worker handles the payment. */
  private reload({ id, nextCheckAt }: PaymentAttempt): Promise<PaymentAttempt | null> {
    if (nextCheckAt === null) return Promise.resolve(null);
    return this.unitOfWork.read((manager) => manager.findOneBy(PaymentAttempt, { id, nextCheckAt }));
  }

  private async releaseLease(payment: PaymentAttempt): Promise<void> {
    await this.unitOfWork.run((tx) => releaseClaim(tx, PaymentAttempt, payment, this.clock.now()));
  }

  /** Creates the refund in the same transaction that takes the payment out of the queue. */
  private async createAutomaticRefund(order: Order, payment: PaymentAttempt): Promise<void> {
    const amountFen = payment.refundDueFen - payment.refundHeldFen; // staff may have refunded a part of it already
    const now = this.clock.now();
    const isOverpayment = order.status === 'PAID';
    await this.unitOfWork.run(async (tx) => {
      await this.claimRefundDue(tx, payment);
      if (!(await lockOrderIfUnchanged(tx, order))) throw new PaymentChangedError();
      if (amountFen <= 0) return;
      const refund = await createRefund(
        tx,
        payment,
        {
          ...{ kind: 'AUTOMATIC', status: 'PROCESSING', userId: order.userId, isOverpayment, amountFen },
          ...{
            reason: isOverpayment ? DUPLICATE_PAYMENT_REASON : LATE_PAYMENT_REASON,
            decidedAt: now,
            nextCheckAt: now,
          },
        },
        now,
      );
      if (!refund) throw new PaymentChangedError();
      await this.composer.saveRequest(tx, refund, payment);
      const { orderNo, outTradeNo } = refund;
      await this.eventLog.write(tx, {
        ...{ type: 'REFUND_REQUEST', result: 'AUTOMATIC', orderNo, outTradeNo },
        facts: { refundNo: refund.refundNo, amountFen, cause: isOverpayment ? 'PAID_TWICE' : 'PAID_AFTER_CLOSE' },
      });
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
        await reserveStock(tx, order.items, { orderNo, at }, 'REVIVED');
        if (!(await reserveOrderCouponAgain(tx, order))) throw new DomainError('COUPON_NOT_USABLE');
        await this.outbox.write(tx, orderPaidNotification(orderNo));
        await this.eventLog.write(tx, { type: 'ORDER_REVIVED', result: 'DELIVER', orderNo, outTradeNo });
      });
      this.log.log(`Order ${orderNo} was paid after its close and is delivered (LATE_PAYMENT_POLICY=deliver)`);
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
    facts: Partial<PaymentAttempt> = {},
  ): Promise<void> {
    const { id, refundDueFen, refundHeldFen, nextCheckAt } = payment;
    if (nextCheckAt === null) throw new PaymentChangedError();
    const { affected } = await tx.update(
      PaymentAttempt,
      { id, refundDueFen, refundHeldFen, nextCheckAt },
      { nextCheckAt: null, ...facts },
    );
    if (affected !== 1) throw new PaymentChangedError();
  }
}

/** Closed, and nothing of it has been refunded: it can still be delivered. */
function isUntouched(order: Order): boolean {
  return order.status === 'CLOSED' && order.refundStatus === 'NONE' && order.refundedFen === 0;
}

function hasNoRefunds(payment: PaymentAttempt): boolean {
  return payment.refundHeldFen === 0 && payment.refundDueFen === payment.amountFen;
}
