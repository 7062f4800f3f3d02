import { Injectable } from '@nestjs/common';
import { type EntityManager, type FindOptionsWhere, In } from 'typeorm';
import { DomainError } from '../../common/problem/domain-error.js';
import { type CountedPage, type CountedPageQuery, mapPage } from '../../common/paging/paging.js';
import { findPage, NEWEST_FIRST } from '../../database/lists/find-page.js';
import { isBetween } from '../../database/lists/search-conditions.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { RefundListQuery } from '../request/refund.dto.js';
import { RefundItem } from '../refund-item.entity.js';
import { Refund } from '../refund.entity.js';

/** Reads refunds. A user finds only their own refunds. */
@Injectable()
export class RefundQueryService {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws DomainError REFUND_NOT_FOUND, also for another user's refund. */
  async getForUser(userId: string, refundNo: string): Promise<Refund> {
    return requireRefund(refundNo, await this.findOne({ userId, refundNo }));
  }

  /** @throws DomainError REFUND_NOT_FOUND. */
  async getByNumber(refundNo: string): Promise<Refund> {
    return requireRefund(refundNo, await this.findOne({ refundNo }));
  }

  /** Null when the merchant's own system has sent no refund with this number. */
  findByMerchantRefundNo(merchantRefundNo: string): Promise<Refund | null> {
    return this.findOne({ merchantRefundNo });
  }

  /** Null when no refund has this number. */
  findByNumber(refundNo: string): Promise<Refund | null> {
    return this.findOne({ refundNo });
  }

  /** Newest first. */
  async list<T>(
    query: RefundListQuery & CountedPageQuery,
    only: FindOptionsWhere<Refund>,
    view: (refund: Refund) => T,
  ): Promise<CountedPage<T>> {
    const requestedAt = isBetween(query);
    const where = { ...(query.status && { status: query.status }), ...(requestedAt && { requestedAt }), ...only };
    return this.unitOfWork.read(async (manager) => {
      const page = await findPage(manager, Refund, query, { where, order: NEWEST_FIRST });
      await loadReturnItems(manager, page.items);
      return mapPage(page, view);
    });
  }

  private findOne(where: FindOptionsWhere<Refund>): Promise<Refund | null> {
    return this.unitOfWork.read((manager) =>
      manager.findOne(Refund, { where, relations: { returnItems: true }, order: { returnItems: { id: 'ASC' } } }),
    );
  }
}

/** Loads the return items of the refunds with a separate query. */
export async function loadReturnItems(manager: EntityManager, refunds: Refund[]): Promise<Refund[]> {
  const items = await manager.find(RefundItem, {
    where: { refundId: In(refunds.map(({ id }) => id)) },
    order: { id: 'ASC' },
  });
  const byRefund = Map.groupBy(items, ({ refundId }) => refundId);
  for (const refund of refunds) refund.returnItems = byRefund.get(refund.id) ?? [];
  return refunds;
}

function requireRefund(refundNo: string, refund: Refund | null): Refund {
  if (!refund) throw new DomainError('REFUND_NOT_FOUND', { params: { refundNo } });
  return refund;
}
