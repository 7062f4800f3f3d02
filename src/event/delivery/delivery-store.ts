import { Injectable, Logger } from '@nestjs/common';
import { type EntityManager, In, IsNull, LessThanOrEqual, Not } from 'typeorm';
import { Clock } from '../../common/time/clock.js';
import { Metrics } from '../../common/metrics/metrics.js';
import { insertRows, updateRows } from '../../database/rows.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { freeLeaseConditions } from '../../jobs/claim-due.js';
import { EventEndpoint } from '../endpoints/event-endpoint.entity.js';
import type { DeliveryBatch } from './delivery-batch.js';
import { type AttemptOutcome, type AttemptRecord, outcomeOf } from './delivery-result.js';
import { DeliveryAttempt } from './delivery-attempt.entity.js';
import { EventDelivery } from './event-delivery.entity.js';
import { ATTEMPT_TIMEOUT_MS } from './event-exchange.js';
import { EVENT_ATTEMPTS } from './event-metrics.js';
import { pauseSeconds } from './retry-schedule.js';

/** Milliseconds in which the requests of a batch begin. */
export const BATCH_MS = 10_000;
/** Milliseconds of the lease that a batch needs: its requests, and storing their results. */
const BATCH_LEASE_MS = BATCH_MS + ATTEMPT_TIMEOUT_MS + 5000;
/** Each batch renews the lease. */
const LEASE_MS = BATCH_LEASE_MS + 15_000;

type JudgedAttempt = AttemptRecord & { outcome: AttemptOutcome };

/** Leases endpoints to this instance and stores the results of deliveries. */
@Injectable()
export class DeliveryStore {
  private readonly log = new Logger(DeliveryStore.name);

  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly metrics: Metrics,
  ) {}

  /** @returns the end of the lease; null when another instance holds it or the endpoint is disabled. */
  async lease({ id }: EventEndpoint): Promise<Date | null> {
    const until = this.leaseEnd();
    const where = freeLeaseConditions(this.clock.now()).map((leaseUntil) => ({
      id,
      status: 'ENABLED' as const,
      leaseUntil,
    }));
    const { affected } = await this.unitOfWork.run((tx) => tx.update(EventEndpoint, where, { leaseUntil: until }));
    return affected === 1 ? until : null;
  }

  /** Whether a batch may begin under this lease: it would end before another instance may begin. */
  isLongEnough(lease: Date): boolean {
    return lease.getTime() - this.clock.now().getTime() > BATCH_LEASE_MS;
  }

  /** Ends the lease and sets when the next delivery is due. */
  async release(id: number, lease: Date): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      // First, because it locks the row: deliveries that are queued meanwhile are either seen here or set the date later.
      const { affected } = await tx.update(EventEndpoint, { id, leaseUntil: lease }, { leaseUntil: null });
      if (affected !== 1) return;
      const [next] = await tx.find(EventDelivery, {
        select: { id: true, nextAttemptAt: true },
        where: { endpointRowId: id, nextAttemptAt: Not(IsNull()) },
        order: { nextAttemptAt: 'ASC' },
        take: 1,
      });
      await tx.update(EventEndpoint, { id }, { nextDueAt: next?.nextAttemptAt ?? null });
    });
  }

  /**
   * Stores the results of a batch and renews the lease.
   * @returns the new end of the lease; null when it was lost or the endpoint deleted. Nothing is stored then, and the events are
   * sent again.
   */
  async save(batch: DeliveryBatch, lease: Date, attempts: AttemptRecord[]): Promise<Date | null> {
    const now = this.clock.now();
    const until = this.leaseEnd();
    const judged = attempts.map((attempt) => ({ ...attempt, outcome: outcomeOf(attempt, now) }));
    const isGone = judged.some(({ outcome }) => outcome.kind !== 'delivered' && outcome.isGone);
    const isStored = await this.unitOfWork.run(async (tx) => {
      const health = healthAfter(batch.endpoint, judged, now);
      const { id } = batch.endpoint;
      const renewed = { ...health, leaseUntil: until };
      if ((await updateRows(tx, EventEndpoint, { id, leaseUntil: lease }, renewed)) !== 1) return false;
      if (isGone) {
        const disabled = { status: 'DISABLED' as const, disabledReason: 'GONE' as const, updatedAt: now };
        await tx.update(EventEndpoint, { id, status: 'ENABLED', url: batch.endpoint.url }, disabled);
      }
      await saveAttempts(tx, batch, judged, now);
      if (batch.withoutEvent.length > 0) await tx.delete(EventDelivery, { id: In(batch.withoutEvent) });
      return true;
    });
    if (!isStored) return null;
    this.report(batch.endpoint, judged, isGone);
    return until;
  }

  private report({ endpointId }: EventEndpoint, judged: JudgedAttempt[], isGone: boolean): void {
    for (const { outcome } of judged) this.metrics.increment(EVENT_ATTEMPTS, { outcome: metricLabelOf(outcome) });
    if (isGone) this.log.warn(`Event endpoint ${endpointId} answered 410 and is disabled`);
    const failed = judged.filter(({ outcome }) => outcome.kind === 'failed').length;
    if (failed > 0) this.log.error(`${failed} deliveries to event endpoint ${endpointId} failed after all attempts`);
  }

  private leaseEnd(): Date {
    return new Date(this.clock.now().getTime() + LEASE_MS);
  }
}

function metricLabelOf(outcome: AttemptOutcome): 'delivered' | 'retried' | 'failed' | 'gone' {
  if (outcome.kind === 'delivered') return 'delivered';
  if (outcome.isGone) return 'gone';
  return outcome.kind === 'failed' ? 'failed' : 'retried';
}

/** One success ends all probing. */
function healthAfter(
  endpoint: EventEndpoint,
  judged: JudgedAttempt[],
  now: Date,
): Pick<EventEndpoint, 'failures' | 'pausedUntil'> {
  const requested = judged.map(({ outcome }) => (outcome.kind === 'delivered' ? 0 : outcome.retryAfterSeconds));
  const isAlive = judged.length === 0 || judged.some(({ outcome }) => outcome.kind === 'delivered');
  const failures = isAlive ? 0 : endpoint.failures + 1;
  const pause = pauseSeconds(failures, Math.max(0, ...requested));
  return { failures, pausedUntil: pause === 0 ? null : new Date(now.getTime() + pause * 1000) };
}

/** A delivery that was queued again meanwhile is due later than the batch and stays as it is. */
async function saveAttempts(
  tx: EntityManager,
  batch: DeliveryBatch,
  judged: JudgedAttempt[],
  now: Date,
): Promise<void> {
  const unchanged = { status: 'WAITING' as const, nextAttemptAt: LessThanOrEqual(batch.at) };
  const delivered = judged.filter(({ outcome }) => outcome.kind === 'delivered');
  if (delivered.length > 0) {
    const where = { ...unchanged, id: In(delivered.map(({ delivery }) => delivery.id)) };
    const change = { status: 'DELIVERED' as const, nextAttemptAt: null, endedAt: now };
    await updateRows(tx, EventDelivery, where, change, 'attempts');
  }
  for (const { delivery, outcome } of judged) {
    if (outcome.kind === 'delivered') continue;
    const change =
      outcome.kind === 'failed'
        ? { status: 'FAILED' as const, nextAttemptAt: null, endedAt: now }
        : { nextAttemptAt: new Date(now.getTime() + outcome.afterSeconds * 1000) };
    await tx.update(EventDelivery, { ...unchanged, id: delivery.id }, { ...change, attempts: delivery.attempts + 1 });
  }
  await insertRows(tx, DeliveryAttempt, judged.map(attemptRow));
}

function attemptRow({ delivery, at, durationMs, result }: JudgedAttempt): Omit<DeliveryAttempt, 'id'> {
  const shared = { deliveryRowId: delivery.id, at, durationMs };
  return result.kind === 'answered'
    ? { ...shared, statusCode: result.statusCode, errorCode: null, responseBody: result.responseBody }
    : { ...shared, statusCode: null, errorCode: result.errorCode, responseBody: null };
}
