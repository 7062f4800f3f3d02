import { Injectable } from '@nestjs/common';
import { type EntityManager, type FindOptionsWhere, In, MoreThan } from 'typeorm';
import { Clock } from '../../common/time/clock.js';
import type { CountedPage } from '../../common/paging/paging.js';
import { intersectionOf } from '../../database/lists/search-conditions.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Order } from '../order.entity.js';
import { OrderQueryService } from '../order-query.service.js';
import type { OrderSearchQuery } from './order-search.dto.js';

/** Earlier than all dates in the database: "later than this" means "not null". */
const EPOCH = new Date(0);
/** Maximum number of orders that are found by an index and then sorted. */
const MAX_SORTED = 500;

type Lookup<T> = (manager: EntityManager, argument: T) => Promise<{ orderNo: string }[]>;

/**
 * Searches the orders of all users. The modules that depend on orders register how to find orders by their own tables, such
 * as the order of a refund's number.
 */
@Injectable()
export class OrderSearchService {
  private readonly numberLookups: Lookup<string>[] = [findByMerchantOrderNo];
  private readonly contradictionLookups: Lookup<Date>[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: OrderQueryService,
  ) {}

  /** @param lookup finds the orders to which a number belongs, such as the number of a payment attempt. */
  registerNumberLookup(lookup: Lookup<string>): void {
    this.numberLookups.push(lookup);
  }

  /** @param lookup finds the orders with a result of WeChat that contradicts our records, at a time. */
  registerContradictionLookup(lookup: Lookup<Date>): void {
    this.contradictionLookups.push(lookup);
  }

  /** Newest first. */
  async list<View>(query: OrderSearchQuery, view: (order: Order) => View): Promise<CountedPage<View>> {
    return this.orders.list(query, await this.searchConditions(query), view);
  }

  private async searchConditions(query: OrderSearchQuery): Promise<FindOptionsWhere<Order>> {
    const { q, refundStatus, shipping, problem } = query;
    const shipped: FindOptionsWhere<Order> = {
      ...(shipping === 'unshipped' && { toShipSince: MoreThan(EPOCH) }),
      ...(shipping === 'shipped' && { shippedAt: MoreThan(EPOCH) }),
    };
    const fewOrderNos = shipping === undefined ? null : await this.findOrderNosIfFew(shipped);
    const orderNos = intersectionOf([
      ...(q === undefined ? [] : [[q, ...(await this.findOrderNos(this.numberLookups, q))]]),
      ...(problem ? [await this.findOrderNos(this.contradictionLookups, this.clock.now())] : []),
      ...(fewOrderNos === null ? [] : [fewOrderNos]),
    ]);
    return { ...(refundStatus && { refundStatus }), ...shipped, ...(orderNos && { orderNo: In(orderNos) }) };
  }

  /**
   * Numbers of the matching orders if they are few, otherwise null. For a sorted list of few matches, SQLite would scan all
   * orders.
   */
  private async findOrderNosIfFew(where: FindOptionsWhere<Order>): Promise<string[] | null> {
    const found = await this.unitOfWork.read((manager) =>
      manager.find(Order, { select: { orderNo: true }, where, take: MAX_SORTED + 1 }),
    );
    return found.length > MAX_SORTED ? null : found.map(({ orderNo }) => orderNo);
  }

  private async findOrderNos<T>(lookups: Lookup<T>[], argument: T): Promise<string[]> {
    const orderNos: string[] = [];
    await this.unitOfWork.read(async (manager) => {
      for (const lookup of lookups) orderNos.push(...(await lookup(manager, argument)).map(({ orderNo }) => orderNo));
    });
    return orderNos;
  }
}

const findByMerchantOrderNo: Lookup<string> = (manager, merchantOrderNo) =>
  manager.find(Order, { select: { orderNo: true }, where: { merchantOrderNo } });
