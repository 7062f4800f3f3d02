import { Injectable } from '@nestjs/common';
import { type Actor, AuditLog } from '../audit/audit-log.js';
import { User } from '../auth/user.entity.js';
import { Clock } from '../common/clock.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Orders } from '../order/orders.js';
import { believedEventsOf } from '../payment/believed-events.js';
import { OrderPayments } from '../payment/order-payments.js';
import { PaymentEvent } from '../payment/payment-event.entity.js';
import { Payment } from '../payment/payment.entity.js';
import { RefusedNotices } from '../payment/refused-notices.js';
import { Refund } from '../refund/refund.entity.js';
import { withReturnItems } from '../refund/refunds.js';
import { Shipment } from '../shipping/shipment.entity.js';
import { ShippingDuty } from '../shipping/shipping-duty.entity.js';
import { adminOrderView, type AdminOrderView } from './admin-order.view.js';

/** Attempts that staff ask about at once: all of an order's, unless it is older than the limit on attempts. */
const MAX_ATTEMPTS_ASKED = 20;
const EVENTS_SHOWN = 1000;

/** One order as staff look at it: with every attempt to pay it and its time line. */
@Injectable()
export class AdminOrders {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: Orders,
    private readonly payments: OrderPayments,
    private readonly audit: AuditLog,
    private readonly refused: RefusedNotices,
  ) {}

  /** @throws DomainError ORDER_NOT_FOUND. */
  async show(orderNo: string): Promise<AdminOrderView> {
    const order = await this.orders.byNumber(orderNo);
    return this.unitOfWork.read(async (manager) => {
      const payments = await manager.find(Payment, { where: { orderNo }, order: { attemptNo: 'ASC' } });
      const numbers = payments.map(({ outTradeNo }) => outTradeNo);
      const where = believedEventsOf(orderNo, numbers);
      const events = await manager.find(PaymentEvent, { where, order: { id: 'DESC' }, take: EVENTS_SHOWN });
      const refusedNotices = await this.refused.ofPayments(manager, numbers);
      const refunds = await withReturnItems(
        manager,
        await manager.find(Refund, { where: { orderNo }, order: { id: 'ASC' } }),
      );
      const shipments = await manager.find(Shipment, { where: { orderNo }, order: { shipmentNo: 'ASC' } });
      const duty = await manager.findOneBy(ShippingDuty, { orderNo });
      const user = await manager.findOneBy(User, { id: order.userId });
      const record = { payments, refunds, shipments, duty, user, events: events.reverse(), refusedNotices };
      return adminOrderView(order, record, this.clock.now());
    });
  }

  /**
   * Closes an unpaid order as its buyer could. Closing a closed order again is no error.
   * @throws DomainError ORDER_NOT_FOUND; ORDER_NOT_CANCELLABLE when it is paid; WECHAT_UNAVAILABLE when WeChat does not
   * call it closed yet: repeat later.
   */
  async close(actor: Actor, orderNo: string): Promise<AdminOrderView> {
    const [before, after] = [{ status: 'PENDING' }, { status: 'CLOSED' }] as const;
    await this.payments.closeForStaff(orderNo, actor.username, (tx) =>
      this.audit.write(tx, { actor, action: 'order.close', subject: orderNo, before, after }),
    );
    return this.show(orderNo);
  }

  /** Asks WeChat now about every attempt and applies the answers. @throws DomainError ORDER_NOT_FOUND or WECHAT_UNAVAILABLE. */
  async query(orderNo: string): Promise<AdminOrderView> {
    await this.payments.sync(await this.orders.byNumber(orderNo), MAX_ATTEMPTS_ASKED);
    return this.show(orderNo);
  }
}
