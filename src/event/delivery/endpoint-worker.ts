import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/time/clock.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { EndpointSecrets } from '../endpoints/endpoint-secret.js';
import type { EventEndpoint } from '../endpoints/event-endpoint.entity.js';
import type { Event } from '../event.entity.js';
import { bodyOf, type DeliveryBatch, readBatch } from './delivery-batch.js';
import { type AttemptRecord, isAccepted } from './delivery-result.js';
import { DeliveryStore } from './delivery-store.js';
import type { EventDelivery } from './event-delivery.entity.js';
import { EventSender, type SendResult } from './event-sender.js';
import { signedHeaders } from './sign-event.js';

/** Requests to one endpoint at once. */
const CONCURRENCY = 32;
/** Milliseconds in which requests of a batch begin. The lease of the endpoint lasts longer, with the time of the last ones. */
const BATCH_MS = 10_000;
const SHARED_HEADERS = { 'content-type': 'application/json', 'user-agent': 'wx-checkout' };

/** Delivers to one endpoint at a time under its lease. */
@Injectable()
export class EndpointWorker {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly store: DeliveryStore,
    private readonly secrets: EndpointSecrets,
    private readonly sender: EventSender,
  ) {}

  /**
   * Delivers until nothing is due or `isStopping`. No request is sent inside a transaction. After a crash the events whose
   * results are not stored are sent again.
   * @returns false when another instance delivers to the endpoint.
   * @throws DomainError SERVICE_UNAVAILABLE; the lease then ends by itself.
   */
  async run(endpoint: EventEndpoint, isStopping: () => boolean): Promise<boolean> {
    let lease = await this.store.lease(endpoint);
    if (lease === null) return false;
    while (!isStopping()) {
      const at = this.clock.now();
      const batch = await this.unitOfWork.read((manager) => readBatch(manager, endpoint.id, at));
      if (batch === null) break;
      lease = await this.store.save(batch, lease, await this.send(batch, isStopping));
      if (lease === null) return true;
    }
    await this.store.release(endpoint.id, lease);
    return true;
  }

  /** After a request that was not accepted it begins no other. Deliveries that are not sent stay due. */
  private async send({ endpoint, at, deliveries }: DeliveryBatch, isStopping: () => boolean): Promise<AttemptRecord[]> {
    const secrets = this.secrets.activeSecrets(endpoint, at);
    const attempts: AttemptRecord[] = [];
    const endsAt = performance.now() + BATCH_MS;
    let isRefused = false;
    const waiting = deliveries.values(); // one iterator for all
    const sendInTurn = async (): Promise<void> => {
      for (const { delivery, event } of waiting) {
        if (isRefused || isStopping() || performance.now() > endsAt) return;
        const attempt = await this.attempt(endpoint, secrets, delivery, event);
        if (attempt !== null) attempts.push(attempt);
        isRefused ||= attempt === null || !isAccepted(attempt.result);
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, sendInTurn));
    return attempts;
  }

  /** @returns null when the service stopped before the answer came. */
  private async attempt(
    { url }: EventEndpoint,
    secrets: string[] | null,
    delivery: EventDelivery,
    event: Event,
  ): Promise<AttemptRecord | null> {
    const at = this.clock.now();
    const beganAt = performance.now();
    const result = await this.post(url, secrets, event);
    if (result.kind === 'aborted') return null;
    return { delivery, at, durationMs: Math.round(performance.now() - beganAt), result };
  }

  private post(url: string, secrets: string[] | null, event: Event): Promise<SendResult> {
    if (secrets === null) return Promise.resolve({ kind: 'failed', errorCode: 'SECRET_UNREADABLE' });
    const body = bodyOf(event);
    // The receiver compares it with its own clock, which does not follow the simulator's.
    const signed = signedHeaders(secrets, { id: event.eventId, at: new Date(), body });
    return this.sender.post(url, { ...SHARED_HEADERS, ...signed }, body);
  }
}
