import { Injectable } from '@nestjs/common';
import { type EntityManager, type FindOptionsWhere, LessThan } from 'typeorm';
import { WithTotal } from '../common/list-filters.js';
import { beforeRowId, type Page, pageOf, PageQuery } from '../common/paging.js';
import { MAX_EMBEDDED_ROWS, toEmbeddedListInOrder, type EmbeddedList, withTotal } from '../common/embedded-list.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { OrderQueryService } from '../order/order-query.service.js';
import {
  countOrderEvents,
  type OrderEventFilter,
  findOrderEvents,
  findNewestOutTradeNos,
} from '../payment/order-event-queries.js';
import type { OrderEvent } from '../payment/order-event.entity.js';
import { PaymentAttempt } from '../payment/payment-attempt.entity.js';
import { Refund } from '../refund/refund.entity.js';
import { RefundQueryService } from '../refund/refund-query.service.js';
import { sumRefundsByState } from '../refund/refunds-of-order.js';
import { type AdminRefundView, adminRefundView } from './admin-refund.view.js';
import { type EventView, eventView } from './order-event.view.js';
import { type PaymentView, paymentView } from './order-payment.view.js';

/** `?limit=`, `?cursor=` and `?withTotal=` of a list that belongs to one order. */
export class OrderSublistQuery extends PageQuery {
  @WithTotal()
  readonly withTotal?: boolean;
}

/** The events, payments and refunds of one order for staff, paged and newest first. */
@Injectable()
export class AdminOrderListService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: OrderQueryService,
    private readonly refundList: RefundQueryService,
  ) {}

  /** @throws DomainError ORDER_NOT_FOUND or VALIDATION_FAILED. */
  async events(orderNo: string, query: OrderSublistQuery): Promise<Page<EventView>> {
    const before = beforeRowId(query);
    await this.orders.getByNumber(orderNo);
    return this.unitOfWork.read(async (manager) => {
      const wanted = { orderNo, outTradeNos: await findNewestOutTradeNos(manager, orderNo) };
      const rows = await findOrderEvents(manager, wanted, { take: query.limit + 1, before });
      return withTotal(pageOf(rows, query, eventView), query, () => countOrderEvents(manager, wanted));
    });
  }

  /** @throws DomainError ORDER_NOT_FOUND or VALIDATION_FAILED. */
  async payments(orderNo: string, query: OrderSublistQuery): Promise<Page<PaymentView>> {
    const before = beforeRowId(query);
    await this.orders.getByNumber(orderNo);
    return this.unitOfWork.read(async (manager) => {
      const where = { orderNo, ...(before !== undefined && { id: LessThan(before) }) };
      const rows = await findNewestPayments(manager, where, query.limit + 1);
      const sums = await sumRefundsByState(manager, orderNo);
      const page = pageOf(rows, query, (payment) => paymentView(payment, sums));
      return withTotal(page, query, () => manager.countBy(PaymentAttempt, { orderNo }));
    });
  }

  /** @throws DomainError ORDER_NOT_FOUND or VALIDATION_FAILED. */
  async refunds(orderNo: string, query: OrderSublistQuery): Promise<Page<AdminRefundView>> {
    await this.orders.getByNumber(orderNo);
    const { limit, cursor } = query;
    const page = await this.refundList.list(
      { limit, ...(cursor !== undefined && { cursor }) },
      { orderNo },
      adminRefundView,
    );
    return withTotal(page, query, () => this.unitOfWork.read((manager) => manager.countBy(Refund, { orderNo })));
  }
}

/** The newest payment attempts of an order, in the order in which they were created. */
export async function findShownPayments(
  manager: EntityManager,
  orderNo: string,
): Promise<EmbeddedList<PaymentAttempt>> {
  const newest = await findNewestPayments(manager, { orderNo }, MAX_EMBEDDED_ROWS + 1);
  return toEmbeddedListInOrder(newest, MAX_EMBEDDED_ROWS, await manager.countBy(PaymentAttempt, { orderNo }));
}

/** The newest events of an order, in the order in which they happened. */
export async function findShownEvents(
  manager: EntityManager,
  wanted: OrderEventFilter,
): Promise<EmbeddedList<OrderEvent>> {
  const newest = await findOrderEvents(manager, wanted, { take: MAX_EMBEDDED_ROWS + 1 });
  return toEmbeddedListInOrder(newest, MAX_EMBEDDED_ROWS, await countOrderEvents(manager, wanted));
}

/** Sorts by row id: a later attempt has a higher id. */
function findNewestPayments(
  manager: EntityManager,
  where: FindOptionsWhere<PaymentAttempt>,
  take: number,
): Promise<PaymentAttempt[]> {
  return manager.find(PaymentAttempt, { where, order: { id: 'DESC' }, take });
}
