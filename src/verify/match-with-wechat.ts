import type { PaymentState, RefundState } from '../wechat/wechat-pay.gateway.js';

/** What is compared of a payment that is over here. */
export interface RecordedPayment {
  status: string;
  amountFen: number;
  transactionId: string | null;
  /** What the gateway wrote of it, by which WeChat is asked. */
  request: string;
}

/** What is compared of a refund that is over here. */
export interface RecordedRefund {
  status: string;
  amountFen: number;
  outTradeNo: string;
  wechatRefundId: string | null;
  /** What the gateway wrote of the payment. */
  paymentRequest: string;
}

/** What is under way may lawfully differ from WeChat's books: only what is over is compared. */
export const FINAL_PAYMENT_STATES = ['PAID', 'CLOSED'];
export const FINAL_REFUND_STATES = ['SUCCEEDED', 'FAILED', 'REJECTED', 'CANCELLED'];

/** A closed attempt is one that can never be paid: closed there too, unknown, or failed for good. */
export function paymentMatches(ours: RecordedPayment, theirs: PaymentState): boolean {
  if (theirs.state === 'PAID') {
    const isSame = theirs.paidFen === ours.amountFen && theirs.transactionId === ours.transactionId;
    return ours.status === 'PAID' && isSame;
  }
  return ours.status === 'CLOSED' && ['CLOSED', 'ABSENT', 'FAILED'].includes(theirs.state);
}

/** What was never sent is unknown there; what failed is unknown, or closed without money. */
export function refundMatches(ours: RecordedRefund, theirs: RefundState): boolean {
  if (theirs.state === 'ABSENT') return ours.status !== 'SUCCEEDED';
  const isSame = theirs.refundFen === ours.amountFen && theirs.outTradeNo === ours.outTradeNo;
  if (theirs.state === 'CLOSED') return ours.status === 'FAILED' && isSame;
  const isOurs = isSame && theirs.wechatRefundId === ours.wechatRefundId;
  return theirs.state === 'SUCCEEDED' && ours.status === 'SUCCEEDED' && isOurs;
}
