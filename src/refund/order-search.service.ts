import { Injectable } from '@nestjs/common';
import { type FindOptionsWhere, In, MoreThan } from 'typeorm';
import { Clock } from '../common/clock.js';
import type { Page } from '../common/paging.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Order } from '../order/order.entity.js';
import type { OrderView } from '../order/order.view.js';
import { orderSearchConditions, OrderQueryService } from '../order/order-query.service.js';
import { findContradictedOrders } from '../payment/find-contradicted-orders.js';
import { PaymentAttempt } from '../payment/payment-attempt.entity.js';
import type { OrderSearchQuery } from './order-search.dto.js';
import { Refund } from './refund.entity.js';

/** Earlier than all dates in the database: "later than this" means "not null". */
const EPOCH = new Date(0);
/** Maximum number of orders that are found by an index and then sorted. */
const MAX_SORTED = 500;

/** Searches the orders of all users, also by the number of a payment attempt or a refund. */
@Injectable()
export class OrderSearchService {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: OrderQueryService,
  ) {}

  /** Newest first. */
  async list(query: OrderSearchQuery): Promise<Page<OrderView> & { total?: number }> {
    const only = await this.searchConditions(query);
    const page = await this.orders.list(query, only);
    if (!query.withTotal) return page;
    const where = orderSearchConditions(query, only);
    return { ...page, total: await this.unitOfWork.read((manager) => manager.countBy(Order, where)) };
  }

  /** `q` is the number of an order, an attempt or a refund, ours or WeChat's. */
  private async searchConditions({
    q,
    refundStatus,
    shipping,
    problem,
  }: OrderSearchQuery): Promise<FindOptionsWhere<Order>> {
    const only: FindOptionsWhere<Order> = {
      ...(refundStatus && { refundStatus }),
      ...(shipping === 'unshipped' && { toShipSince: MoreThan(EPOCH) }),
      ...(shipping === 'shipped' && { shippedAt: MoreThan(EPOCH) }),
    };
    const fewOrderNos = shipping === undefined ? null : await this.findOrderNosIfFew(only);
    const lists = [
      ...(q === undefined ? [] : [await this.findOrderNosByNumber(q)]),
      ...(problem ? [await this.findContradictedOrderNos()] : []),
      ...(fewOrderNos === null ? [] : [fewOrderNos]),
    ];
    const [first, ...others] = lists;
    if (first === undefined) return only;
    return { ...only, orderNo: In(first.filter((orderNo) => others.every((list) => list.includes(orderNo)))) };
  }

  /** Numbers of the orders that have this number or belong to it. */
  private async findOrderNosByNumber(q: string): Promise<string[]> {
    const found = await this.unitOfWork.read(async (manager) => [
      ...(await manager.find(PaymentAttempt, {
        select: { orderNo: true },
        where: [{ outTradeNo: q }, { transactionId: q }],
      })),
      ...(await manager.find(Refund, { select: { orderNo: true }, where: [{ refundNo: q }, { wechatRefundId: q }] })),
    ]);
    return [q, ...found.map(({ orderNo }) => orderNo)];
  }

  /**
   * Numbers of the matching orders if they are few, otherwise null. For a sorted list of few matches, SQLite would scan all
   * orders.
   */
  private async findOrderNosIfFew({ toShipSince, shippedAt }: FindOptionsWhere<Order>): Promise<string[] | null> {
    const where = { ...(toShipSince && { toShipSince }), ...(shippedAt && { shippedAt }) };
    const found = await this.unitOfWork.read((manager) =>
      manager.find(Order, { select: { orderNo: true }, where, take: MAX_SORTED + 1 }),
    );
    return found.length > MAX_SORTED ? null : found.map(({ orderNo }) => orderNo);
  }

  private async findContradictedOrderNos(): Promise<string[]> {
    const orders = await this.unitOfWork.read((manager) => findContradictedOrders(manager, this.clock.now()));
    return orders.map(({ orderNo }) => orderNo);
  }
}
