import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Actor, AuditLog } from '../audit/audit-log.js';
import { User } from '../auth/user.entity.js';
import { Clock } from '../common/clock.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Orders } from '../order/orders.js';
import { newestNumbersOf } from '../payment/believed-events.js';
import { OrderPayments } from '../payment/order-payments.js';
import { Payment } from '../payment/payment.entity.js';
import { RefusedNotices } from '../payment/refused-notices.js';
import { mostRefundableFen } from '../refund/refundable-payment.js';
import { showRefunds, sumRefundsOf } from '../refund/refunds-of-order.js';
import { showShipments } from '../shipping/shipments.js';
import { ShippingDuty } from '../shipping/shipping-duty.entity.js';
import { showEvents, showPayments } from './admin-order-lists.js';
import { adminOrderView, type AdminOrderView } from './admin-order.view.js';

/** Attempts that staff ask about at once: all of an order's, unless it is older than the limit on attempts. */
const MAX_ATTEMPTS_ASKED = 20;

/** What decides how much of a payment may still be refunded. */
const REFUNDABLE_PART = {
  status: true,
  amountFen: true,
  refundHeldFen: true,
  refundCount: true,
  paidAt: true,
} as const;

/** One order as staff look at it: with its attempts to pay and its time line. */
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
      const outTradeNos = await newestNumbersOf(manager, orderNo);
      const record = {
        payments: await showPayments(manager, orderNo),
        refunds: await showRefunds(manager, { orderNo }),
        refundSums: await sumRefundsOf(manager, orderNo),
        refundableFen: await this.refundableFen(manager, orderNo),
        shipments: await showShipments(manager, orderNo),
        duty: await manager.findOneBy(ShippingDuty, { orderNo }),
        user: await manager.findOneBy(User, { id: order.userId }),
        events: await showEvents(manager, { orderNo, outTradeNos }),
        refusedNotices: await this.refused.ofPayments(manager, outTradeNos),
      };
      return adminOrderView(order, record);
    });
  }

  /** Of all payments that money came for, also of those that are not shown. */
  private async refundableFen(manager: EntityManager, orderNo: string): Promise<number> {
    const paid = await manager.find(Payment, { select: REFUNDABLE_PART, where: { orderNo, status: 'PAID' } });
    return mostRefundableFen(paid, this.clock.now());
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
