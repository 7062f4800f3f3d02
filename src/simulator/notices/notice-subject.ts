import { NoticeEndpoint } from '../faults/fault.js';
import { Transaction, WechatOrder } from '../state/wechat-order.js';
import { FinalRefundStatus, WechatRefund } from '../state/wechat-refund.js';

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

/** The payment or refund that a notice reports. */
export type NoticeSubject = PaymentNoticeSubject | RefundNoticeSubject;

export interface NoticeAddress {
  /** The endpoint name of faults for this notice. */
  readonly endpoint: NoticeEndpoint;
  /** Undefined when no notice is wanted. */
  readonly url: string | undefined;
  readonly numbers: { readonly out_trade_no: string; readonly out_refund_no?: string };
}

export function noticeAddressOf(subject: NoticeSubject): NoticeAddress {
  if (subject.kind === 'payment') {
    const { notifyUrl, outTradeNo, v1 } = subject.order;
    const endpoint = v1 === undefined ? 'notice' : 'v1-notice';
    return { endpoint, url: notifyUrl, numbers: { out_trade_no: outTradeNo } };
  }
  const { notifyUrl, outRefundNo, order } = subject.refund;
  const numbers = { out_trade_no: order.outTradeNo, out_refund_no: outRefundNo };
  return { endpoint: 'refund-notice', url: notifyUrl, numbers };
}

/** The earliest time of the notice. */
export function firstDueAt(subject: NoticeSubject): Date {
  return subject.kind === 'payment' ? subject.transaction.visibleAt : subject.endedAt;
}
