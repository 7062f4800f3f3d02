import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { Settings } from '../config/settings.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Order } from '../order/order.entity.js';
import { MAX_EARLY_SECONDS } from '../payment/early-check.js';
import { PaymentAttempt } from '../payment/payment-attempt.entity.js';
import { RefundSchedule } from '../refund/refund-schedule.js';
import { Refund } from '../refund/refund.entity.js';
import { WechatAnswerSignal } from '../wechat/wechat-answer-signal.js';
import { bringForward } from './bring-forward.js';
import { paymentLeaseMs } from './check-timing.js';
import { PaymentCheckJob } from './payment-check.job.js';
import { RefundCheckJob } from './refund-check.job.js';

/** Rows per table and batch. Their usable answers start the next batch. */
const BATCH_SIZE = 20;
/** Minimum milliseconds between two batches of this instance. */
const PAUSE_MS = 1000;
/** Milliseconds after which every query without a usable answer may be brought forward. */
const FOLLOW_UP_DELAY_MS = (MAX_EARLY_SECONDS + 5) * 1000;

/**
 * After an outage of WeChat, brings forward the queries that had no usable answer. Their back-off has grown during the
 * outage, and buyers who have paid would have to wait. Each usable answer of WeChat starts one batch, so that the queries
 * stop when WeChat fails again.
 */
@Injectable()
export class EarlyCheckService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(EarlyCheckService.name);
  private timer: NodeJS.Timeout | null = null;
  private lateTimer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();
  /** Milliseconds of the monotonic clock. */
  private pauseUntil = 0;
  private isStopping = false;

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly schedule: RefundSchedule,
    private readonly signal: WechatAnswerSignal,
    private readonly paymentCheck: PaymentCheckJob,
    private readonly refundCheck: RefundCheckJob,
  ) {}

  onApplicationBootstrap(): void {
    this.signal.onAnswer(() => {
      this.plan();
      this.planLater();
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    if (this.timer !== null) clearTimeout(this.timer);
    if (this.lateTimer !== null) clearTimeout(this.lateTimer);
    await this.running;
  }

  /** Plans one batch, immediately or after the pause. Further answers until then change nothing. */
  private plan(): void {
    if (this.timer !== null || this.isStopping) return;
    const waitMs = Math.max(0, this.pauseUntil - performance.now());
    this.timer = setTimeout(() => {
      this.pauseUntil = performance.now() + PAUSE_MS;
      this.timer = null;
      this.running = this.running.then(() => this.run());
    }, waitMs).unref();
  }

  /** Plans one more batch for queries that failed just before the answer: in a quiet shop no other answer starts one. */
  private planLater(): void {
    if (this.lateTimer !== null || this.isStopping) return;
    this.lateTimer = setTimeout(() => {
      this.lateTimer = null;
      this.plan();
    }, FOLLOW_UP_DELAY_MS).unref();
  }

  /** Never throws, because the rows keep their regular dates. Orders wait for the tick, which checks the clock first. */
  private async run(): Promise<void> {
    try {
      const options = { now: this.clock.now(), leaseMs: paymentLeaseMs(this.settings), batchSize: BATCH_SIZE };
      const forRefunds = { ...options, leaseMs: this.schedule.leaseMs };
      const payments = await bringForward(this.unitOfWork, PaymentAttempt, options);
      if (payments > 0) void this.paymentCheck.runner.wake();
      const refunds = await bringForward(this.unitOfWork, Refund, forRefunds);
      if (refunds > 0) void this.refundCheck.runner.wake();
      const orders = await bringForward(this.unitOfWork, Order, options);
      if (payments + refunds + orders === 0) return;
      this.log.log(
        `WeChat answers again: querying ${payments} payments, ${refunds} refunds and ${orders} unpaid orders now`,
      );
    } catch (error) {
      this.log.warn(`Could not bring queries to WeChat forward: ${String(error)}`);
    }
  }
}
