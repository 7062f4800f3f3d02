import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { DomainError } from '../common/domain-error.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { Order } from '../order/order.entity.js';
import { Orders } from '../order/orders.js';
import { type OrderClose, OrderClosing } from './order-closing.js';
import { PaymentSync } from './payment-sync.js';
import { OPEN_STATUSES, Payment } from './payment.entity.js';

/** Closed attempts that one sync asks about: money for an older one is found by its last scheduled question. */
const MAX_CLOSED_ATTEMPTS = 3;

/** What a person may ask of an order's payments besides paying: to give up, or to look again. */
@Injectable()
export class OrderPayments {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: Orders,
    private readonly closing: OrderClosing,
    private readonly paymentSync: PaymentSync,
  ) {}

  /**
   * Closes the order at WeChat, then here. Cancelling a closed order again is no error.
   * @throws DomainError ORDER_NOT_CANCELLABLE when it is paid, also when the payment won the race; WECHAT_UNAVAILABLE
   * when WeChat does not call it closed yet: the order stays as it is then, stock included.
   */
  async cancel(userId: string, orderNo: string): Promise<Order> {
    return this.closeUnpaid(await this.orders.ofUser(userId, orderNo));
  }

  /**
   * As `cancel`, for staff.
   * @param by the name of the member of staff, for the time line.
   * @param also done in the transaction of the close, and not at all when the order was closed before.
   */
  async closeForStaff(orderNo: string, by: string, also: (tx: EntityManager) => Promise<void>): Promise<Order> {
    return this.closeUnpaid(await this.orders.byNumber(orderNo), { by, also });
  }

  private async closeUnpaid(order: Order, staff: Pick<OrderClose, 'by' | 'also'> = {}): Promise<Order> {
    const { orderNo } = order;
    if (order.status === 'PENDING') await this.closing.close(order, { reason: 'CANCELLED', ...staff });
    const after = await this.orders.byNumber(orderNo);
    switch (after.status) {
      case 'CLOSED':
        return after;
      case 'PAID':
        throw new DomainError('ORDER_NOT_CANCELLABLE', { facts: { orderNo, state: 'PAID' } });
      case 'PENDING':
        throw new DomainError('WECHAT_UNAVAILABLE', { cause: new Error(`${orderNo} is not closed at WeChat yet`) });
    }
  }

  /**
   * Asks WeChat about the open attempts and the newest closed ones; for a closed order too, because late money must be
   * found. Calls at once share one question about each attempt.
   * @param maxClosed how many closed attempts are asked about.
   * @throws DomainError ORDER_NOT_FOUND, or WECHAT_UNAVAILABLE when an answer was no use and the order is still pending.
   */
  async sync(order: Order, maxClosed = MAX_CLOSED_ATTEMPTS): Promise<Order> {
    const { orderNo } = order;
    if (order.status === 'PAID') return order;
    const unpaid = await this.unpaidAttempts(orderNo, maxClosed);
    const answers = await Promise.all(unpaid.map((attempt) => this.paymentSync.ask(attempt)));
    const after = await this.orders.byNumber(orderNo);
    if (after.status === 'PENDING' && answers.includes('UNKNOWN')) {
      throw new DomainError('WECHAT_UNAVAILABLE', { cause: new Error(`No usable answer about ${orderNo}`) });
    }
    return after;
  }

  private unpaidAttempts(orderNo: string, maxClosed: number): Promise<Payment[]> {
    return this.unitOfWork.read(async (manager) => {
      const open = await manager.findBy(Payment, { orderNo, status: In(OPEN_STATUSES) });
      const where = { orderNo, status: 'CLOSED' as const };
      const closed = await manager.find(Payment, { where, order: { attemptNo: 'DESC' }, take: maxClosed });
      return [...open, ...closed];
    });
  }
}
