import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Actor, AuditLog } from '../audit/audit-log.js';
import { User } from '../auth/user.entity.js';
import { Clock } from '../common/clock.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { OrderQueryService } from '../order/order-query.service.js';
import { findNewestOutTradeNos } from '../payment/order-event-queries.js';
import { UnpaidOrderService } from '../payment/unpaid-order.service.js';
import { PaymentAttempt } from '../payment/payment-attempt.entity.js';
import { RefusedNoticeLog } from '../payment/refused-notice-log.js';
import { maxRefundableFen } from '../refund/refundable-payment.js';
import { findShownRefunds, sumRefundsByState } from '../refund/refunds-of-order.js';
import { findFirstShipments } from '../shipping/shipments.js';
import { WechatShippingSync } from '../shipping/wechat-shipping-sync.entity.js';
import { findShownEvents, findShownPayments } from './admin-order-list.service.js';
import { adminOrderView, type AdminOrderView } from './admin-order.view.js';

/** Payment attempts per query of WeChat. Only orders older than the limit on attempts can have more. */
const MAX_ATTEMPTS_QUERIED = 20;

/** The columns that determine how much of a payment can still be refunded. */
const REFUNDABLE_COLUMNS = {
  status: true,
  amountFen: true,
  refundHeldFen: true,
  refundCount: true,
  paidAt: true,
} as const;

/** One order for staff, with its payment attempts and timeline. */
@Injectable()
export class AdminOrderService {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: OrderQueryService,
    private readonly unpaidOrders: UnpaidOrderService,
    private readonly audit: AuditLog,
    private readonly refusedNotices: RefusedNoticeLog,
  ) {}

  /** @throws DomainError ORDER_NOT_FOUND. */
  async get(orderNo: string): Promise<AdminOrderView> {
    const order = await this.orders.getByNumber(orderNo);
    return this.unitOfWork.read(async (manager) => {
      const outTradeNos = await findNewestOutTradeNos(manager, orderNo);
      const record = {
        payments: await findShownPayments(manager, orderNo),
        refunds: await findShownRefunds(manager, { orderNo }),
        refundSums: await sumRefundsByState(manager, orderNo),
        refundableFen: await this.refundableFen(manager, orderNo),
        shipments: await findFirstShipments(manager, orderNo),
        shippingSync: await manager.findOneBy(WechatShippingSync, { orderNo }),
        user: await manager.findOneBy(User, { id: order.userId }),
        events: await findShownEvents(manager, { orderNo, outTradeNos }),
        refusedNotices: await this.refusedNotices.findByPayments(manager, outTradeNos),
      };
      return adminOrderView(order, record);
    });
  }

  /** Counts all paid payment attempts, including those not shown. */
  private async refundableFen(manager: EntityManager, orderNo: string): Promise<number> {
    const paid = await manager.find(PaymentAttempt, { select: REFUNDABLE_COLUMNS, where: { orderNo, status: 'PAID' } });
    return maxRefundableFen(paid, this.clock.now());
  }

  /**
   * Closes an unpaid order, as its buyer can. Closing a closed order again is not an error.
   * @throws DomainError ORDER_NOT_FOUND; ORDER_NOT_CANCELLABLE when it is paid; WECHAT_UNAVAILABLE while WeChat does not
   * report it as closed: repeat later.
   */
  async close(actor: Actor, orderNo: string): Promise<AdminOrderView> {
    const [before, after] = [{ status: 'PENDING' }, { status: 'CLOSED' }] as const;
    await this.unpaidOrders.closeForStaff(orderNo, actor.username, (tx) =>
      this.audit.write(tx, { actor, action: 'order.close', subject: orderNo, before, after }),
    );
    return this.get(orderNo);
  }

  /**
   * Queries WeChat for the payment attempts and applies the results.
   * @throws DomainError ORDER_NOT_FOUND or WECHAT_UNAVAILABLE.
   */
  async syncWithWechat(orderNo: string): Promise<AdminOrderView> {
    await this.unpaidOrders.sync(await this.orders.getByNumber(orderNo), MAX_ATTEMPTS_QUERIED);
    return this.get(orderNo);
  }
}
