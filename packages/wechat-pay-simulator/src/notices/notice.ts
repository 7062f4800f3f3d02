import { NoticeEndpoint } from '../faults/fault.js';
import { Protocol, Transaction, WechatOrder } from '../book/wechat-order.js';
import { FinalRefundStatus, WechatRefund } from '../book/wechat-refund.js';

/** A notice of a payment. */
export interface PaymentNoticeSubject {
  readonly kind: 'payment';
  readonly order: WechatOrder;
  readonly transaction: Transaction;
}

/** A notice of a finished refund. It keeps the status of that time, even if the refund changes before a repeat. */
export interface RefundNoticeSubject {
  readonly kind: 'refund';
  readonly refund: WechatRefund;
  readonly status: FinalRefundStatus;
  readonly endedAt: Date;
}

/** A notice that the self-test call of v3 requested. */
interface EchoNoticeSubject {
  readonly kind: 'echo';
  readonly notifyUrl: string;
  readonly content: Readonly<Record<string, unknown>>;
  readonly requestedAt: Date;
}

/** What a notice reports. */
export type NoticeSubject = PaymentNoticeSubject | RefundNoticeSubject | EchoNoticeSubject;

export interface NoticeAddress {
  /** The endpoint name of faults for this notice. */
  readonly endpoint: NoticeEndpoint;
  /** Undefined when no notice is wanted. */
  readonly url: string | undefined;
  readonly numbers: { readonly out_trade_no?: string; readonly out_refund_no?: string };
}

export function noticeAddressOf(subject: NoticeSubject): NoticeAddress {
  if (subject.kind === 'echo') return { endpoint: 'echo-notice', url: subject.notifyUrl, numbers: {} };
  if (subject.kind === 'payment') {
    const { notifyUrl, outTradeNo, protocol } = subject.order;
    const endpoint = protocol === 'v1' ? 'v1-notice' : 'notice';
    return { endpoint, url: notifyUrl, numbers: { out_trade_no: outTradeNo } };
  }
  const { notifyUrl, outRefundNo, order } = subject.refund;
  const numbers = { out_trade_no: order.outTradeNo, out_refund_no: outRefundNo };
  return { endpoint: 'refund-notice', url: notifyUrl, numbers };
}

/** The protocol of the notice: that of the order, or for a refund that of the request with the notify_url. */
export function noticeProtocolOf(subject: NoticeSubject): Protocol {
  if (subject.kind === 'echo') return 'v3';
  return subject.kind === 'payment' ? subject.order.protocol : subject.refund.noticeProtocol;
}

/** The earliest time of the notice. */
export function firstDueAt(subject: NoticeSubject): Date {
  if (subject.kind === 'echo') return subject.requestedAt;
  return subject.kind === 'payment' ? subject.transaction.visibleAt : subject.endedAt;
}

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
  /** Why the response was not accepted, or why the notice was not sent. */
  readonly reason?: string;
}

/** `lost` and `given_up` are final: after that only a query reports the result. */
type NoticeState = 'waiting' | 'sending' | 'accepted' | 'given_up' | 'lost';

/** A notice with its attempts. */
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
const RETRY_DELAYS_S: readonly number[] = [
  15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10_800, 10_800, 10_800, 21_600, 21_600,
];
/** The same of the self-test call: 9 repeats in 3 h 4 min. Source: WeChat Pay v3, self-test call. */
const ECHO_RETRY_DELAYS_S: readonly number[] = [15, 15, 30, 180, 1800, 1800, 1800, 1800, 3600];

/** Seconds from an attempt to the next one; undefined after the last one. @param tries attempts so far, at least 1 */
export function retryDelayOf({ kind }: NoticeSubject, tries: number): number | undefined {
  return (kind === 'echo' ? ECHO_RETRY_DELAYS_S : RETRY_DELAYS_S)[tries - 1];
}

const PRIVATE_HOST = /^(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[::1\]|\[f[cd])/;

/** True for a notify_url on localhost or in a private network, which the real WeChat cannot reach. */
export function isPrivateAddress(url: string): boolean {
  return PRIVATE_HOST.test(new URL(url).hostname);
}
