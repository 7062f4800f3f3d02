import { Injectable } from '@nestjs/common';
import { type EntityManager, Not } from 'typeorm';
import { DomainError } from '../common/domain-error.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { Order } from '../order/order.entity.js';
import { Orders } from '../order/orders.js';
import { type OrderClose, OrderClosing } from './order-closing.js';
import { PaymentInquiry } from './payment-inquiry.js';
import { Payment } from './payment.entity.js';

/** What a person may ask of an order's payments besides paying: to give up, or to look again. */
@Injectable()
export class OrderPayments {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: Orders,
    private readonly closing: OrderClosing,
    private readonly inquiry: PaymentInquiry,
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
    return this.closeUnpaid(await this.orders.byNumber(orderNo), { by: `by ${by}`, also });
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
   * Asks WeChat about every attempt that is not known to be paid; a closed order too, because late money must be found.
   * @throws DomainError ORDER_NOT_FOUND, or WECHAT_UNAVAILABLE when an answer was no use and the order is still pending.
   */
  async sync(order: Order): Promise<Order> {
    const { orderNo } = order;
    if (order.status === 'PAID') return order;
    const unpaid = await this.unitOfWork.read((manager) => manager.findBy(Payment, { orderNo, status: Not('PAID') }));
    const answers = await Promise.all(unpaid.map((attempt) => this.inquiry.ask(attempt, 'sync')));
    const after = await this.orders.byNumber(orderNo);
    if (after.status === 'PENDING' && answers.includes('UNKNOWN')) {
      throw new DomainError('WECHAT_UNAVAILABLE', { cause: new Error(`No usable answer about ${orderNo}`) });
    }
    return after;
  }
}
