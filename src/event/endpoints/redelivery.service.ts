import { Injectable } from '@nestjs/common';
import { type Actor, AuditLog } from '../../audit/audit-log.js';
import { Clock } from '../../common/time/clock.js';
import { toInstant } from '../../common/time/instants.js';
import { DomainError } from '../../common/problem/domain-error.js';
import { validationFailed } from '../../common/validation/input.pipe.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { DeliveryQueue } from '../delivery/delivery-queue.js';
import { EventDeliveryJob } from '../delivery/event-delivery.job.js';
import { Event } from '../event.entity.js';
import { EventRecorder } from '../event-recorder.js';
import { eventView, type FeedEventView } from '../feed/event-feed.dto.js';
import { EventSequencer } from '../feed/event-sequencer.js';
import { type RedeliveryView, type ReplayBody, type ReplayView, eventEndpointView } from './event-endpoint.dto.js';
import { EventEndpoint, receives } from './event-endpoint.entity.js';
import { endpointNotFound, findEndpoint } from './find-endpoint.js';
import { BATCH_SIZE, findReplayed, type ReplayPage, type RowKey } from './find-replayed-events.js';

/** Events that one replay looks at, so that the call ends within seconds. */
const MAX_REPLAYED = 10_000;

/** Sends events again, and test events, when staff or a program requests it. */
@Injectable()
export class RedeliveryService {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditLog,
    private readonly recorder: EventRecorder,
    private readonly sequencer: EventSequencer,
    private readonly queue: DeliveryQueue,
    private readonly job: EventDeliveryJob,
  ) {}

  /**
   * Sends a test event to this endpoint alone, regardless of the types that it receives.
   * @throws DomainError EVENT_ENDPOINT_NOT_FOUND, EVENT_ENDPOINT_DISABLED.
   */
  async sendTest(actor: Actor, endpointId: string): Promise<FeedEventView> {
    const event = await this.unitOfWork.run(async (tx) => {
      const endpoint = await findEndpoint(tx, endpointId);
      assertEnabled(endpoint);
      await this.queue.endPause(tx, endpoint);
      const data = { object: 'endpoint', version: 1, ...eventEndpointView(endpoint) };
      await this.audit.write(tx, {
        actor,
        action: 'event-endpoint.test',
        subject: endpointId,
        before: null,
        after: null,
      });
      return this.recorder.write(tx, { type: 'endpoint.test', subject: endpointId, data });
    });
    this.job.wakeSoon();
    return eventView(event);
  }

  /** Delivers an event again to every enabled endpoint that receives it. May be repeated. @throws DomainError EVENT_NOT_FOUND. */
  async redeliver(actor: Actor, eventId: string): Promise<RedeliveryView> {
    await this.sequencer.run();
    const count = await this.unitOfWork.run(async (tx) => {
      const event = await tx.findOneBy(Event, { eventId });
      if (!event) throw new DomainError('EVENT_NOT_FOUND', { params: { id: eventId } });
      const endpoints = (await tx.findBy(EventEndpoint, { status: 'ENABLED' })).filter((each) => receives(each, event));
      for (const endpoint of endpoints) await this.queue.addAgain(tx, endpoint, [event]);
      const after = { count: endpoints.length };
      await this.audit.write(tx, { actor, action: 'event.redeliver', subject: eventId, before: null, after });
      return endpoints.length;
    });
    this.job.wakeSoon();
    return { count };
  }

  /**
   * Delivers the events of a period again to one endpoint. May be repeated.
   * @throws DomainError EVENT_ENDPOINT_NOT_FOUND, EVENT_ENDPOINT_DISABLED, VALIDATION_FAILED for a period that ends before it
   * begins.
   */
  async replay(actor: Actor, endpointId: string, body: ReplayBody): Promise<ReplayView> {
    const [from, to] = [toInstant(body.from), toInstant(body.to)];
    if (from >= to) throw validationFailed([{ field: 'to', message: 'to must be later than from' }]);
    await this.sequencer.run();
    const endpoint = await this.unitOfWork.read((manager) => findEndpoint(manager, endpointId));
    assertEnabled(endpoint);
    let [count, scanned] = [0, 0];
    let last: RowKey | null = null;
    for (let isEnd = false; !isEnd && scanned < MAX_REPLAYED;) {
      const page: ReplayPage = await this.unitOfWork.run(async (tx) => {
        if (!(await this.queue.endPause(tx, endpoint))) throw endpointNotFound(endpointId);
        const found = await findReplayed(tx, endpoint, body, { from, to, last });
        await this.queue.addAgain(tx, endpoint, found.events);
        return found;
      });
      count += page.events.length;
      scanned += page.scanned;
      isEnd = page.scanned < BATCH_SIZE;
      last = isEnd ? null : page.last;
    }
    const continueFrom = last?.createdAt ?? null;
    await this.unitOfWork.run((tx) =>
      this.audit.write(tx, {
        actor,
        action: 'event-endpoint.replay',
        subject: endpointId,
        before: null,
        after: { count },
      }),
    );
    this.job.wakeSoon();
    return { count, continueFrom };
  }
}

function assertEnabled({ endpointId, status }: EventEndpoint): void {
  if (status !== 'ENABLED') throw new DomainError('EVENT_ENDPOINT_DISABLED', { params: { id: endpointId } });
}
