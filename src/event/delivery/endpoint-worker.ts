import type { KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/time/clock.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { EndpointSecrets } from '../endpoints/endpoint-secret.js';
import type { EventEndpoint } from '../endpoints/event-endpoint.entity.js';
import { bodyOf, type DeliveryBatch, type DueDelivery, readBatch, type SentEvent } from './delivery-batch.js';
import { type AttemptRecord, isAccepted } from './delivery-result.js';
import { BATCH_MS, DeliveryStore } from './delivery-store.js';
import { EndpointLease } from './endpoint-lease.js';
import type { SendResult } from './event-exchange.js';
import { EventSender, type SendTarget } from './event-sender.js';
import { signedHeaders, signingKey } from './sign-event.js';
import type { WorkPauses } from './work-pauses.js';

/** Requests to one endpoint at once: more than the first number only to a receiver that answers slowly. */
const [MIN_CONCURRENCY, MAX_CONCURRENCY] = [2, 32];
/** Milliseconds. After a slower answer one more request is sent at once. A fast receiver is not faster with more, but notices wait. */
const SLOW_ANSWER_MS = 50;
/**
 * Milliseconds from the end of a batch to the next one unless more is due already. It collects events: each batch takes a commit,
 * and a commit waits for the disk.
 */
const COLLECT_MS = 200;
/** Milliseconds without any due delivery after which the lease ends. Taking it again would take two commits. */
const KEEP_LEASE_MS = 3000;
/** Milliseconds after which the lease ends in any case, so that an instance with fewer endpoints can take this one. */
const TURN_MS = 10_000;
const SHARED_HEADERS = { 'content-type': 'application/json', 'user-agent': 'wx-checkout' };

/** What a worker follows while it works. */
export interface WorkControl {
  isStopping: () => boolean;
  pauses: WorkPauses;
}

/** Where the requests of a batch go, and who signs them; null if that is impossible. */
interface Recipient {
  target: SendTarget | null;
  keys: KeyObject[] | null;
}

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
   * Delivers until nothing is due for a while or the service stops. No request is sent inside a transaction. After a crash the
   * events whose results are not stored are sent again.
   * @returns false when another instance delivers to the endpoint.
   * @throws DomainError SERVICE_UNAVAILABLE; the lease then ends by itself.
   */
  async run(endpoint: EventEndpoint, control: WorkControl): Promise<boolean> {
    const until = await this.store.lease(endpoint);
    if (until === null) return false;
    const lease = new EndpointLease(this.store, until);
    await this.deliver(endpoint.id, lease, control);
    const last = await lease.settle();
    if (last !== null) await this.store.release(endpoint.id, last);
    return true;
  }

  /** Sends a full batch while the results of the previous one are stored. */
  private async deliver(endpointRowId: number, lease: EndpointLease, control: WorkControl): Promise<void> {
    const endsAt = performance.now() + TURN_MS;
    let workedAt = performance.now();
    let isHealthy = true;
    while (!control.isStopping() && performance.now() < endsAt && (await lease.allowsBatch())) {
      const batch = await this.read(endpointRowId, lease.batchInProgress);
      if (batch === null) {
        const hasStored = lease.batchInProgress !== null;
        if ((await lease.settle()) === null) return;
        if (hasStored) continue; // a delivery of that batch may have been queued again
        if (!isHealthy || control.pauses.isHurried || performance.now() - workedAt > KEEP_LEASE_MS) return;
        await control.pauses.wait(COLLECT_MS);
        continue;
      }
      const attempts = await this.send(batch, control);
      if ((await lease.settle()) === null) return;
      lease.storeResults(batch, attempts);
      isHealthy = attempts.length === batch.deliveries.length && attempts.every(({ result }) => isAccepted(result));
      if (!batch.isFull) await control.pauses.wait(COLLECT_MS);
      // What comes next depends on the result of a probe, or on what the receiver has refused.
      if (!batch.isFull || !isHealthy || batch.endpoint.failures > 0) await lease.settle();
      workedAt = performance.now();
    }
  }

  private read(endpointRowId: number, previous: DeliveryBatch | null): Promise<DeliveryBatch | null> {
    const at = this.clock.now();
    return this.unitOfWork.read((manager) => readBatch(manager, endpointRowId, { at, previous }));
  }

  /** After a request that was not accepted it begins no other. Deliveries that are not sent stay due. */
  private async send({ endpoint, at, deliveries }: DeliveryBatch, control: WorkControl): Promise<AttemptRecord[]> {
    const target = this.sender.targetOf(endpoint.url);
    const keys = this.secrets.activeSecrets(endpoint, at)?.map(signingKey) ?? null;
    const attempts: AttemptRecord[] = [];
    const endsAt = performance.now() + BATCH_MS;
    let isRefused = false;
    const waiting = deliveries.values(); // one iterator for all
    const senders: Promise<void>[] = [];
    const sendInTurn = async (): Promise<void> => {
      for (const { delivery, event } of waiting) {
        if (isRefused || control.isStopping() || performance.now() > endsAt) return;
        const attempt = await this.attempt({ target, keys }, delivery, event);
        if (attempt !== null) attempts.push(attempt);
        isRefused ||= attempt === null || !isAccepted(attempt.result);
        if (attempt !== null && attempt.durationMs > SLOW_ANSWER_MS && senders.length < MAX_CONCURRENCY)
          senders.push(sendInTurn());
      }
    };
    for (let count = 0; count < MIN_CONCURRENCY; count++) senders.push(sendInTurn());
    for (const sender of senders) await sender; // the list grows meanwhile
    return attempts;
  }

  /** @returns null when the service stopped before the answer came. */
  private async attempt(recipient: Recipient, delivery: DueDelivery, event: SentEvent): Promise<AttemptRecord | null> {
    const at = this.clock.now();
    const beganAt = performance.now();
    const result = await this.post(recipient, event);
    if (result.kind === 'aborted') return null;
    return { delivery, at, durationMs: Math.round(performance.now() - beganAt), result };
  }

  private post({ target, keys }: Recipient, event: SentEvent): Promise<SendResult> {
    if (target === null) return Promise.resolve({ kind: 'failed', errorCode: 'ADDRESS_NOT_ALLOWED' });
    if (keys === null) return Promise.resolve({ kind: 'failed', errorCode: 'SECRET_UNREADABLE' });
    const body = bodyOf(event);
    // The receiver compares it with its own clock, which does not follow the simulator's.
    const signed = signedHeaders(keys, { id: event.eventId, at: new Date(), body });
    return this.sender.post(target, { ...SHARED_HEADERS, ...signed }, body);
  }
}
