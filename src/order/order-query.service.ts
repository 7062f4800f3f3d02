import { Injectable } from '@nestjs/common';
import { type FindOptionsWhere, In } from 'typeorm';
import { DomainError } from '../common/problem/domain-error.js';
import { type CountedPage, type CountedPageQuery, mapPage } from '../common/paging/paging.js';
import { findPage, NEWEST_FIRST } from '../database/lists/find-page.js';
import { isBetween } from '../database/lists/search-conditions.js';
import { findRows } from '../database/rows.js';
import type { Conditions } from '../database/statement-builder.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { OrderItem } from './order-item.entity.js';
import type { OrderListQuery } from './order.dto.js';
import { Order } from './order.entity.js';

/** Reads orders. A user finds only their own orders. */
@Injectable()
export class OrderQueryService {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws DomainError ORDER_NOT_FOUND, also for another user's order. */
  async getForUser(userId: string, orderNo: string): Promise<Order> {
    return requireOrder(orderNo, await this.findOne({ userId, orderNo }));
  }

  /** @throws DomainError ORDER_NOT_FOUND. */
  async getByNumber(orderNo: string): Promise<Order> {
    return requireOrder(orderNo, await this.findOne({ orderNo }));
  }

  /** A payment order. @throws DomainError ORDER_NOT_FOUND, also for an order of the shop. */
  async getPaymentOrder(orderNo: string): Promise<Order> {
    return requireOrder(orderNo, await this.findOne({ orderNo, origin: 'EXTERNAL' }));
  }

  /** Null when the merchant's own system has sent no order with this number. */
  findByMerchantOrderNo(merchantOrderNo: string): Promise<Order | null> {
    return this.findOne({ merchantOrderNo });
  }

  /** Newest first. @param only restricts the list to what the caller may see. */
  async list<View>(
    query: OrderListQuery & CountedPageQuery,
    only: FindOptionsWhere<Order>,
    view: (order: Order) => View,
  ): Promise<CountedPage<View>> {
    const createdAt = isBetween(query);
    const where = { ...(query.status && { status: query.status }), ...(createdAt && { createdAt }), ...only };
    return this.unitOfWork.read(async (manager) => {
      const page = await findPage(manager, Order, query, { where, order: NEWEST_FIRST });
      // Items are read by a separate query: with a join, MySQL would sort the whole table for twenty rows.
      const ids = page.items.map(({ id }) => id);
      // SQLite scans the table even for a condition that no row can meet.
      const items =
        ids.length === 0 ? [] : await manager.find(OrderItem, { where: { orderId: In(ids) }, order: { id: 'ASC' } });
      const byOrder = Map.groupBy(items, ({ orderId: id }) => id);
      for (const order of page.items) order.items = byOrder.get(order.id) ?? [];
      return mapPage(page, view);
    });
  }

  /** With plain statements, because every payment call reads its order. */
  private findOne(where: Conditions<Order>): Promise<Order | null> {
    return this.unitOfWork.read(async (manager) => {
      const [order] = await findRows(manager, Order, where, 'id');
      if (!order) return null;
      const items = await findRows(manager, OrderItem, { orderId: order.id }, 'id');
      return Object.assign(new Order(), order, { items });
    });
  }
}

function requireOrder(orderNo: string, order: Order | null): Order {
  if (!order) throw new DomainError('ORDER_NOT_FOUND', { params: { orderNo } });
  return order;
}
