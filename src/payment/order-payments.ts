import { Injectable } from '@nestjs/common';
import { Not } from 'typeorm';
import { DomainError } from '../common/domain-error.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { Order } from '../order/order.entity.js';
import { Orders } from '../order/orders.js';
import { OrderClosing } from './order-closing.js';
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
    const order = await this.orders.ofUser(userId, orderNo);
    if (order.status === 'PENDING') await this.closing.close(order, 'CANCELLED');
    const after = await this.orders.ofUser(userId, orderNo);
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
