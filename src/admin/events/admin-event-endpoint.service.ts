import { Injectable } from '@nestjs/common';
import { type EntityManager, type FindOperator, type FindOptionsWhere, Raw } from 'typeorm';
import { type CountedPage, mapPage } from '../../common/paging/paging.js';
import { findPage, NEWEST_FIRST } from '../../database/lists/find-page.js';
import { contains } from '../../database/lists/search-conditions.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { EventDelivery } from '../../event/delivery/event-delivery.entity.js';
import { EventEndpoint } from '../../event/endpoints/event-endpoint.entity.js';
import { findEndpoint } from '../../event/endpoints/find-endpoint.js';
import {
  type AdminEventEndpointQuery,
  type AdminEventEndpointView,
  adminEventEndpointView,
  type DeliveryCounts,
} from './admin-event-endpoint.dto.js';

/** Event endpoints for staff, with the numbers of waiting and failed deliveries. */
@Injectable()
export class AdminEventEndpointService {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Newest first. @throws DomainError VALIDATION_FAILED for a cursor of another list. */
  list(query: AdminEventEndpointQuery): Promise<CountedPage<AdminEventEndpointView>> {
    const search = { where: searchConditions(query), order: NEWEST_FIRST };
    return this.unitOfWork.read(async (manager) => {
      const page = await findPage(manager, EventEndpoint, query, search);
      const counts = await countDeliveries(manager, page.items);
      return mapPage(page, (endpoint) => adminEventEndpointView(endpoint, counts(endpoint)));
    });
  }

  /** @throws DomainError EVENT_ENDPOINT_NOT_FOUND. */
  getEndpoint(endpointId: string): Promise<AdminEventEndpointView> {
    return this.unitOfWork.read(async (manager) => {
      const endpoint = await findEndpoint(manager, endpointId);
      const counts = await countDeliveries(manager, [endpoint]);
      return adminEventEndpointView(endpoint, counts(endpoint));
    });
  }
}

/** One query over the index of each endpoint's deliveries by status. */
async function countDeliveries(
  manager: EntityManager,
  endpoints: EventEndpoint[],
): Promise<(endpoint: EventEndpoint) => DeliveryCounts> {
  if (endpoints.length === 0) return () => ({ waitingCount: 0, failedCount: 0 });
  const rows = await manager
    .createQueryBuilder(EventDelivery, 'delivery')
    .select('delivery.endpointRowId', 'endpoint')
    .addSelect('delivery.status', 'status')
    .addSelect('COUNT(*)', 'count')
    .where('delivery.endpointRowId IN (:...ids)', { ids: endpoints.map(({ id }) => id) })
    .andWhere("delivery.status IN ('WAITING', 'FAILED')")
    .groupBy('delivery.endpointRowId')
    .addGroupBy('delivery.status')
    .getRawMany<{ endpoint: number; status: string; count: number | string }>();
  // MySQL counts in bigint, which its driver may return as a string.
  const counts = new Map(rows.map(({ endpoint, status, count }) => [`${endpoint} ${status}`, Number(count)]));
  const countOf = (id: number, status: string): number => counts.get(`${id} ${status}`) ?? 0;
  return ({ id }) => ({ waitingCount: countOf(id, 'WAITING'), failedCount: countOf(id, 'FAILED') });
}

/** The alternatives of a search, joined by OR. */
function searchConditions(query: AdminEventEndpointQuery): FindOptionsWhere<EventEndpoint>[] {
  const { q, status, disabledReason, hasFailed } = query;
  const filters: FindOptionsWhere<EventEndpoint> = {
    ...(status !== undefined && { status }),
    ...(disabledReason !== undefined && { disabledReason }),
    ...(hasFailed !== undefined && { id: hasFailedDeliveries(hasFailed) }),
  };
  const found = q === undefined ? [{}] : [{ endpointId: q }, { url: contains(q) }, { description: contains(q) }];
  return found.map((each) => ({ ...filters, ...each }));
}

/** A condition on the row id. The subquery uses the index that begins with it. */
function hasFailedDeliveries(isWanted: boolean): FindOperator<number> {
  return Raw(
    (column) =>
      `${isWanted ? '' : 'NOT '}EXISTS (SELECT 1 FROM event_deliveries failed WHERE failed.endpoint_row_id = ${column} AND failed.status = 'FAILED')`,
  ) as FindOperator<number>;
}
