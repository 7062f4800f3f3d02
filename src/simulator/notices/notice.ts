import { NoticeSubject } from './notice-subject.js';

/** One try to reach the merchant over one connection. */
export interface NoticeAttempt {
  /** Virtual time at which it left. */
  readonly at: Date;
  /** What was wrong with it on purpose. */
  readonly forgery?: string;
  /** Absent when no whole answer came. */
  readonly status?: number;
  readonly reply?: string;
  /** Real milliseconds. */
  readonly latencyMs: number;
  readonly isAccepted: boolean;
  /** Why the reply did not count, or what stopped the notice. */
  readonly reason?: string;
}

/** `lost` and `given_up` are final: from then on only a query tells. */
type NoticeState = 'waiting' | 'sending' | 'accepted' | 'given_up' | 'lost';

/** WeChat's promise to tell the merchant of one payment, or of the end of one refund. */
export interface Notice {
  readonly id: string;
  readonly subject: NoticeSubject;
  readonly attempts: NoticeAttempt[];
  state: NoticeState;
  /** Scheduled tries so far; sends by hand do not count. */
  tries: number;
  /** Virtual time of the next try. */
  nextDueAt?: Date;
}

/**
 * Seconds between one try and the next: 15 repeats in 24 h 4 min.
 * Source: WeChat Pay v2, payment notification.
 */
export const RETRY_DELAYS_S: readonly number[] = [
  15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10_800, 10_800, 10_800, 21_600, 21_600,
];
