import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { LONGEST_ORDER_TTL_SECONDS, Settings } from '../config/settings.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Order } from '../order/order.entity.js';
import { Orders } from '../order/orders.js';
import { OrderClosing } from '../payment/order-closing.js';
import { DueWork } from './due-work.js';
import { gapAfter, leaseMs, longestWaitMs, nextDates } from './lease-time.js';

/** Closes orders whose time is up, through WeChat: query, closeorder, query, and only then here. */
@Injectable()
export class OrderExpiryJob {
  readonly due: DueWork<Order>;
  /** Milliseconds. */
  private readonly longestLifeMs: number;

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: Orders,
    private readonly closing: OrderClosing,
  ) {
    this.longestLifeMs = longestWaitMs([...settings.QUERY_BACKOFF_SECONDS, LONGEST_ORDER_TTL_SECONDS]);
    this.due = new DueWork<Order>(clock, unitOfWork, {
      name: OrderExpiryJob.name,
      entity: Order,
      leaseMs: leaseMs(settings),
      longestWaitMs: this.longestLifeMs,
      work: (order) => this.expire(order.orderNo),
    });
  }

  private async expire(orderNo: string): Promise<void> {
    const order = await this.orders.byNumber(orderNo);
    if (order.status !== 'PENDING') return;
    if (order.expiresAt.getTime() > this.clock.now().getTime() + this.longestLifeMs) return this.giveUsualLife(order);
    const end = await this.closing.close(order, { reason: 'EXPIRED' });
    if (end === 'CLOSED' || end === 'PAID') return;
    const closeTries = order.closeTries + 1;
    const dates = nextDates(this.clock, gapAfter(this.settings, closeTries), end !== 'UNANSWERED');
    const facts = { closeTries, ...dates };
    await this.unitOfWork.run((tx) => tx.update(Order, { orderNo, status: 'PENDING' }, facts));
  }

  /** Placed while the clock was wrong. Its true age is unknown, so its buyer gets the usual time from now on. */
  private async giveUsualLife({ orderNo, expiresAt }: Order): Promise<void> {
    const end = this.clock.in(this.settings.ORDER_TTL_SECONDS);
    const asRead = { orderNo, expiresAt, status: 'PENDING' as const };
    await this.unitOfWork.run((tx) => tx.update(Order, asRead, { expiresAt: end, nextCheckAt: end }));
  }
}
