import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { reserveStock } from '../catalog/stock.js';
import { Clock } from '../common/clock.js';
import { DomainError } from '../common/domain-error.js';
import type { ProblemCode } from '../common/problem-catalog.js';
import { Settings } from '../config/settings.js';
import { releaseClaim } from '../database/claim-due.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { takeCouponAgain } from '../order/order-coupon.js';
import { orderPaidNews } from '../order/buyer-news.js';
import { moveOrder, staysAsRead } from '../order/order-moves.js';
import type { Order } from '../order/order.entity.js';
import { Orders } from '../order/orders.js';
import { Outbox } from '../outbox/outbox.js';
import { PaymentJournal } from '../payment/payment-journal.js';
import { Payment } from '../payment/payment.entity.js';
import { openRefund } from './opening.js';
import { RefundRequestComposer } from './refund-request-composer.js';

/** What the payer reads. */
const TOO_LATE = '订单已关闭，款项自动退回';
const TWICE = '订单重复支付，多付款项自动退回';

/** What a closed order gave back, and cannot have again. */
const GONE: readonly ProblemCode[] = ['OUT_OF_STOCK', 'PRODUCT_NOT_FOUND', 'COUPON_NOT_USABLE'];

/** The payment or its order changed since it was read: the transaction must not commit, and both are read again. */
class ChangedMeanwhile extends Error {}

/** Readings of one payment before it waits for the next tick. Each further one means that something else changed it. */
const MAX_READINGS = 5;

/**
 * Deals with money that came too late or twice: it is given back by itself, exactly once, or, where the shop wants that,
 * a closed order is delivered after all while its goods and its coupon are still there.
 */
@Injectable()
export class OwedMoney {
  private readonly log = new Logger(OwedMoney.name);

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: Orders,
    private readonly journal: PaymentJournal,
    private readonly composer: RefundRequestComposer,
    private readonly outbox: Outbox,
  ) {}

  /**
   * When another payment of the order, or staff, were faster, it decides again at once by what is true then.
   * @param payment that carries `owedBackFen` and whose lease the caller holds. Safe to repeat.
   */
  async settle(payment: Payment): Promise<void> {
    let current: Payment | null = payment;
    for (let reading = 1; current !== null; reading++) {
      if (await this.settleAsRead(current)) return;
      if (reading === MAX_READINGS) return this.waitForNextTick(current);
      current = await this.readAgain(payment);
    }
  }

  /** False when payment or order changed since they were read; nothing has happened then. */
  private async settleAsRead(payment: Payment): Promise<boolean> {
    const order = await this.orders.byNumber(payment.orderNo);
    const mayDeliver = this.settings.LATE_PAYMENT_POLICY === 'deliver' && isUntouched(order) && isWhole(payment);
    try {
      if (!mayDeliver || !(await this.deliver(order, payment))) await this.giveBack(order, payment);
      return true;
    } catch (error) {
      if (error instanceof ChangedMeanwhile) return false;
      throw error;
    }
  }

  /** Null when the lease is no longer ours: another worker deals with the money. */
  private readAgain({ id, nextCheckAt }: Payment): Promise<Payment | null> {
    if (nextCheckAt === null) return Promise.resolve(null);
    return this.unitOfWork.read((manager) => manager.findOneBy(Payment, { id, nextCheckAt }));
  }

  private async waitForNextTick(payment: Payment): Promise<void> {
    await this.unitOfWork.run((tx) => releaseClaim(tx, Payment, payment, this.clock.now()));
  }

  /** The refund begins in the very transaction that ends the debt. */
  private async giveBack(order: Order, payment: Payment): Promise<void> {
    const amountFen = payment.owedBackFen - payment.refundHeldFen; // staff may have been faster with a part of it
    const now = this.clock.now();
    const isSurplus = order.status === 'PAID';
    await this.unitOfWork.run(async (tx) => {
      await this.endWaiting(tx, payment);
      if (!(await staysAsRead(tx, order))) throw new ChangedMeanwhile();
      if (amountFen <= 0) return;
      const refund = await openRefund(
        tx,
        payment,
        {
          ...{ kind: 'AUTOMATIC', status: 'PROCESSING', userId: order.userId, isSurplus, amountFen },
          ...{ reason: isSurplus ? TWICE : TOO_LATE, decidedAt: now, nextCheckAt: now },
        },
        now,
      );
      if (!refund) throw new ChangedMeanwhile();
      await this.composer.compose(tx, refund, payment);
      const { orderNo, outTradeNo } = refund;
      await this.journal.write(tx, {
        ...{ type: 'REFUND_REQUEST', result: 'AUTOMATIC', orderNo, outTradeNo },
        facts: { refundNo: refund.refundNo, amountFen, cause: isSurplus ? 'PAID_TWICE' : 'PAID_AFTER_CLOSE' },
      });
    });
  }

  /** False when the goods are gone, or the coupon was used elsewhere; nothing has changed then. */
  private async deliver(order: Order, payment: Payment): Promise<boolean> {
    const { orderNo, outTradeNo, transactionId, paidAt, amountFen: paidFen } = payment;
    if (transactionId === null || paidAt === null) return false;
    const at = this.clock.now();
    try {
      await this.unitOfWork.run(async (tx) => {
        await this.endWaiting(tx, payment, { owedBackFen: 0 });
        const reopened = { closeReason: null, closedAt: null, refundStatus: 'NONE' } as const;
        const move = { from: 'CLOSED', to: 'PAID', paidFen, transactionId, paidAt, ...reopened } as const;
        if (!(await moveOrder(tx, orderNo, move))) throw new ChangedMeanwhile();
        await reserveStock(tx, order.items, { orderNo, at }, 'REVIVED');
        if (!(await takeCouponAgain(tx, order))) throw new DomainError('COUPON_NOT_USABLE');
        await this.outbox.write(tx, orderPaidNews(orderNo));
        await this.journal.write(tx, { type: 'ORDER_REVIVED', result: 'DELIVER', orderNo, outTradeNo });
      });
      this.log.log(`Order ${orderNo} was paid after its close and is delivered all the same`);
      return true;
    } catch (error) {
      if (error instanceof DomainError && GONE.includes(error.code)) return false;
      throw error;
    }
  }

  /** Compare-and-set on what was read: the one caller that ends the waiting deals with the money. */
  private async endWaiting(tx: EntityManager, payment: Payment, facts: Partial<Payment> = {}): Promise<void> {
    const { id, owedBackFen, refundHeldFen, nextCheckAt } = payment;
    if (nextCheckAt === null) throw new ChangedMeanwhile();
    const { affected } = await tx.update(
      Payment,
      { id, owedBackFen, refundHeldFen, nextCheckAt },
      { nextCheckAt: null, ...facts },
    );
    if (affected !== 1) throw new ChangedMeanwhile();
  }
}

/** Closed, and nothing of it has been given back: it can still be delivered. */
function isUntouched(order: Order): boolean {
  return order.status === 'CLOSED' && order.refundStatus === 'NONE' && order.refundedFen === 0;
}

function isWhole(payment: Payment): boolean {
  return payment.refundHeldFen === 0 && payment.owedBackFen === payment.amountFen;
}
