import type { EntityManager } from 'typeorm';
import { DomainError } from '../../common/problem/domain-error.js';
import { EventEndpoint } from './event-endpoint.entity.js';

/** @throws DomainError EVENT_ENDPOINT_NOT_FOUND. */
export async function findEndpoint(manager: EntityManager, endpointId: string): Promise<EventEndpoint> {
  const endpoint = await manager.findOneBy(EventEndpoint, { endpointId });
  if (!endpoint) throw endpointNotFound(endpointId);
  return endpoint;
}

/**
 * The same with a lock of the row until the end of the transaction. Call it before any read of the transaction.
 * @throws DomainError EVENT_ENDPOINT_NOT_FOUND.
 */
export async function lockEndpoint(tx: EntityManager, endpointId: string, now: Date): Promise<EventEndpoint> {
  await tx.update(EventEndpoint, { endpointId }, { updatedAt: now });
  return findEndpoint(tx, endpointId);
}

export function endpointNotFound(endpointId: string): DomainError {
  return new DomainError('EVENT_ENDPOINT_NOT_FOUND', { params: { id: endpointId } });
}
