import { NoticeEndpoint } from '../faults/fault.js';
import { Transaction, WechatOrder } from '../state/wechat-order.js';
import { FinalRefundStatus, WechatRefund } from '../state/wechat-refund.js';

/** What tells a payment. */
export interface PaymentNoticeSubject {
  readonly kind: 'payment';
  readonly order: WechatOrder;
  readonly transaction: Transaction;
}

/** What tells the end of a refund: as it was then, also when the refund has moved on before a repeat. */
export interface RefundNoticeSubject {
  readonly kind: 'refund';
  readonly refund: WechatRefund;
  readonly status: FinalRefundStatus;
  readonly endedAt: Date;
}

/** What a notice is about. */
export type NoticeSubject = PaymentNoticeSubject | RefundNoticeSubject;

export interface NoticeAddress {
  /** Under which faults for it are planted. */
  readonly endpoint: NoticeEndpoint;
  /** Undefined when nobody wants to hear of it. */
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

/** When the merchant may first hear of it. */
export function firstDueAt(subject: NoticeSubject): Date {
  return subject.kind === 'payment' ? subject.transaction.visibleAt : subject.endedAt;
}
