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

/** WeChat repeats a notice after 15 s, 15 s, 30 s, 3 min, 10 min … for a day: each bound tells one try from the next. */
const NOTICE_DELAY_BUCKETS = [1, 2, 5, 10, 20, 40, 90, 300, 900, 3600, 6 * 3600, 24 * 3600];
/** The default of WECHAT_TIMEOUT_SECONDS is among them, and what a refund may take besides. */
const CALL_DURATION_BUCKETS = [0.05, 0.1, 0.2, 0.5, 1, 2, 4, 6, 8, 12];
const TICK_DURATION_BUCKETS = [0.01, 0.1, 0.5, 1, 5, 15, 60, 300];

/**
 * What this process has seen and done since it started. Everybody may count here: it costs about a microsecond, keeps
 * nothing but sums, and never throws. Facts about the shop as a whole are not counted but read from the database, at
 * `GET /metrics`.
 */
@Injectable()
export class Metrics {
  /** One for each service: tests run many in one process. */
  readonly registry = new Registry();

  private readonly notices = this.counter('notices_total', 'Notices of WeChat by kind and by what came of them', [
    'kind',
    'result',
  ]);
  private readonly noticeDelay = new Histogram({
    name: 'wx_checkout_notice_delay_seconds',
    help: "From WeChat's own time of a payment or refund to our commit, for the notice that told us first",
    labelNames: ['kind'],
    buckets: NOTICE_DELAY_BUCKETS,
    registers: [this.registry],
  });
  private readonly paymentsResolved = this.counter(
    'payments_resolved_total',
    'Payments that we learnt of, by how: notice, query (a job or a close asked), sync (buyer or staff had us ask)',
    ['source'],
  );
  private readonly contradictions = this.counter(
    'contradictions_total',
    "What WeChat said and our books deny, by notice or query: nothing has moved, and 'result' says why",
    ['about', 'result'],
  );
  private readonly refundsSucceeded = this.counter('refunds_succeeded_total', 'Refunds that WeChat says are back');
  private readonly ordersCreated = this.counter('orders_created_total', 'Orders placed');
  private readonly ordersClosed = this.counter('orders_closed_total', 'Orders closed unpaid, by reason', ['reason']);
  private readonly limitsReached = this.counter(
    'limits_reached_total',
    'Calls refused because a limit was reached, by limit',
    ['limit'],
  );
  private readonly staffLoginFailures = this.counter(
    'staff_login_failures_total',
    'Logins of staff with a wrong name or password, answered 401',
  );
  private readonly wechatCalls = new Histogram({
    name: 'wx_checkout_wechat_call_duration_seconds',
    help: 'Calls to WeChat by endpoint and outcome: done, refused (a clear no), unknown (no usable answer)',
    labelNames: ['endpoint', 'outcome'],
    buckets: CALL_DURATION_BUCKETS,
    registers: [this.registry],
  });
  private readonly databaseRetries = this.counter(
    'database_retries_total',
    'Units of work begun anew, by what stopped them: conflict, connection',
    ['cause'],
  );
  private readonly databaseFailures = this.counter(
    'database_failures_total',
    'Units of work given up, so that somebody heard 503 or WeChat heard FAIL: conflict, connection, storage, commit',
    ['cause'],
  );
  /** The label is not `job`: Prometheus has one of its own by that name. */
  private readonly tickDuration = new Histogram({
    name: 'wx_checkout_job_tick_duration_seconds',
    help: 'Looks for due rows on this instance, until nothing is due or every worker is busy',
    labelNames: ['task'],
    buckets: TICK_DURATION_BUCKETS,
    registers: [this.registry],
  });
  private readonly lastTick = new Gauge({
    name: 'wx_checkout_job_last_tick_timestamp_seconds',
    help: 'When a tick of the job last came to its end on this instance, by the machine clock; before the first, the start',
    labelNames: ['task'],
    registers: [this.registry],
  });
  private readonly clockUntrusted = new Gauge({
    name: 'wx_checkout_clock_in_doubt',
    help: "1 while this instance's clock jumped or differs from the database's or WeChat's, so that nothing is purged",
    registers: [this.registry],
  });

  constructor(private readonly clock: Clock) {
    this.initializeSeries();
  }

  /** @param happenedAt for a notice that told something new: WeChat's own time of it, where it says one. */
  noticeReceived<About extends NoticeKind>(kind: About, result: NoticeResult<About>, happenedAt?: Date | null): void {
    this.notices.inc({ kind, result });
    if (!happenedAt) return;
    // WeChat's times are whole seconds, and its clock is not ours: a notice is never early.
    const delayMs = Math.max(0, this.clock.now().getTime() - happenedAt.getTime());
    this.noticeDelay.observe({ kind }, delayMs / 1000);
  }

  paymentResolved(by: ResolutionSource): void {
    this.paymentsResolved.inc({ source: by });
  }

  contradictionFound<About extends NoticeKind>(about: About, result: Contradiction<About>): void {
    this.contradictions.inc({ about, result });
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

  /** Counts one refused call. */
  limitReached(limit: LimitName): void {
    this.limitsReached.inc({ limit });
  }

  staffLoginFailed(): void {
    this.staffLoginFailures.inc();
  }

  /** @param beganAt what `performance.now()` said before the call. */
  wechatCalled(endpoint: WechatEndpoint, outcome: WechatCallOutcome, beganAt: number): void {
    this.wechatCalls.observe({ endpoint, outcome }, (performance.now() - beganAt) / 1000);
  }

  transactionRetried(cause: DatabaseFailure): void {
    this.databaseRetries.inc({ cause });
  }

  transactionAbandoned(cause: DatabaseFailure): void {
    this.databaseFailures.inc({ cause });
  }

  /** @param beganAt what `performance.now()` said before the tick. */
  jobTicked(job: JobName, beganAt: number): void {
    this.tickDuration.observe({ task: job }, (performance.now() - beganAt) / 1000);
    this.lastTick.set({ task: job }, Date.now() / 1000);
  }

  setClockUntrusted(isInDoubt: boolean): void {
    this.clockUntrusted.set(isInDoubt ? 1 : 0);
  }

  private counter<Label extends string>(name: string, help: string, labelNames: Label[] = []): Counter<Label> {
    return new Counter({ name: `wx_checkout_${name}`, help, labelNames, registers: [this.registry] });
  }

  private initializeSeries(): void {
    for (const kind of ['payment', 'refund', 'message'] as const) {
      for (const result of NOTICE_RESULTS[kind]) this.notices.inc({ kind, result }, 0);
      for (const result of CONTRADICTIONS[kind]) this.contradictions.inc({ about: kind, result }, 0);
      this.noticeDelay.zero({ kind });
    }
    for (const by of RESOLUTION_SOURCES) this.paymentsResolved.inc({ source: by }, 0);
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
