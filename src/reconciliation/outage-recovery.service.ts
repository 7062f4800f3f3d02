import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '../common/time/clock.js';
import { Settings } from '../config/settings.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Order } from '../order/order.entity.js';
import { MAX_EARLIEST_CHECK_DELAY_SECONDS } from '../jobs/back-off.js';
import { PaymentAttempt } from '../payment/attempt/payment-attempt.entity.js';
import { RefundSchedule } from '../refund/sending/refund-schedule.js';
import { Refund } from '../refund/refund.entity.js';
import { WechatResponseSignal } from '../wechat/pay/wechat-response-signal.js';
import { rescheduleUnansweredChecks } from './reschedule-unanswered-checks.js';
import { paymentLeaseMs } from '../payment/attempt/payment-leases.js';
import { PaymentCheckJob } from './payment-check.job.js';
import { RefundCheckJob } from './refund-check.job.js';

/** Rows per table and batch. Their successful calls start the next batch. */
const BATCH_SIZE = 20;
/** Minimum milliseconds between two batches of this instance. */
const PAUSE_MS = 1000;
/** Milliseconds after which every query without a usable response may be brought forward. */
const FOLLOW_UP_DELAY_MS = (MAX_EARLIEST_CHECK_DELAY_SECONDS + 5) * 1000;

/**
 * After an outage of WeChat, brings forward the queries that had no usable response. Their back-off has grown during
 * the outage, and buyers who have paid would have to wait. Each successful call to WeChat Pay starts one batch, so that the
 * queries stop when WeChat fails again.
 */
@Injectable()
export class OutageRecoveryService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(OutageRecoveryService.name);
  private timer: NodeJS.Timeout | null = null;
  private followUpTimer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();
  /** Milliseconds of the monotonic clock. */
  private pauseUntil = 0;
  private isStopping = false;

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly schedule: RefundSchedule,
    private readonly signal: WechatResponseSignal,
    private readonly paymentCheck: PaymentCheckJob,
    private readonly refundCheck: RefundCheckJob,
  ) {}

  onApplicationBootstrap(): void {
    this.signal.onSuccessfulCall(() => {
      this.scheduleBatch();
      this.scheduleFollowUpBatch();
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    if (this.timer !== null) clearTimeout(this.timer);
    if (this.followUpTimer !== null) clearTimeout(this.followUpTimer);
    await this.running;
  }

  /** Plans one batch, immediately or after the pause. Further calls until then change nothing. */
  private scheduleBatch(): void {
    if (this.timer !== null || this.isStopping) return;
    const waitMs = Math.max(0, this.pauseUntil - performance.now());
    this.timer = setTimeout(() => {
      this.pauseUntil = performance.now() + PAUSE_MS;
      this.timer = null;
      this.running = this.running.then(() => this.runBatch());
    }, waitMs).unref();
  }

  /**
   * Plans one more batch for queries that failed just before the successful call: in a quiet shop no other call
   * starts one.
   */
  private scheduleFollowUpBatch(): void {
    if (this.followUpTimer !== null || this.isStopping) return;
    this.followUpTimer = setTimeout(() => {
      this.followUpTimer = null;
      this.scheduleBatch();
    }, FOLLOW_UP_DELAY_MS).unref();
  }

  /**
   * Never throws, because the rows keep their regular dates. Orders wait for the job run, which checks the clock first.
   */
  private async runBatch(): Promise<void> {
    try {
      const options = { now: this.clock.now(), leaseMs: paymentLeaseMs(this.settings), batchSize: BATCH_SIZE };
      const forRefunds = { ...options, leaseMs: this.schedule.leaseMs };
      const payments = await rescheduleUnansweredChecks(this.unitOfWork, PaymentAttempt, options);
      if (payments > 0) void this.paymentCheck.runner.wake();
      const refunds = await rescheduleUnansweredChecks(this.unitOfWork, Refund, forRefunds);
      if (refunds > 0) void this.refundCheck.runner.wake();
      const orders = await rescheduleUnansweredChecks(this.unitOfWork, Order, options);
      if (payments + refunds + orders === 0) return;
      this.log.log(
        `WeChat responds again: querying ${payments} payments, ${refunds} refunds and ${orders} unpaid orders now`,
      );
    } catch (error) {
      this.log.warn(`Could not bring queries to WeChat forward: ${String(error)}`);
    }
  }
}
