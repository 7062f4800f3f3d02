import { Injectable } from '@nestjs/common';
import { And, type FindOptionsWhere, In, LessThan, MoreThanOrEqual } from 'typeorm';
import { DomainError } from '../common/domain-error.js';
import { toInstant } from '../common/instants.js';
import { beforeRowId, type Page, pageOf } from '../common/paging.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { OrderItem } from './order-item.entity.js';
import type { OrderListQuery } from './order.dto.js';
import { Order } from './order.entity.js';
import { orderView, type OrderView } from './order.view.js';

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

  /** Newest first. */
  async list(query: OrderListQuery, only: FindOptionsWhere<Order>): Promise<Page<OrderView>> {
    const before = beforeRowId(query);
    const where = { ...orderSearchConditions(query, only), ...(before !== undefined && { id: LessThan(before) }) };
    // Items are read by a separate query: with a join, MySQL would sort the whole table for twenty rows.
    const orders = await this.unitOfWork.read(async (manager) => {
      const page = await manager.find(Order, { where, order: { id: 'DESC' }, take: query.limit + 1 });
      const ids = page.map(({ id }) => id);
      const items = await manager.find(OrderItem, { where: { orderId: In(ids) }, order: { id: 'ASC' } });
      const byOrder = Map.groupBy(items, ({ orderId }) => orderId);
      for (const order of page) order.items = byOrder.get(order.id) ?? [];
      return page;
    });
    return pageOf(orders, query, orderView);
  }

  private findOne(where: FindOptionsWhere<Order>): Promise<Order | null> {
    return this.unitOfWork.read((manager) =>
      manager.findOne(Order, { where, relations: { items: true }, order: { items: { id: 'ASC' } } }),
    );
  }
}

/** The conditions of a list without its cursor: its filters, and `only` what the reader may see. */
export function orderSearchConditions(query: OrderListQuery, only: FindOptionsWhere<Order>): FindOptionsWhere<Order> {
  const { status, from, to } = query;
  const since = from === undefined ? [] : [MoreThanOrEqual(toInstant(from))];
  const until = to === undefined ? [] : [LessThan(toInstant(to))];
  return {
    ...(status && { status }),
    ...(since.length + until.length > 0 && { createdAt: And(...since, ...until) }),
    ...only,
  };
}

function requireOrder(orderNo: string, order: Order | null): Order {
  if (!order) throw new DomainError('ORDER_NOT_FOUND', { params: { orderNo } });
  return order;
}
