import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Actor, AuditLog } from '../../audit/audit-log.js';
import { Clock } from '../../common/time/clock.js';
import { newId } from '../../common/ids.js';
import { type CountedPage, mapPage, type PageQuery } from '../../common/paging/paging.js';
import { DomainError } from '../../common/problem/domain-error.js';
import { validationFailed } from '../../common/validation/input.pipe.js';
import { Settings } from '../../config/settings.js';
import { findPage, NEWEST_FIRST } from '../../database/lists/find-page.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { EventDelivery } from '../delivery/event-delivery.entity.js';
import { EventDeliveryJob } from '../delivery/event-delivery.job.js';
import { EventSequencer } from '../feed/event-sequencer.js';
import { EVENT_TYPES, type EventType } from '../event-types.js';
import { EndpointSecrets, newEndpointSecret } from './endpoint-secret.js';
import { findUrlViolation, withoutQuery } from './endpoint-url.js';
import {
  type ChangeEventEndpointBody,
  type EventEndpointView,
  eventEndpointView,
  type EventEndpointWithSecretView,
  type NewEventEndpointBody,
  type RotateSecretBody,
} from './event-endpoint.dto.js';
import { EventEndpoint } from './event-endpoint.entity.js';
import { findEndpoint, lockEndpoint } from './find-endpoint.js';

/** All endpoints are looked at by each run of the delivery job. */
const MAX_ENDPOINTS = 100;
/** Waiting deliveries of a deleted endpoint that one transaction removes. */
const DELETE_SIZE = 1000;

/** Creates, changes and deletes the endpoints of the merchant's systems. */
@Injectable()
export class EventEndpointService {
  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditLog,
    private readonly secrets: EndpointSecrets,
    private readonly sequencer: EventSequencer,
    private readonly job: EventDeliveryJob,
  ) {}

  /** Newest first. @throws DomainError VALIDATION_FAILED for a cursor of another list. */
  async list(query: PageQuery): Promise<CountedPage<EventEndpointView>> {
    const search = { where: {}, order: NEWEST_FIRST };
    const page = await this.unitOfWork.read((manager) => findPage(manager, EventEndpoint, query, search));
    return mapPage(page, eventEndpointView);
  }

  /**
   * Creates an endpoint, which receives the events from now on. Only this response contains the secret.
   * @throws DomainError VALIDATION_FAILED for a URL that is not allowed, EVENT_ENDPOINT_LIMIT_REACHED.
   */
  async create(actor: Actor, body: NewEventEndpointBody): Promise<EventEndpointWithSecretView> {
    this.assertUrl(body.url);
    await this.sequencer.run(); // earlier events are then not for this endpoint
    const now = this.clock.now();
    const secret = newEndpointSecret();
    const endpointId = `ep_${newId()}`;
    const row = {
      endpointId,
      url: body.url,
      types: joinTypes(body.types),
      description: body.description ?? '',
      status: 'ENABLED' as const,
      disabledReason: null,
      encryptedSecret: this.secrets.encrypt(secret, endpointId),
      encryptedPreviousSecret: null,
      previousSecretUntil: null,
      nextDueAt: null,
      leaseUntil: null,
      failures: 0,
      pausedUntil: null,
      createdAt: now,
      updatedAt: now,
    };
    await this.unitOfWork.run(async (tx) => {
      if (await tx.existsBy(EventEndpoint, { endpointId })) return; // an earlier commit succeeded, but its response was lost
      if ((await tx.count(EventEndpoint)) >= MAX_ENDPOINTS)
        throw new DomainError('EVENT_ENDPOINT_LIMIT_REACHED', { params: { limit: String(MAX_ENDPOINTS) } });
      await tx.insert(EventEndpoint, row);
      const entry = { actor, action: 'event-endpoint.create' as const, subject: endpointId };
      await this.audit.write(tx, { ...entry, before: null, after: auditedFields(row) });
    });
    this.job.wakeSoon();
    return { ...eventEndpointView(Object.assign(new EventEndpoint(), row)), secret };
  }

  /**
   * Changes an endpoint. A new URL or `ENABLED` ends the pause after failures.
   * @throws DomainError EVENT_ENDPOINT_NOT_FOUND, VALIDATION_FAILED for a URL that is not allowed.
   */
  async change(actor: Actor, endpointId: string, body: ChangeEventEndpointBody): Promise<EventEndpointView> {
    if (body.url !== undefined) this.assertUrl(body.url);
    await this.sequencer.run(); // earlier events are queued by the earlier types and status
    const now = this.clock.now();
    const changed = await this.unitOfWork.run(async (tx) => {
      const before = await lockEndpoint(tx, endpointId, now);
      const change = { ...changeOf(body, before, now), updatedAt: now };
      await tx.update(EventEndpoint, { endpointId }, change);
      const after = await findEndpoint(tx, endpointId);
      const entry = { actor, action: 'event-endpoint.update' as const, subject: endpointId };
      await this.audit.write(tx, { ...entry, before: auditedFields(before), after: auditedFields(after) });
      return after;
    });
    this.job.wakeSoon();
    return eventEndpointView(changed);
  }

  /** Deletes an endpoint and its waiting deliveries. @throws DomainError EVENT_ENDPOINT_NOT_FOUND. */
  async delete(actor: Actor, endpointId: string): Promise<void> {
    const id = await this.unitOfWork.run(async (tx) => {
      const endpoint = await lockEndpoint(tx, endpointId, this.clock.now());
      await tx.delete(EventEndpoint, { endpointId });
      const entry = { actor, action: 'event-endpoint.delete' as const, subject: endpointId };
      await this.audit.write(tx, { ...entry, before: auditedFields(endpoint), after: null });
      return endpoint.id;
    });
    // In parts, because there may be very many. Their age limit deletes those that a crash leaves.
    while ((await this.unitOfWork.run((tx) => deleteWaiting(tx, id))) === DELETE_SIZE);
  }

  /**
   * Replaces the secret. Both sign until the overlap ends. Only this response contains the new one.
   * @throws DomainError EVENT_ENDPOINT_NOT_FOUND.
   */
  async rotate(
    actor: Actor,
    endpointId: string,
    { overlapHours }: RotateSecretBody,
  ): Promise<EventEndpointWithSecretView> {
    const secret = newEndpointSecret();
    const encryptedSecret = this.secrets.encrypt(secret, endpointId);
    const now = this.clock.now();
    const previousSecretUntil = overlapHours === 0 ? null : new Date(now.getTime() + overlapHours * 3_600_000);
    const endpoint = await this.unitOfWork.run(async (tx) => {
      const { encryptedSecret: old } = await lockEndpoint(tx, endpointId, now);
      const encryptedPreviousSecret = overlapHours === 0 ? null : old;
      await tx.update(EventEndpoint, { endpointId }, { encryptedSecret, encryptedPreviousSecret, previousSecretUntil });
      const entry = { actor, action: 'event-endpoint.rotate' as const, subject: endpointId };
      await this.audit.write(tx, { ...entry, before: null, after: { previousSecretUntil } });
      return findEndpoint(tx, endpointId);
    });
    return { ...eventEndpointView(endpoint), secret };
  }

  private assertUrl(url: string): void {
    const violation = findUrlViolation(url, { allowPrivate: this.settings.EVENTS_ALLOW_PRIVATE_NETWORKS });
    if (violation !== null) throw validationFailed([{ field: 'url', message: `url ${violation}` }]);
  }
}

/** Empty for all types, in the order of the catalog. */
function joinTypes(types: readonly EventType[] = []): string {
  return EVENT_TYPES.filter((type) => types.includes(type)).join(' ');
}

function changeOf(body: ChangeEventEndpointBody, before: EventEndpoint, now: Date): Partial<EventEndpoint> {
  const isNewUrl = body.url !== undefined && body.url !== before.url;
  return {
    ...(body.url !== undefined && { url: body.url }),
    ...(body.types !== undefined && { types: joinTypes(body.types) }),
    ...(body.description !== undefined && { description: body.description }),
    ...(body.status === 'DISABLED' && {
      status: body.status,
      disabledReason: before.disabledReason ?? ('BY_REQUEST' as const),
    }),
    ...(body.status === 'ENABLED' && { status: body.status, disabledReason: null }),
    ...((isNewUrl || body.status === 'ENABLED') && { failures: 0, pausedUntil: null, nextDueAt: now }),
  };
}

function auditedFields({
  url,
  types,
  description,
  status,
}: Pick<EventEndpoint, 'url' | 'types' | 'description' | 'status'>) {
  return { url: withoutQuery(url), types: types === '' ? [] : types.split(' '), description, status };
}

/** @returns the number of deleted deliveries. */
async function deleteWaiting(tx: EntityManager, endpointRowId: number): Promise<number> {
  const rows = await tx.find(EventDelivery, {
    select: { id: true },
    where: { endpointRowId, status: 'WAITING' },
    take: DELETE_SIZE,
  });
  if (rows.length > 0)
    await tx.delete(
      EventDelivery,
      rows.map(({ id }) => id),
    );
  return rows.length;
}
