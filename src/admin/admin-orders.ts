import { Injectable } from '@nestjs/common';
import { type FindOptionsWhere, In } from 'typeorm';
import type { Page } from '../common/paging.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Order } from '../order/order.entity.js';
import type { OrderView } from '../order/order.view.js';
import { orderFilter, Orders } from '../order/orders.js';
import { OrderPayments } from '../payment/order-payments.js';
import { PaymentEvent } from '../payment/payment-event.entity.js';
import { Payment } from '../payment/payment.entity.js';
import { Refund } from '../refund/refund.entity.js';
import { AdminOrderQuery } from './admin-order.dto.js';
import { adminOrderView, type AdminOrderView } from './admin-order.view.js';

const EVENTS_SHOWN = 1000;

/** Orders as staff look at them: all of them, by any number a person may hold, with their time line. */
@Injectable()
export class AdminOrders {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: Orders,
    private readonly payments: OrderPayments,
  ) {}

  async list(query: AdminOrderQuery): Promise<Page<OrderView> & { total?: number }> {
    const only = await this.conditions(query);
    const page = await this.orders.list(query, only);
    if (!query.withTotal) return page;
    const where = orderFilter(query, only);
    return { ...page, total: await this.unitOfWork.read((manager) => manager.countBy(Order, where)) };
  }

  /** @throws DomainError ORDER_NOT_FOUND. */
  async show(orderNo: string): Promise<AdminOrderView> {
    const order = await this.orders.byNumber(orderNo);
    return this.unitOfWork.read(async (manager) => {
      const payments = await manager.find(Payment, { where: { orderNo }, order: { attemptNo: 'ASC' } });
      const numbers = payments.map(({ outTradeNo }) => outTradeNo);
      // A refused notice is filed under the number it claimed, not under an order.
      const where = [{ orderNo }, ...(numbers.length > 0 ? [{ outTradeNo: In(numbers) }] : [])];
      // Forged notices may name the order a million times: the newest are shown.
      const events = await manager.find(PaymentEvent, { where, order: { id: 'DESC' }, take: EVENTS_SHOWN });
      const refunds = await manager.find(Refund, { where: { orderNo }, order: { id: 'ASC' } });
      return adminOrderView(order, { payments, refunds, events: events.reverse() });
    });
  }

  /** Asks WeChat now and applies the answer. @throws DomainError ORDER_NOT_FOUND or WECHAT_UNAVAILABLE. */
  async query(orderNo: string): Promise<AdminOrderView> {
    await this.payments.sync(await this.orders.byNumber(orderNo));
    return this.show(orderNo);
  }

  /** `q` is an order's number, an attempt's or a refund's, ours or WeChat's. */
  private async conditions({ q, refundStatus }: AdminOrderQuery): Promise<FindOptionsWhere<Order>> {
    const only: FindOptionsWhere<Order> = refundStatus ? { refundStatus } : {};
    if (q === undefined) return only;
    const found = await this.unitOfWork.read(async (manager) => [
      ...(await manager.find(Payment, { select: { orderNo: true }, where: [{ outTradeNo: q }, { transactionId: q }] })),
      ...(await manager.find(Refund, { select: { orderNo: true }, where: [{ refundNo: q }, { wechatRefundId: q }] })),
    ]);
    return { ...only, orderNo: In([q, ...found.map(({ orderNo }) => orderNo)]) };
  }
}
