import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { DomainError } from '../../common/problem/domain-error.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { Order } from '../../order/order.entity.js';
import { OrderQueryService } from '../../order/order-query.service.js';
import { type CloseOrderInput, OrderCloser } from '../order-closer.js';
import { OnDemandPaymentSync } from './on-demand-payment-sync.js';
import { OPEN_ATTEMPT_STATUSES, PaymentAttempt } from '../attempt/payment-attempt.entity.js';

/** Newest closed attempts that one sync queries. Older ones were queried before they were closed. */
const MAX_CLOSED_ATTEMPTS = 3;

/** Cancels unpaid orders and synchronizes them with WeChat on request. */
@Injectable()
export class UnpaidOrderService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: OrderQueryService,
    private readonly orderCloser: OrderCloser,
    private readonly paymentSync: OnDemandPaymentSync,
  ) {}

  /**
   * Closes the order at WeChat, then here. May be repeated: a closed order is returned as it is.
   * @throws DomainError ORDER_NOT_CANCELLABLE when it is paid, also if it is paid during the call; WECHAT_UNAVAILABLE
   * when WeChat does not report it as closed yet: the order stays PENDING and keeps its stock.
   */
  async cancel(userId: string, orderNo: string): Promise<Order> {
    return this.closeUnpaid(await this.orders.getForUser(userId, orderNo));
  }

  /**
   * Same as `cancel`, for staff.
   * @param closedBy username of the staff member, for the timeline.
   * @param inTransaction runs in the transaction of the close; does not run if the order was closed before.
   */
  async closeForStaff(
    orderNo: string,
    closedBy: string,
    inTransaction: (tx: EntityManager) => Promise<void>,
  ): Promise<Order> {
    return this.closeUnpaid(await this.orders.getByNumber(orderNo), { closedBy, inTransaction });
  }

  private async closeUnpaid(
    order: Order,
    staff: Pick<CloseOrderInput, 'closedBy' | 'inTransaction'> = {},
  ): Promise<Order> {
    const { orderNo } = order;
    if (order.status === 'PENDING') await this.orderCloser.close(order, { reason: 'CANCELLED', ...staff });
    const after = await this.orders.getByNumber(orderNo);
    switch (after.status) {
      case 'CLOSED':
        return after;
      case 'PAID':
        throw new DomainError('ORDER_NOT_CANCELLABLE', { params: { orderNo, state: 'PAID' } });
      case 'PENDING':
        throw new DomainError('WECHAT_UNAVAILABLE', { cause: new Error(`${orderNo} is not closed at WeChat yet`) });
    }
  }

  /**
   * Queries WeChat for the open attempts and the newest closed ones. It does so for a closed order too, to find late
   * payments. A paid order is returned without a query. Concurrent calls share one query per attempt.
   * @throws DomainError ORDER_NOT_FOUND, or WECHAT_UNAVAILABLE when a response was unusable and the order is still
   * PENDING.
   */
  async sync(order: Order): Promise<Order> {
    const { orderNo } = order;
    if (order.status === 'PAID') return order;
    const unpaid = await this.findUnpaidAttempts(orderNo);
    const results = await Promise.all(unpaid.map((attempt) => this.paymentSync.sync(attempt)));
    const after = await this.orders.getByNumber(orderNo);
    if (after.status === 'PENDING' && results.includes('UNKNOWN')) {
      throw new DomainError('WECHAT_UNAVAILABLE', { cause: new Error(`No usable response about ${orderNo}`) });
    }
    return after;
  }

  private findUnpaidAttempts(orderNo: string): Promise<PaymentAttempt[]> {
    return this.unitOfWork.read(async (manager) => {
      const open = await manager.findBy(PaymentAttempt, { orderNo, status: In(OPEN_ATTEMPT_STATUSES) });
      const where = { orderNo, status: 'CLOSED' as const };
      const closed = await manager.find(PaymentAttempt, {
        where,
        order: { attemptNo: 'DESC' },
        take: MAX_CLOSED_ATTEMPTS,
      });
      return [...open, ...closed];
    });
  }
}
