import { Injectable, Logger } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { releaseStock } from '../catalog/stock.js';
import { Clock } from '../common/time/clock.js';
import { Metrics } from '../common/metrics/metrics.js';
import { defineCounter } from '../common/metrics/metric-definitions.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { releaseOrderCoupon } from '../coupon/order-coupon.js';
import { stockLinesOf } from '../order/order-returns.js';
import { moveOrder } from '../order/order-moves.js';
import type { CloseReason, Order } from '../order/order.entity.js';
import { type CloseAttemptResult, PaymentAttemptCloser } from './attempt/payment-attempt-closer.js';
import { OrderEventLog } from './event-log/order-event-log.js';
import { OPEN_ATTEMPT_STATUSES, PaymentAttempt } from './attempt/payment-attempt.entity.js';

const ORDERS_CLOSED = defineCounter({
  name: 'orders_closed_total',
  help: 'Orders closed unpaid, by reason',
  labelNames: ['reason'],
  series: (['CANCELLED', 'EXPIRED'] as const).map((reason) => ({ reason })),
});

/** Why and by whom an order is closed. */
export interface CloseOrderInput {
  reason: CloseReason;
  /** Username of the staff member who closes it, for the timeline. */
  closedBy?: string | undefined;
  /** Runs in the transaction of the close, only if this call closes the order. */
  inTransaction?: ((tx: EntityManager) => Promise<void>) | undefined;
}

/**
 * Closes an unpaid order: first every attempt at WeChat, then the order here together with the release of stock and
 * coupon. A crash between two steps leaves a PENDING order, for which the expiry job repeats the steps.
 */
@Injectable()
export class OrderCloser {
  private readonly log = new Logger(OrderCloser.name);

  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly attemptCloser: PaymentAttemptCloser,
    private readonly eventLog: OrderEventLog,
    private readonly metrics: Metrics,
  ) {}

  /**
   * May be repeated and run concurrently.
   * @param order as read before the first query to WeChat, with its items.
   */
  async close(order: Order, { reason, closedBy, inTransaction }: CloseOrderInput): Promise<CloseAttemptResult> {
    const open = await this.unitOfWork.read((manager) =>
      manager.findBy(PaymentAttempt, { orderNo: order.orderNo, status: In(OPEN_ATTEMPT_STATUSES) }),
    );
    for (const attempt of open) {
      const end = await this.attemptCloser.close(attempt);
      if (end !== 'CLOSED') return end;
    }
    return (await this.closeOrder(order, { reason, closedBy, inTransaction })) ? 'CLOSED' : 'STILL_OPEN';
  }

  /** False when the order was paid or closed, or a new attempt was created, since it was read. */
  private async closeOrder(
    order: Order,
    { reason: closeReason, closedBy, inTransaction }: CloseOrderInput,
  ): Promise<boolean> {
    const { orderNo, attemptCount, items } = order;
    const closedAt = this.clock.now();
    const isClosed = await this.unitOfWork.run(async (tx) => {
      const move = { from: 'PENDING', to: 'CLOSED', attemptCount, closeReason, closedAt } as const;
      if (!(await moveOrder(tx, orderNo, move))) return false;
      await releaseStock(tx, stockLinesOf(items), { orderNo, at: closedAt });
      await releaseOrderCoupon(tx, order);
      await this.eventLog.write(tx, { type: 'ORDER_CLOSED', result: closeReason, orderNo, data: { actor: closedBy } });
      await inTransaction?.(tx);
      return true;
    });
    if (!isClosed) return false;
    this.metrics.increment(ORDERS_CLOSED, { reason: closeReason });
    this.log.log(`Order ${orderNo} closed (${closeReason.toLowerCase()}), stock released`);
    return true;
  }
}
