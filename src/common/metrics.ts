import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { Clock } from './clock.js';
import {
  WECHAT_CALL_OUTCOMES,
  type WechatCallOutcome,
  CLOSE_REASONS,
  CONTRADICTIONS,
  type Contradiction,
  DATABASE_FAILURES,
  type DatabaseFailure,
  type JobName,
  JOB_NAMES,
  type LimitName,
  LIMIT_NAMES,
  NOTICE_RESULTS,
  type NoticeResult,
  type ResolutionSource,
  RESOLUTION_SOURCES,
  type NoticeKind,
  WECHAT_ENDPOINTS,
  type WechatEndpoint,
} from './metric-labels.js';

/** WeChat repeats a notice after 15 s, 15 s, 30 s, 3 min, 10 min … for a day: each bucket separates two attempts. */
const NOTICE_DELAY_BUCKETS = [1, 2, 5, 10, 20, 40, 90, 300, 900, 3600, 6 * 3600, 24 * 3600];
/** Includes the default of WECHAT_TIMEOUT_SECONDS and the longer timeout of refunds. */
const CALL_DURATION_BUCKETS = [0.05, 0.1, 0.2, 0.5, 1, 2, 4, 6, 8, 12];
const TICK_DURATION_BUCKETS = [0.01, 0.1, 0.5, 1, 5, 15, 60, 300];

/**
 * Counters of this process since its start. A call takes about a microsecond and never throws. Values of the whole shop are
 * not counted here; `GET /metrics` reads them from the database.
 */
@Injectable()
export class Metrics {
  /** One per service, because tests run several in one process. */
  readonly registry = new Registry();

  private readonly notices = this.counter('notices_total', 'WeChat notices by kind and result', ['kind', 'result']);
  private readonly noticeDelay = new Histogram({
    name: 'wx_checkout_notice_delay_seconds',
    help: "From WeChat's time of a payment or refund to our commit, for the first notice about it",
    labelNames: ['kind'],
    buckets: NOTICE_DELAY_BUCKETS,
    registers: [this.registry],
  });
  private readonly paymentsResolved = this.counter(
    'payments_resolved_total',
    'Payments received, by source: notice, query (by a job or a close), sync (requested by a buyer or staff)',
    ['source'],
  );
  private readonly contradictions = this.counter(
    'contradictions_total',
    'WeChat results that contradict our records, by kind (payment, refund) and result; nothing was changed',
    ['kind', 'result'],
  );
  private readonly refundsSucceeded = this.counter(
    'refunds_succeeded_total',
    'Refunds that WeChat reported as paid back',
  );
  private readonly ordersCreated = this.counter('orders_created_total', 'Orders created');
  private readonly ordersClosed = this.counter('orders_closed_total', 'Orders closed unpaid, by reason', ['reason']);
  private readonly limitsReached = this.counter(
    'limits_reached_total',
    'Calls rejected because a limit was reached, by limit',
    ['limit'],
  );
  private readonly staffLoginFailures = this.counter(
    'staff_login_failures_total',
    'Staff logins with a wrong username or password (401)',
  );
  private readonly wechatCalls = new Histogram({
    name: 'wx_checkout_wechat_call_duration_seconds',
    help: 'Calls to WeChat by endpoint and outcome: done, refused (rejected by WeChat), unknown (no usable answer)',
    labelNames: ['endpoint', 'outcome'],
    buckets: CALL_DURATION_BUCKETS,
    registers: [this.registry],
  });
  private readonly databaseRetries = this.counter(
    'database_retries_total',
    'Database transactions that were retried, by cause: conflict, connection',
    ['cause'],
  );
  private readonly databaseFailures = this.counter(
    'database_failures_total',
    'Database transactions that failed, so that the caller got 503 or WeChat got FAIL: conflict, connection, storage, commit',
    ['cause'],
  );
  /** The label is not `job`, because Prometheus adds a label with that name. */
  private readonly tickDuration = new Histogram({
    name: 'wx_checkout_job_tick_duration_seconds',
    help: 'Duration of one job tick on this instance, until no row is due or all workers are busy',
    labelNames: ['task'],
    buckets: TICK_DURATION_BUCKETS,
    registers: [this.registry],
  });
  private readonly lastTick = new Gauge({
    name: 'wx_checkout_job_last_tick_timestamp_seconds',
    help: 'End of the last tick of the job on this instance, by the machine clock; before the first tick, the process start',
    labelNames: ['task'],
    registers: [this.registry],
  });
  private readonly clockUntrusted = new Gauge({
    name: 'wx_checkout_clock_untrusted',
    help: "1 while this instance's clock jumped or differs from the clock of the database or WeChat; purging is paused",
    registers: [this.registry],
  });

  constructor(private readonly clock: Clock) {
    this.initializeSeries();
  }

  /** @param happenedAt WeChat's time of the payment or refund, only for the first notice about it. */
  noticeReceived<Kind extends NoticeKind>(kind: Kind, result: NoticeResult<Kind>, happenedAt?: Date | null): void {
    this.notices.inc({ kind, result });
    if (!happenedAt) return;
    // WeChat's times are whole seconds and its clock may differ, so the delay could be negative.
    const delayMs = Math.max(0, this.clock.now().getTime() - happenedAt.getTime());
    this.noticeDelay.observe({ kind }, delayMs / 1000);
  }

  paymentResolved(source: ResolutionSource): void {
    this.paymentsResolved.inc({ source });
  }

  contradictionFound<Kind extends NoticeKind>(kind: Kind, result: Contradiction<Kind>): void {
    this.contradictions.inc({ kind, result });
  }

  refundSucceeded(): void {
    this.refundsSucceeded.inc();
  }

  orderCreated(): void {
    this.ordersCreated.inc();
  }

  orderClosed(reason: (typeof CLOSE_REASONS)[number]): void {
    this.ordersClosed.inc({ reason });
  }

  /** Counts one rejected call. */
  limitReached(limit: LimitName): void {
    this.limitsReached.inc({ limit });
  }

  staffLoginFailed(): void {
    this.staffLoginFailures.inc();
  }

  /** @param beganAt `performance.now()` before the call. */
  wechatCalled(endpoint: WechatEndpoint, outcome: WechatCallOutcome, beganAt: number): void {
    this.wechatCalls.observe({ endpoint, outcome }, (performance.now() - beganAt) / 1000);
  }

  transactionRetried(cause: DatabaseFailure): void {
    this.databaseRetries.inc({ cause });
  }

  transactionAbandoned(cause: DatabaseFailure): void {
    this.databaseFailures.inc({ cause });
  }

  /** @param beganAt `performance.now()` before the tick. */
  jobTicked(job: JobName, beganAt: number): void {
    this.tickDuration.observe({ task: job }, (performance.now() - beganAt) / 1000);
    this.lastTick.set({ task: job }, Date.now() / 1000);
  }

  setClockUntrusted(isUntrusted: boolean): void {
    this.clockUntrusted.set(isUntrusted ? 1 : 0);
  }

  private counter<Label extends string>(name: string, help: string, labelNames: Label[] = []): Counter<Label> {
    return new Counter({ name: `wx_checkout_${name}`, help, labelNames, registers: [this.registry] });
  }

  private initializeSeries(): void {
    for (const kind of ['payment', 'refund', 'message'] as const) {
      for (const result of NOTICE_RESULTS[kind]) this.notices.inc({ kind, result }, 0);
      for (const result of CONTRADICTIONS[kind]) this.contradictions.inc({ kind, result }, 0);
      this.noticeDelay.zero({ kind });
    }
    for (const source of RESOLUTION_SOURCES) this.paymentsResolved.inc({ source }, 0);
    for (const reason of CLOSE_REASONS) this.ordersClosed.inc({ reason }, 0);
    for (const limit of LIMIT_NAMES) this.limitsReached.inc({ limit }, 0);
    for (const endpoint of WECHAT_ENDPOINTS) {
      for (const outcome of WECHAT_CALL_OUTCOMES) this.wechatCalls.zero({ endpoint, outcome });
    }
    for (const cause of DATABASE_FAILURES) {
      if (cause === 'conflict' || cause === 'connection') this.databaseRetries.inc({ cause }, 0);
      this.databaseFailures.inc({ cause }, 0);
    }
    for (const job of JOB_NAMES) {
      this.tickDuration.zero({ task: job });
      this.lastTick.set({ task: job }, Date.now() / 1000);
    }
  }
}
