import type { EntityManager } from 'typeorm';
import { type DisabledReason, EventEndpoint } from '../endpoints/event-endpoint.entity.js';
import { EventDelivery } from './event-delivery.entity.js';

/** What the deliveries of all endpoints wait for. Deleted endpoints do not count. */
export interface EventStats {
  disabledEndpoints: Record<DisabledReason, number>;
  failedDeliveries: number;
  /** When the oldest event was written that waits for an enabled endpoint; null when none does. */
  oldestWaitingAt: Date | null;
}

/** One query for each endpoint, because the index begins with it. The cost depends on the endpoints and failed deliveries. */
export async function readEventStats(manager: EntityManager): Promise<EventStats> {
  const endpoints = await manager.find(EventEndpoint, { select: { id: true, status: true, disabledReason: true } });
  const stats: EventStats = {
    disabledEndpoints: { GONE: 0, BY_REQUEST: 0 },
    failedDeliveries: 0,
    oldestWaitingAt: null,
  };
  for (const { id, status, disabledReason } of endpoints) {
    stats.failedDeliveries += await manager.countBy(EventDelivery, { endpointRowId: id, status: 'FAILED' });
    if (status === 'DISABLED') {
      stats.disabledEndpoints[disabledReason ?? 'BY_REQUEST'] += 1;
      continue;
    }
    const [oldest] = await manager.find(EventDelivery, {
      select: { id: true, createdAt: true },
      where: { endpointRowId: id, status: 'WAITING' },
      order: { createdAt: 'ASC' },
      take: 1,
    });
    if (oldest && (stats.oldestWaitingAt === null || oldest.createdAt < stats.oldestWaitingAt))
      stats.oldestWaitingAt = oldest.createdAt;
  }
  return stats;
}
