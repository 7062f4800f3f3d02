import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { DeliveryListService } from './delivery/delivery-list.service.js';
import { DeliveryQueue } from './delivery/delivery-queue.js';
import { DeliveryStore } from './delivery/delivery-store.js';
import { EndpointWorker } from './delivery/endpoint-worker.js';
import { EventDeliveryJob } from './delivery/event-delivery.job.js';
import { EventSender } from './delivery/event-sender.js';
import { EndpointSecrets } from './endpoints/endpoint-secret.js';
import { EventEndpointService } from './endpoints/event-endpoint.service.js';
import { RedeliveryService } from './endpoints/redelivery.service.js';
import { EventRecorder } from './event-recorder.js';
import { EventFeedService } from './feed/event-feed.service.js';
import { EventSequencer } from './feed/event-sequencer.js';

/**
 * Events for the merchant's own systems: written in the transaction of the change that they report, listed for polling, and
 * delivered to endpoints.
 */
@Module({
  imports: [AuditModule],
  providers: [
    EventRecorder,
    EventSequencer,
    EventFeedService,
    DeliveryQueue,
    DeliveryStore,
    EndpointSecrets,
    EndpointWorker,
    EventSender,
    EventDeliveryJob,
    EventEndpointService,
    RedeliveryService,
    DeliveryListService,
  ],
  exports: [
    EventRecorder,
    EventFeedService,
    EventEndpointService,
    RedeliveryService,
    DeliveryListService,
    EventDeliveryJob,
  ],
})
export class EventModule {}
