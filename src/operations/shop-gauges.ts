import { Injectable, Logger } from '@nestjs/common';
import { Gauge, Registry } from 'prom-client';
import { Clock } from '../common/clock.js';
import { OUTBOX_TOPICS } from '../common/metric-labels.js';
import { type Backlog, type RefundBacklog, type ShopStats, ShopStatsReader } from './shop-stats.js';

/** So long one reading serves every scrape, by the shop's clock. */
const CACHE_TTL_MS = 5000;
/** A scrape waits so long for the database, and then goes without it. Prometheus gives up after ten seconds. */
const DATABASE_TIMEOUT_MS = 2000;

/** What refunds may be in, with what they may wait for: each has its series, at 0 when there is none. */
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
 * The whole shop, as the database knows it. Every instance says the same of it, so panels and alerts take the `max`, not the
 * sum. While the database does not answer there are no such figures: an old one would look like good news.
 */
@Injectable()
export class ShopGauges {
  private readonly log = new Logger(ShopGauges.name);
  private readonly registry = new Registry();
  private reading: Promise<ShopStats> | null = null;
  private last: ShopStats | null = null;

  private readonly noticeGap = this.gauge(
    'notice_gap_seconds',
    'Since the first payment that had to be asked for after the last good payment notice; 0 when there is none',
  );
  private readonly lastGood = this.gauge(
    'last_accepted_notice_timestamp_seconds',
    'When the last payment notice came that was believed and about a payment of ours; 0 before the first',
  );
  private readonly unknown = this.gauge(
    'unknown_outcomes',
    'Payments and refunds about which WeChat has given no word that we can use',
    ['kind'],
  );
  private readonly unknownAge = this.gauge(
    'unknown_outcome_oldest_age_seconds',
    'Age of the oldest unknown outcome, since its payment was begun or its refund decided; 0 when there is none',
    ['kind'],
  );
  private readonly refunds = this.gauge(
    'refunds',
    'Refunds that are not over, by state and by what they wait for; and all that have FAILED',
    ['state', 'wait'],
  );
  private readonly refundAge = this.gauge(
    'refund_oldest_age_seconds',
    'Age of the oldest refund that is not over, since it was decided, or requested while it waits for that; 0 without one',
    ['state', 'wait'],
  );
  private readonly unshipped = this.gauge(
    'unshipped_orders',
    "Paid orders that have not been shipped whole, by WeChat's 48 hours: in_time, overdue",
    ['state'],
  );
  private readonly stuckShipments = this.gauge(
    'shipments_needing_attention',
    'Parcels of which WeChat refuses to hear, so that the money of their orders stays frozen',
  );
  private readonly lag = this.gauge(
    'job_lag_seconds',
    'How late the oldest row is that is due and that no instance has taken; 0 when there is none',
    ['task'],
  );
  private readonly dueRows = this.gauge('job_due_rows', 'Rows that are due and that no instance has taken', ['task']);

  private readonly outbox = this.gauge(
    'outbox_entries',
    'What is to be told outside by topic and state: WAITING to be told or told again, STUCK until a person has looked',
    ['topic', 'state'],
  );

  constructor(
    private readonly clock: Clock,
    private readonly reader: ShopStatsReader,
  ) {}

  /** @returns the text for Prometheus, or null when the database does not answer in time. Never throws. */
  async render(): Promise<string | null> {
    const figures = await this.figures();
    if (figures === null) return null;
    this.setGauges(figures);
    return this.registry.metrics();
  }

  private async figures(): Promise<ShopStats | null> {
    const age = this.last === null ? NaN : this.clock.now().getTime() - this.last.at.getTime();
    if (this.last !== null && age >= 0 && age < CACHE_TTL_MS) return this.last;
    // One reading at a time, however many scrape: a database that is slow must not be asked more for it.
    this.reading ??= this.reader.read().finally(() => (this.reading = null));
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<null>((resolve) => {
      timer = setTimeout(resolve, DATABASE_TIMEOUT_MS, null);
    });
    try {
      const figures = await Promise.race([this.reading, tooLate]);
      this.last = figures ?? this.last;
      return figures;
    } catch (error) {
      this.log.warn(`No figures from the database: ${String(error)}`);
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  private setGauges({ at, notices, unknownPayments, refunds, shipping, due, outbox }: ShopStats): void {
    this.noticeGap.set(secondsSince(notices.firstMissedAt, at));
    this.lastGood.set((notices.lastGoodAt?.getTime() ?? 0) / 1000);
    const pileAt = (state: string, wait: string | null): Backlog =>
      refunds.find((pile) => pile.state === state && pile.wait === wait) ?? { count: 0, oldest: null };
    for (const { state, wait } of REFUND_SERIES) {
      const pile = pileAt(state, wait);
      this.refunds.set({ state, wait: wait ?? '' }, pile.count);
      if (state !== 'FAILED') this.refundAge.set({ state, wait: wait ?? '' }, secondsSince(pile.oldest, at));
    }
    const unknown = { payment: unknownPayments, refund: pileAt('PROCESSING', 'UNKNOWN_OUTCOME') };
    for (const [kind, pile] of Object.entries(unknown)) {
      this.unknown.set({ kind }, pile.count);
      this.unknownAge.set({ kind }, secondsSince(pile.oldest, at));
    }
    for (const topic of OUTBOX_TOPICS) {
      for (const state of ['WAITING', 'STUCK'] as const) {
        const pile = outbox.find((each) => each.topic === topic && each.state === state);
        this.outbox.set({ topic, state }, pile?.count ?? 0);
      }
    }
    const { count = 0, overdueCount = 0, stuckUploads = 0 } = shipping ?? {};
    this.unshipped.set({ state: 'in_time' }, count - overdueCount);
    this.unshipped.set({ state: 'overdue' }, overdueCount);
    this.stuckShipments.set(stuckUploads);
    for (const [job, pile] of Object.entries(due)) {
      this.dueRows.set({ task: job }, pile.count);
      this.lag.set({ task: job }, secondsSince(pile.oldest, at));
    }
  }

  private gauge<Label extends string>(name: string, help: string, labelNames: Label[] = []): Gauge<Label> {
    return new Gauge({ name: `wx_checkout_${name}`, help, labelNames, registers: [this.registry] });
  }
}

function secondsSince(moment: Date | null, at: Date): number {
  return moment === null ? 0 : Math.max(0, (at.getTime() - moment.getTime()) / 1000);
}
