import { Injectable, Logger } from '@nestjs/common';
import { Gauge, Registry } from 'prom-client';
import { Clock } from '../../common/time/clock.js';
import { withTimeout } from '../../common/time/with-timeout.js';
import { BUYER_TOPIC } from '../../order/buyer-notification.js';
import { UPLOAD_TOPIC } from '../../shipping/shipment/shipment-recorder.js';
import { type Backlog, type RefundBacklog, type ShopStats, ShopStatsReader } from './shop-stats.js';

const OUTBOX_TOPICS = [BUYER_TOPIC, UPLOAD_TOPIC];

/** How long one read serves all scrapes, by the shop's clock. */
const CACHE_TTL_MS = 5000;
/**
 * How long a scrape waits for the database before it omits the shop's metrics. Prometheus times out after ten seconds.
 */
const DATABASE_TIMEOUT_MS = 2000;

/** All combinations of refund state and wait reason. Each has its own series, with 0 when there is none. */
const REFUND_SERIES: Pick<RefundBacklog, 'state' | 'wait'>[] = [
  { state: 'REQUESTED', wait: null },
  { state: 'PROCESSING', wait: null },
  { state: 'PROCESSING', wait: 'NOT_ENOUGH_FUNDS' },
  { state: 'PROCESSING', wait: 'RATE_LIMITED' },
  { state: 'PROCESSING', wait: 'UNKNOWN_OUTCOME' },
  { state: 'ABNORMAL', wait: null },
  { state: 'FAILED', wait: null },
];

/**
 * Metrics of the whole shop, read from the database. Every instance reports the same values, so panels and alerts use
 * `max`, not `sum`. While the database does not respond they are absent: an old value would look healthy.
 */
@Injectable()
export class ShopGauges {
  private readonly log = new Logger(ShopGauges.name);
  private readonly registry = new Registry();
  private reading: Promise<ShopStats> | null = null;
  private lastStats: ShopStats | null = null;

  private readonly noticeGap = this.gauge(
    'notice_gap_seconds',
    'Seconds since a query first reported a payment after the last accepted payment notice; 0 when there is no such payment',
  );
  private readonly lastAccepted = this.gauge(
    'last_accepted_notice_timestamp_seconds',
    'Unix time of the last accepted payment notice; 0 before the first',
  );
  private readonly unknown = this.gauge(
    'unknown_outcomes',
    'Payments and refunds without a usable result from WeChat',
    ['kind'],
  );
  private readonly unknownAge = this.gauge(
    'unknown_outcome_oldest_age_seconds',
    'Seconds since the oldest payment with an unknown outcome was created or the oldest such refund was decided; 0 without one',
    ['kind'],
  );
  private readonly refunds = this.gauge('refunds', 'Open refunds by state and wait reason, and all FAILED refunds', [
    'state',
    'wait',
  ]);
  private readonly refundAge = this.gauge(
    'refund_oldest_age_seconds',
    'Seconds since the oldest open refund was decided, or requested if it is not decided yet; 0 without one',
    ['state', 'wait'],
  );
  private readonly toPayOtherwise = this.gauge(
    'refunds_to_pay_otherwise',
    'Refunds whose money came back to the merchant, until staff confirm that the buyer was paid in another way',
  );
  private readonly openAtWechat = this.gauge(
    'open_at_wechat',
    'Payments that may still be paid and refunds that have not ended, by the channel that began them; both 0 before its keys are removed',
    ['channel', 'kind'],
  );
  private readonly unshipped = this.gauge(
    'unshipped_orders',
    "Paid orders that are not completely shipped, by WeChat's 48-hour deadline: in_time, overdue",
    ['state'],
  );
  private readonly shipmentsNeedingAttention = this.gauge(
    'shipments_needing_attention',
    'Shipments whose upload WeChat refuses, so that WeChat holds the money of their orders',
  );
  private readonly jobLag = this.gauge(
    'job_lag_seconds',
    'Seconds since the oldest due row that no instance has claimed became due; 0 when there is none',
    ['task'],
  );
  private readonly dueRows = this.gauge('job_due_rows', 'Due rows that no instance has claimed', ['task']);

  private readonly outbox = this.gauge(
    'outbox_entries',
    'Outbox entries by topic and state: WAITING for delivery or a retry, NEEDS_ATTENTION until staff act',
    ['topic', 'state'],
  );
  private readonly oldestEvent = this.gauge(
    'event_oldest_waiting_seconds',
    'Seconds since the oldest event was written that waits for an enabled endpoint; 0 when there is none',
  );
  private readonly disabledEndpoints = this.gauge(
    'event_endpoints_disabled',
    'Disabled event endpoints by reason: GONE after an answer 410, BY_REQUEST',
    ['reason'],
  );
  private readonly failedDeliveries = this.gauge(
    'event_deliveries_failed',
    'Deliveries of events that have failed after all attempts in the last 30 days',
  );

  private readonly billDays = this.gauge(
    'bill_days',
    'Days of the last three months whose bill is WAITING, DIFFERENCES or INCOMPLETE; 0 with BILL_DOWNLOAD=off',
    ['status'],
  );
  private readonly billDifferences = this.gauge(
    'bill_open_differences',
    "Open differences between WeChat's bills of the last three months and our records; 0 with BILL_DOWNLOAD=off",
  );
  private readonly yesterdayOpen = this.gauge(
    'bill_yesterday_open',
    '1 from noon in Beijing while the bill of yesterday is not balanced, otherwise 0; 0 with BILL_DOWNLOAD=off',
  );

  constructor(
    private readonly clock: Clock,
    private readonly reader: ShopStatsReader,
  ) {}

  /** @returns the text for Prometheus, or null when the database does not respond in time. Never throws. */
  async render(): Promise<string | null> {
    const stats = await this.readStats();
    if (stats === null) return null;
    this.setGauges(stats);
    return this.registry.metrics();
  }

  private async readStats(): Promise<ShopStats | null> {
    const age = this.lastStats === null ? NaN : this.clock.now().getTime() - this.lastStats.at.getTime();
    if (this.lastStats !== null && age >= 0 && age < CACHE_TTL_MS) return this.lastStats;
    // One read at a time for any number of scrapes, so that a slow database does not get more load.
    this.reading ??= this.reader.read().finally(() => (this.reading = null));
    try {
      const stats = await withTimeout(this.reading, DATABASE_TIMEOUT_MS, () => null);
      this.lastStats = stats ?? this.lastStats;
      return stats;
    } catch (error) {
      this.log.warn(`Could not read the shop's metrics from the database: ${String(error)}`);
      return null;
    }
  }

  private setGauges(stats: ShopStats): void {
    const { at, noticeGap, unknownPayments, refunds, refundsToPayOtherwise, openAtWechat, shipping, due } = stats;
    const { outbox, events, bills } = stats;
    this.noticeGap.set(secondsSince(noticeGap.firstMissedAt, at));
    this.lastAccepted.set((noticeGap.lastAcceptedAt?.getTime() ?? 0) / 1000);
    const backlogOf = (state: string, wait: string | null): Backlog =>
      refunds.find((backlog) => backlog.state === state && backlog.wait === wait) ?? { count: 0, oldest: null };
    for (const { state, wait } of REFUND_SERIES) {
      const backlog = backlogOf(state, wait);
      this.refunds.set({ state, wait: wait ?? '' }, backlog.count);
      if (state !== 'FAILED') this.refundAge.set({ state, wait: wait ?? '' }, secondsSince(backlog.oldest, at));
    }
    this.toPayOtherwise.set(refundsToPayOtherwise);
    for (const { channel, payments, refunds } of openAtWechat) {
      this.openAtWechat.set({ channel, kind: 'payment' }, payments);
      this.openAtWechat.set({ channel, kind: 'refund' }, refunds);
    }
    const unknown = { payment: unknownPayments, refund: backlogOf('PROCESSING', 'UNKNOWN_OUTCOME') };
    for (const [kind, backlog] of Object.entries(unknown)) {
      this.unknown.set({ kind }, backlog.count);
      this.unknownAge.set({ kind }, secondsSince(backlog.oldest, at));
    }
    for (const topic of OUTBOX_TOPICS) {
      for (const state of ['WAITING', 'NEEDS_ATTENTION'] as const) {
        const backlog = outbox.find((each) => each.topic === topic && each.state === state);
        this.outbox.set({ topic, state }, backlog?.count ?? 0);
      }
    }
    const { count = 0, overdueCount = 0, stuckUploads = 0 } = shipping ?? {};
    this.unshipped.set({ state: 'in_time' }, count - overdueCount);
    this.unshipped.set({ state: 'overdue' }, overdueCount);
    this.shipmentsNeedingAttention.set(stuckUploads);
    this.oldestEvent.set(secondsSince(events.oldestWaitingAt, at));
    for (const [reason, count] of Object.entries(events.disabledEndpoints))
      this.disabledEndpoints.set({ reason }, count);
    this.failedDeliveries.set(events.failedDeliveries);
    for (const status of ['WAITING', 'DIFFERENCES', 'INCOMPLETE'] as const)
      this.billDays.set({ status }, bills?.days[status] ?? 0);
    this.billDifferences.set(bills?.openDifferences ?? 0);
    this.yesterdayOpen.set(bills?.isYesterdayOpen === true ? 1 : 0);
    for (const [task, backlog] of Object.entries(due)) {
      this.dueRows.set({ task }, backlog.count);
      this.jobLag.set({ task }, secondsSince(backlog.oldest, at));
    }
  }

  private gauge<Label extends string>(name: string, help: string, labelNames: Label[] = []): Gauge<Label> {
    return new Gauge({ name: `wx_checkout_${name}`, help, labelNames, registers: [this.registry] });
  }
}

function secondsSince(moment: Date | null, at: Date): number {
  return moment === null ? 0 : Math.max(0, (at.getTime() - moment.getTime()) / 1000);
}
