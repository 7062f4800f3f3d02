import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { Settings } from '../config/settings.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Order } from '../order/order.entity.js';
import { Orders } from '../order/orders.js';
import { OrderClosing } from '../payment/order-closing.js';
import { DueWork } from './due-work.js';
import { gapAfter, leaseMs } from './lease-time.js';

/** Closes orders whose time is up, through WeChat: query, closeorder, query, and only then here. */
@Injectable()
export class OrderExpiryJob {
  readonly due: DueWork<Order>;

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: Orders,
    private readonly closing: OrderClosing,
  ) {
    this.due = new DueWork<Order>(clock, unitOfWork, {
      name: OrderExpiryJob.name,
      entity: Order,
      leaseMs: leaseMs(settings),
      work: (order) => this.expire(order.orderNo),
    });
  }

  private async expire(orderNo: string): Promise<void> {
    const order = await this.orders.byNumber(orderNo);
    if (order.status !== 'PENDING') return;
    if ((await this.closing.close(order, { reason: 'EXPIRED' })) !== 'STILL_OPEN') return;
    const closeTries = order.closeTries + 1;
    const facts = { closeTries, nextCheckAt: this.clock.in(gapAfter(this.settings, closeTries)) };
    await this.unitOfWork.run((tx) => tx.update(Order, { orderNo, status: 'PENDING' }, facts));
  }
}
