import { NoticeSubject } from './notice-subject.js';

/** One attempt to send a notice over one connection. */
export interface NoticeAttempt {
  /** Virtual time of sending. */
  readonly at: Date;
  /** The intended defect of a forged notice. */
  readonly forgery?: string;
  /** Absent when there was no complete response. */
  readonly status?: number;
  readonly reply?: string;
  /** Real milliseconds. */
  readonly latencyMs: number;
  readonly isAccepted: boolean;
  /** Why the reply was not accepted, or why the notice was not sent. */
  readonly reason?: string;
}

/** `lost` and `given_up` are final: after that only a query reports the result. */
type NoticeState = 'waiting' | 'sending' | 'accepted' | 'given_up' | 'lost';

/** The notice of one payment or of one finished refund, with its attempts. */
export interface Notice {
  readonly id: string;
  readonly subject: NoticeSubject;
  readonly attempts: NoticeAttempt[];
  state: NoticeState;
  /** Scheduled attempts so far, without those sent by hand. */
  tries: number;
  /** Virtual time of the next attempt. */
  nextDueAt?: Date;
}

/** Seconds between one attempt and the next: 15 repeats in 24 h 4 min. Source: WeChat Pay v2, payment notification. */
export const RETRY_DELAYS_S: readonly number[] = [
  15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10_800, 10_800, 10_800, 21_600, 21_600,
];
