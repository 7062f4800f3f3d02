import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../common/time/clock.js';
import { withTimeout } from '../../common/time/with-timeout.js';
import { Settings } from '../../config/settings.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { ScheduledJob } from '../../jobs/scheduled-job.js';
import { EventEndpoint } from '../endpoints/event-endpoint.entity.js';
import { EventRecorder } from '../event-recorder.js';
import { EventSequencer } from '../feed/event-sequencer.js';
import { EndpointWorker } from './endpoint-worker.js';
import { EventSender } from './event-sender.js';
import { WorkPauses } from './work-pauses.js';

/**
 * Milliseconds from a commit to the delivery of its events. Collects the commits of this time: a run takes four transactions and
 * more for each endpoint, which would delay notices if every commit started one.
 */
const WAKE_DELAY_MS = 100;
/** Milliseconds for each endpoint that this instance delivers to already: an instance with fewer takes the next one first. */
const TURN_DELAY_MS = 30;
/** At shutdown, requests in progress may take this long. */
const SHUTDOWN_TIMEOUT_MS = 7000;
/** Afterwards, storing results and ending the leases may take this long. */
const RELEASE_TIMEOUT_MS = 1000;

/**
 * Numbers new events and delivers them, at its interval and shortly after each commit with events in this process. Endpoints
 * are independent of each other: each has its own worker, on one instance at a time.
 */
@Injectable()
export class EventDeliveryJob extends ScheduledJob {
  readonly task = 'event-delivery';
  readonly intervalMs: number;
  private readonly log = new Logger(EventDeliveryJob.name);
  private readonly workers = new Map<number, Promise<void>>();
  private readonly pauses = new WorkPauses();
  private running: Promise<void> | null = null;
  private isRunRequested = false;
  private isStopping = false;
  /** Whether any endpoint was enabled at the last run. Without one, a commit starts no work. */
  private hasEndpoints = false;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    settings: Settings,
    recorder: EventRecorder,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly sequencer: EventSequencer,
    private readonly worker: EndpointWorker,
    private readonly sender: EventSender,
  ) {
    super();
    this.intervalMs = settings.RECONCILE_INTERVAL_SECONDS * 1000;
    recorder.setOnCommitted(() => {
      if (this.hasEndpoints) this.wakeSoon();
    });
  }

  /** Requests a run within milliseconds. */
  wakeSoon(): void {
    if (this.isStopping) return;
    this.timer ??= setTimeout(() => {
      this.timer = null;
      void this.run();
    }, WAKE_DELAY_MS);
  }

  /** Numbers the events and starts a worker for each endpoint with due deliveries. Does not wait for them. Never throws. */
  override run(): Promise<void> {
    this.isRunRequested = true;
    this.running ??= this.runWhileRequested().finally(() => (this.running = null));
    return this.running;
  }

  /** Runs and waits until no delivery is due. Never throws. */
  async tick(): Promise<void> {
    this.pauses.hurry();
    try {
      do {
        await Promise.all(this.workers.values());
        await this.run();
      } while (this.workers.size > 0);
    } finally {
      this.pauses.relax();
    }
  }

  override async stop(): Promise<void> {
    this.isStopping = true;
    this.pauses.hurry();
    if (this.timer) clearTimeout(this.timer);
    const idle = async (): Promise<void> => {
      await this.running;
      await Promise.all(this.workers.values());
    };
    await withTimeout(idle(), SHUTDOWN_TIMEOUT_MS, () => undefined);
    this.sender.abort(); // the workers then store what they have and end their leases
    await withTimeout(idle(), RELEASE_TIMEOUT_MS, () => undefined);
  }

  private async runWhileRequested(): Promise<void> {
    while (this.isRunRequested && !this.isStopping) {
      this.isRunRequested = false;
      try {
        await this.sequencer.run();
        await this.startWorkers();
      } catch (error) {
        this.log.warn(`Could not deliver events; the next run tries again: ${String(error)}`);
      }
    }
  }

  private async startWorkers(): Promise<void> {
    const endpoints = await this.unitOfWork.read((manager) => manager.findBy(EventEndpoint, { status: 'ENABLED' }));
    this.hasEndpoints = endpoints.length > 0;
    const now = this.clock.now();
    for (const endpoint of endpoints) {
      if (isDue(endpoint, now) && !this.workers.has(endpoint.id)) this.startWorker(endpoint);
    }
  }

  private startWorker(endpoint: EventEndpoint): void {
    const control = { isStopping: () => this.isStopping, pauses: this.pauses };
    const delayMs = this.workers.size * TURN_DELAY_MS;
    const work = async (): Promise<void> => {
      let hasWorked = false;
      try {
        if (delayMs > 0) await this.pauses.wait(delayMs);
        hasWorked = await this.worker.run(endpoint, control);
      } catch (error) {
        this.log.warn(`Deliveries to event endpoint ${endpoint.endpointId} were interrupted: ${String(error)}`);
      }
      this.workers.delete(endpoint.id);
      // An event that was queued at the end of the work found this worker still in the map.
      if (hasWorked) this.wakeSoon();
    };
    this.workers.set(endpoint.id, work());
  }
}

function isDue({ nextDueAt, pausedUntil, leaseUntil }: EventEndpoint, now: Date): boolean {
  const isFree = leaseUntil === null || leaseUntil <= now;
  return nextDueAt !== null && nextDueAt <= now && (pausedUntil === null || pausedUntil <= now) && isFree;
}
