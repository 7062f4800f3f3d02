import { Injectable } from '@nestjs/common';
import { And, type EntityManager, type FindOptionsWhere, In, LessThan, MoreThanOrEqual } from 'typeorm';
import { DomainError } from '../common/domain-error.js';
import { toInstant } from '../common/instants.js';
import { beforeRowId, type Page, pageOf } from '../common/paging.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { RefundListQuery } from './refund.dto.js';
import { RefundItem } from './refund-item.entity.js';
import { Refund } from './refund.entity.js';

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

  /** Null when no refund has this number. */
  findByNumber(refundNo: string): Promise<Refund | null> {
    return this.findOne({ refundNo });
  }

  /** Newest first. */
  async list<T>(query: RefundListQuery, only: FindOptionsWhere<Refund>, view: (refund: Refund) => T): Promise<Page<T>> {
    const before = beforeRowId(query);
    const where = { ...refundSearchConditions(query, only), ...(before !== undefined && { id: LessThan(before) }) };
    const rows = await this.unitOfWork.read(async (manager) => {
      const page = await manager.find(Refund, { where, order: { id: 'DESC' }, take: query.limit + 1 });
      return loadReturnItems(manager, page);
    });
    return pageOf(rows, query, view);
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

/** The conditions of a list without its cursor. */
export function refundSearchConditions(
  query: RefundListQuery,
  only: FindOptionsWhere<Refund>,
): FindOptionsWhere<Refund> {
  const { status, from, to } = query;
  const since = from === undefined ? [] : [MoreThanOrEqual(toInstant(from))];
  const until = to === undefined ? [] : [LessThan(toInstant(to))];
  return {
    ...(status && { status }),
    ...(since.length + until.length > 0 && { requestedAt: And(...since, ...until) }),
    ...only,
  };
}

function requireRefund(refundNo: string, refund: Refund | null): Refund {
  if (!refund) throw new DomainError('REFUND_NOT_FOUND', { params: { refundNo } });
  return refund;
}
