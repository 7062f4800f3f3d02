import { Injectable } from '@nestjs/common';
import { type EntityManager, type FindOptionsWhere, LessThan } from 'typeorm';
import { WithTotal } from '../common/list-filters.js';
import { beforeRow, type Page, pageOf, PageQuery } from '../common/paging.js';
import { ROWS_SHOWN, shownInOrder, type ShownRows, withTotal } from '../common/shown-rows.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Orders } from '../order/orders.js';
import {
  countBelievedEvents,
  type EventsWanted,
  findBelievedEvents,
  newestNumbersOf,
} from '../payment/believed-events.js';
import type { PaymentEvent } from '../payment/payment-event.entity.js';
import { Payment } from '../payment/payment.entity.js';
import { Refund } from '../refund/refund.entity.js';
import { Refunds } from '../refund/refunds.js';
import { sumRefundsOf } from '../refund/refunds-of-order.js';
import { type AdminRefundView, adminRefundView } from './admin-refund.view.js';
import { type EventView, eventView } from './order-event.view.js';
import { type PaymentView, paymentView } from './order-payment.view.js';

/** `?limit=`, `?cursor=` and `?withTotal=` of a list of one order. */
export class OrderListPartQuery extends PageQuery {
  @WithTotal()
  readonly withTotal?: boolean;
}

/** The lists inside the order page of staff, each page by page and newest first. */
@Injectable()
export class AdminOrderLists {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: Orders,
    private readonly allRefunds: Refunds,
  ) {}

  /** @throws DomainError ORDER_NOT_FOUND or VALIDATION_FAILED. */
  async events(orderNo: string, query: OrderListPartQuery): Promise<Page<EventView>> {
    const before = beforeRow(query);
    await this.orders.byNumber(orderNo);
    return this.unitOfWork.read(async (manager) => {
      const wanted = { orderNo, outTradeNos: await newestNumbersOf(manager, orderNo) };
      const rows = await findBelievedEvents(manager, wanted, { take: query.limit + 1, before });
      return withTotal(pageOf(rows, query, eventView), query, () => countBelievedEvents(manager, wanted));
    });
  }

  /** @throws DomainError ORDER_NOT_FOUND or VALIDATION_FAILED. */
  async payments(orderNo: string, query: OrderListPartQuery): Promise<Page<PaymentView>> {
    const before = beforeRow(query);
    await this.orders.byNumber(orderNo);
    return this.unitOfWork.read(async (manager) => {
      const where = { orderNo, ...(before !== undefined && { id: LessThan(before) }) };
      const rows = await newestPayments(manager, where, query.limit + 1);
      const sums = await sumRefundsOf(manager, orderNo);
      const page = pageOf(rows, query, (payment) => paymentView(payment, sums));
      return withTotal(page, query, () => manager.countBy(Payment, { orderNo }));
    });
  }

  /** @throws DomainError ORDER_NOT_FOUND or VALIDATION_FAILED. */
  async refunds(orderNo: string, query: OrderListPartQuery): Promise<Page<AdminRefundView>> {
    await this.orders.byNumber(orderNo);
    const { limit, cursor } = query;
    const page = await this.allRefunds.list(
      { limit, ...(cursor !== undefined && { cursor }) },
      { orderNo },
      adminRefundView,
    );
    return withTotal(page, query, () => this.unitOfWork.read((manager) => manager.countBy(Refund, { orderNo })));
  }
}

/** The newest payments of an order, in the order in which they began. */
export async function showPayments(manager: EntityManager, orderNo: string): Promise<ShownRows<Payment>> {
  const newest = await newestPayments(manager, { orderNo }, ROWS_SHOWN + 1);
  return shownInOrder(newest, ROWS_SHOWN, await manager.countBy(Payment, { orderNo }));
}

/** The newest events of an order, in the order in which they happened. */
export async function showEvents(manager: EntityManager, wanted: EventsWanted): Promise<ShownRows<PaymentEvent>> {
  const newest = await findBelievedEvents(manager, wanted, { take: ROWS_SHOWN + 1 });
  return shownInOrder(newest, ROWS_SHOWN, await countBelievedEvents(manager, wanted));
}

/** By the growing number of the row, which a later attempt has higher too. */
function newestPayments(manager: EntityManager, where: FindOptionsWhere<Payment>, take: number): Promise<Payment[]> {
  return manager.find(Payment, { where, order: { id: 'DESC' }, take });
}
