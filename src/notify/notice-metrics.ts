import { Injectable } from '@nestjs/common';
import { defineCounter, defineHistogram } from '../common/metrics/metric-definitions.js';
import { Metrics } from '../common/metrics/metrics.js';
import { Clock } from '../common/time/clock.js';
import { CONTRADICTIONS } from '../payment/event-log/contradictions.js';
import type { NoticeKind } from '../payment/refused-notice/refused-notice.entity.js';
import { NOTICE_REFUSALS } from '../wechat/pay/notice.js';

/** Results of processing a notice, as stored in the event log. `ERROR`: it could not be stored, so WeChat sends it again. */
export const NOTICE_RESULTS = {
  payment: [
    'APPLIED',
    'LATE_OR_DUPLICATE',
    'REPEATED',
    'FAILED',
    'ERROR',
    ...CONTRADICTIONS.payment,
    ...NOTICE_REFUSALS,
  ],
  refund: ['APPLIED', 'REPEATED', 'PENDING', 'UNCONFIRMED', 'ERROR', ...CONTRADICTIONS.refund, ...NOTICE_REFUSALS],
  message: [
    ...(['APPLIED', 'REPEATED', 'WARNED', 'ORDER_UNKNOWN', 'IGNORED', 'ERROR'] as const),
    ...(['TOO_LARGE', 'BAD_SIGNATURE', 'STALE', 'NOT_ENCRYPTED', 'UNDECRYPTABLE', 'MALFORMED'] as const),
  ],
} as const satisfies Record<NoticeKind, readonly string[]>;

const KINDS = ['payment', 'refund', 'message'] as const;

const NOTICES = defineCounter({
  name: 'notices_total',
  help: 'WeChat notices by kind and result',
  labelNames: ['kind', 'result'],
  series: KINDS.flatMap((kind) => NOTICE_RESULTS[kind].map((result) => ({ kind, result }))),
});

const NOTICE_DELAY = defineHistogram({
  name: 'notice_delay_seconds',
  help: "From WeChat's time of a payment or refund to our commit, for the first notice about it",
  labelNames: ['kind'],
  series: KINDS.map((kind) => ({ kind })),
  // WeChat repeats a notice after 15 s, 15 s, 30 s, 3 min, 10 min … for a day: each bucket separates two attempts.
  buckets: [1, 2, 5, 10, 20, 40, 90, 300, 900, 3600, 6 * 3600, 24 * 3600],
});

/** Counts WeChat's notices. */
@Injectable()
export class NoticeMetrics {
  constructor(
    private readonly metrics: Metrics,
    private readonly clock: Clock,
  ) {}

  /** @param happenedAt WeChat's time of the payment or refund, only for the first notice about it. */
  noticeReceived<Kind extends NoticeKind>(
    kind: Kind,
    result: (typeof NOTICE_RESULTS)[Kind][number],
    happenedAt?: Date | null,
  ): void {
    this.metrics.increment(NOTICES, { kind, result });
    if (!happenedAt) return;
    // WeChat's times are whole seconds and its clock may differ, so the delay could be negative.
    const delayMs = Math.max(0, this.clock.now().getTime() - happenedAt.getTime());
    this.metrics.observe(NOTICE_DELAY, { kind }, delayMs / 1000);
  }
}
