import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { Clock } from '../common/clock.js';
import { ClockMonitor } from '../common/clock-monitor.js';
import type { JobName } from '../common/metric-labels.js';
import { Metrics } from '../common/metrics.js';
import { Settings } from '../config/settings.js';
import { ClockCheck } from './clock-check.js';
import { HousekeepingJob } from './housekeeping.job.js';
import { OrderExpiryJob } from './order-expiry.job.js';
import { OutboxJob } from './outbox.job.js';
import { PaymentCheckJob } from './payment-check.job.js';
import { RefundCheckJob } from './refund-check.job.js';

const HOUSEKEEPING_INTERVAL_MS = 60_000;

/** Runs the jobs at their intervals on every instance, and releases their claims before the process ends. */
@Injectable()
export class JobScheduler implements OnApplicationBootstrap, BeforeApplicationShutdown {
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
    private readonly clockMonitor: ClockMonitor,
    private readonly clockCheck: ClockCheck,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.clockCheck.run();
    const tickMs = this.settings.RECONCILE_INTERVAL_SECONDS * 1000;
    this.schedule('payment-check', tickMs, () => this.paymentCheck.runner.wake());
    this.schedule('order-expiry', tickMs, () => this.expireOrders());
    this.schedule('refund-check', tickMs, () => this.refundCheck.runner.wake());
    this.schedule('outbox', tickMs, () => this.outbox.runner.wake());
    this.schedule('housekeeping', HOUSEKEEPING_INTERVAL_MS, () => this.housekeeping.tick());
  }

  async beforeApplicationShutdown(): Promise<void> {
    for (const name of this.registry.getIntervals()) this.registry.deleteInterval(name);
    const jobs = [this.paymentCheck, this.orderExpiry, this.refundCheck, this.outbox];
    await Promise.all(jobs.map((job) => job.runner.stop()));
  }

  /** Skipped while the clock is not trusted, because a closed order cannot be paid any more. */
  private async expireOrders(): Promise<void> {
    if (this.clockMonitor.untrustedReason !== null && !this.clock.areJumpsDeliberate) return;
    await this.orderExpiry.runner.wake();
  }

  private schedule(name: JobName, ms: number, tick: () => Promise<unknown>): void {
    let isTicking = false;
    const tickOnce = async (): Promise<void> => {
      if (isTicking) return; // the earlier tick still runs and is counted when it ends
      isTicking = true;
      const beganAt = performance.now();
      this.clockMonitor.checkForJump();
      try {
        await tick();
      } finally {
        isTicking = false;
      }
      this.metrics.jobTicked(name, beganAt);
    };
    this.registry.addInterval(
      name,
      setInterval(() => void tickOnce(), ms),
    );
  }
}
