import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { Clock } from '../common/clock.js';
import { ClockWatch } from '../common/clock-watch.js';
import type { Job } from '../common/metric-words.js';
import { Metrics } from '../common/metrics.js';
import { Settings } from '../config/settings.js';
import { ClockCheck } from './clock-check.js';
import { HousekeepingJob } from './housekeeping.job.js';
import { OrderExpiryJob } from './order-expiry.job.js';
import { OutboxJob } from './outbox.job.js';
import { PaymentCheckJob } from './payment-check.job.js';
import { RefundCheckJob } from './refund-check.job.js';

const HOUSEKEEPING_MS = 60_000;

/** Lets the jobs tick, on every instance, and lets go of their claims before the process ends. */
@Injectable()
export class JobSchedule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    private readonly settings: Settings,
    private readonly registry: SchedulerRegistry,
    private readonly paymentCheck: PaymentCheckJob,
    private readonly orderExpiry: OrderExpiryJob,
    private readonly refundCheck: RefundCheckJob,
    private readonly outbox: OutboxJob,
    private readonly housekeeping: HousekeepingJob,
    private readonly metrics: Metrics,
    private readonly clock: Clock,
    private readonly clockWatch: ClockWatch,
    private readonly clockCheck: ClockCheck,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.clockCheck.run();
    const tickMs = this.settings.RECONCILE_INTERVAL_SECONDS * 1000;
    this.every('payment-check', tickMs, () => this.paymentCheck.due.wake());
    this.every('order-expiry', tickMs, () => this.expireOrders());
    this.every('refund-check', tickMs, () => this.refundCheck.due.wake());
    this.every('outbox', tickMs, () => this.outbox.due.wake());
    this.every('housekeeping', HOUSEKEEPING_MS, () => this.housekeeping.tick());
  }

  async beforeApplicationShutdown(): Promise<void> {
    for (const name of this.registry.getIntervals()) this.registry.deleteInterval(name);
    const jobs = [this.paymentCheck, this.orderExpiry, this.refundCheck, this.outbox];
    await Promise.all(jobs.map((job) => job.due.stop()));
  }

  /** Not by a clock that may be wrong: a closed order cannot be paid any more. */
  private async expireOrders(): Promise<void> {
    if (this.clockWatch.doubt !== null && !this.clock.areJumpsDeliberate) return;
    await this.orderExpiry.due.wake();
  }

  private every(name: Job, ms: number, tick: () => Promise<unknown>): void {
    let isTicking = false;
    const tickOnce = async (): Promise<void> => {
      if (isTicking) return; // the earlier one goes on, and only its end counts as a tick
      isTicking = true;
      const beganAt = performance.now();
      this.clockWatch.look();
      try {
        await tick();
      } finally {
        isTicking = false;
      }
      this.metrics.ticked(name, beganAt);
    };
    this.registry.addInterval(
      name,
      setInterval(() => void tickOnce(), ms),
    );
  }
}
