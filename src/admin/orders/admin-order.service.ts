import { Injectable } from '@nestjs/common';
import { type Actor, AuditLog } from '../../audit/audit-log.js';
import { DomainError } from '../../common/problem/domain-error.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { OrderQueryService } from '../../order/order-query.service.js';
import { OnDemandPaymentSync } from '../../payment/status-sync/on-demand-payment-sync.js';
import { UnpaidOrderService } from '../../payment/status-sync/unpaid-order.service.js';
import { PaymentAttempt } from '../../payment/attempt/payment-attempt.entity.js';
import { AdminOrderQueryService } from './admin-order-query.service.js';
import type { AdminOrderView } from './admin-order.view.js';

/**
 * Number of payment attempts that a sync by staff queries, newest first. An order has more only when
 * `MAX_PAYMENT_ATTEMPTS_PER_ORDER` (default 10) is or was above this number.
 */
const MAX_ATTEMPTS_QUERIED = 20;

/** What staff do with one order besides refunds: close it, and query WeChat. */
@Injectable()
export class AdminOrderService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: OrderQueryService,
    private readonly queries: AdminOrderQueryService,
    private readonly unpaidOrders: UnpaidOrderService,
    private readonly paymentSync: OnDemandPaymentSync,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Closes an unpaid order, as its buyer can. Closing a closed order again is not an error.
   * @throws DomainError ORDER_NOT_FOUND; ORDER_NOT_CANCELLABLE when it is paid; WECHAT_UNAVAILABLE while WeChat does
   * not report it as closed: repeat later.
   */
  async closeOrder(actor: Actor, orderNo: string): Promise<AdminOrderView> {
    const [before, after] = [{ status: 'PENDING' }, { status: 'CLOSED' }] as const;
    await this.unpaidOrders.closeForStaff(orderNo, actor.username, (tx) =>
      this.audit.write(tx, { actor, action: 'order.close', subject: orderNo, before, after }),
    );
    return this.queries.getOrder(orderNo);
  }

  /**
   * Queries WeChat for the newest payment attempts in any state, also of a paid order, because a second attempt may have
   * been paid too. Applies the results. Concurrent calls share one query per attempt.
   * @throws DomainError ORDER_NOT_FOUND; WECHAT_UNAVAILABLE when a response was unusable and the order's state did not
   * change.
   */
  async syncWithWechat(orderNo: string): Promise<AdminOrderView> {
    const before = await this.orders.getByNumber(orderNo);
    const attempts = await this.unitOfWork.read((manager) =>
      manager.find(PaymentAttempt, { where: { orderNo }, order: { attemptNo: 'DESC' }, take: MAX_ATTEMPTS_QUERIED }),
    );
    const results = await Promise.all(attempts.map((attempt) => this.paymentSync.sync(attempt)));
    const after = await this.queries.getOrder(orderNo);
    if (after.status === before.status && results.includes('UNKNOWN')) {
      throw new DomainError('WECHAT_UNAVAILABLE', { cause: new Error(`No usable response about ${orderNo}`) });
    }
    return after;
  }
}
