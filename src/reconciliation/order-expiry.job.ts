import { Injectable } from '@nestjs/common';
import { ClockMonitor } from '../common/time/clock-monitor.js';
import { Clock } from '../common/time/clock.js';
import { MAX_ORDER_TTL_SECONDS, Settings } from '../config/settings.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Order } from '../order/order.entity.js';
import { OrderQueryService } from '../order/order-query.service.js';
import { noteOrderChange } from '../outbox/changes/note-change.js';
import { OrderCloser } from '../payment/order-closer.js';
import { backOffSeconds, maxWaitMs, nextCheckDates } from '../jobs/back-off.js';
import { LeasedJob } from '../jobs/leased-job.js';
import { paymentLeaseMs } from '../payment/attempt/payment-leases.js';

/** Closes expired orders, first at WeChat (query, close, query), then here. */
@Injectable()
export class OrderExpiryJob extends LeasedJob<Order> {
  readonly task = 'order-expiry';
  /** Milliseconds. */
  private readonly maxTtlMs: number;

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly clockMonitor: ClockMonitor,
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: OrderQueryService,
    private readonly orderCloser: OrderCloser,
  ) {
    const maxTtlMs = maxWaitMs([...settings.QUERY_BACKOFF_SECONDS, MAX_ORDER_TTL_SECONDS]);
    super(settings, clock, unitOfWork, { entity: Order, leaseMs: paymentLeaseMs(settings), maxWaitMs: maxTtlMs });
    this.maxTtlMs = maxTtlMs;
  }

  /** Skipped while the clock is not trusted, because a closed order cannot be paid any more. */
  override async run(): Promise<void> {
    if (this.clockMonitor.untrustedReason !== null && !this.clock.areJumpsDeliberate) return;
    await super.run();
  }

  protected override async work({ orderNo }: Order): Promise<void> {
    const order = await this.orders.getByNumber(orderNo);
    if (order.status !== 'PENDING') return;
    if (order.expiresAt.getTime() > this.clock.now().getTime() + this.maxTtlMs) return this.resetExpiry(order);
    const end = await this.orderCloser.close(order, { reason: 'EXPIRED' });
    if (end === 'CLOSED' || end === 'PAID') return;
    const closeAttempts = order.closeAttempts + 1;
    const dates = nextCheckDates(
      this.clock,
      backOffSeconds(this.settings.QUERY_BACKOFF_SECONDS, closeAttempts),
      end !== 'UNANSWERED',
    );
    const changes = { closeAttempts, ...dates };
    await this.unitOfWork.run((tx) => tx.update(Order, { orderNo, status: 'PENDING' }, changes));
  }

  /** For an order placed while the clock was wrong. Its age is unknown, so the buyer gets the full time limit from now on. */
  private async resetExpiry({ orderNo, expiresAt }: Order): Promise<void> {
    const end = this.clock.secondsFromNow(this.settings.ORDER_TTL_SECONDS);
    const unchanged = { orderNo, expiresAt, status: 'PENDING' as const };
    await this.unitOfWork.run(async (tx) => {
      const { affected } = await tx.update(Order, unchanged, { expiresAt: end, nextCheckAt: end });
      if (affected === 1) noteOrderChange(tx, orderNo, 'order.updated');
    });
  }
}
