import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { MAX_ORDER_TTL_SECONDS, Settings } from '../config/settings.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Order } from '../order/order.entity.js';
import { OrderQueryService } from '../order/order-query.service.js';
import { OrderCloser } from '../payment/order-closer.js';
import { LeasedJobRunner } from './leased-job-runner.js';
import { gapAfterCheck, paymentLeaseMs, maxWaitMs, nextCheckDates } from './check-timing.js';

/** Closes expired orders, first at WeChat (orderquery, closeorder, orderquery), then here. */
@Injectable()
export class OrderExpiryJob {
  readonly runner: LeasedJobRunner<Order>;
  /** Milliseconds. */
  private readonly maxTtlMs: number;

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: OrderQueryService,
    private readonly orderCloser: OrderCloser,
  ) {
    this.maxTtlMs = maxWaitMs([...settings.QUERY_BACKOFF_SECONDS, MAX_ORDER_TTL_SECONDS]);
    this.runner = new LeasedJobRunner<Order>(clock, unitOfWork, {
      name: OrderExpiryJob.name,
      entity: Order,
      leaseMs: paymentLeaseMs(settings),
      maxWaitMs: this.maxTtlMs,
      work: (order) => this.expire(order.orderNo),
    });
  }

  private async expire(orderNo: string): Promise<void> {
    const order = await this.orders.getByNumber(orderNo);
    if (order.status !== 'PENDING') return;
    if (order.expiresAt.getTime() > this.clock.now().getTime() + this.maxTtlMs) return this.resetExpiry(order);
    const end = await this.orderCloser.close(order, { reason: 'EXPIRED' });
    if (end === 'CLOSED' || end === 'PAID') return;
    const closeAttempts = order.closeAttempts + 1;
    const dates = nextCheckDates(this.clock, gapAfterCheck(this.settings, closeAttempts), end !== 'UNANSWERED');
    const facts = { closeAttempts, ...dates };
    await this.unitOfWork.run((tx) => tx.update(Order, { orderNo, status: 'PENDING' }, facts));
  }

  /** For an order placed while the clock was wrong. Its age is unknown, so the buyer gets the full time limit from now on. */
  private async resetExpiry({ orderNo, expiresAt }: Order): Promise<void> {
    const end = this.clock.secondsFromNow(this.settings.ORDER_TTL_SECONDS);
    const unchanged = { orderNo, expiresAt, status: 'PENDING' as const };
    await this.unitOfWork.run((tx) => tx.update(Order, unchanged, { expiresAt: end, nextCheckAt: end }));
  }
}
