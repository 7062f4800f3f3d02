import type { PaymentState, WechatRefundState } from '../wechat/wechat-pay.gateway.js';

/** The compared fields of a finished payment in our database. */
export interface RecordedPayment {
  status: string;
  amountFen: number;
  transactionId: string | null;
  /** The request stored by the gateway, which identifies the payment in a query. */
  request: string;
}

/** The compared fields of a finished refund in our database. */
export interface RecordedRefund {
  status: string;
  amountFen: number;
  outTradeNo: string;
  wechatRefundId: string | null;
  /** The request of the payment, stored by the gateway. */
  paymentRequest: string;
}

/** Only finished rows are compared, because open ones may differ from WeChat for a while. */
export const FINAL_PAYMENT_STATES = ['PAID', 'CLOSED'];
export const FINAL_REFUND_STATES = ['SUCCEEDED', 'FAILED', 'REJECTED', 'CANCELLED'];

/** A closed attempt must not be payable at WeChat: it is closed there, does not exist, or has failed finally. */
export function paymentMatches(ours: RecordedPayment, theirs: PaymentState): boolean {
  if (theirs.state === 'PAID') {
    const isSame = theirs.paidFen === ours.amountFen && theirs.transactionId === ours.transactionId;
    return ours.status === 'PAID' && isSame;
  }
  return ours.status === 'CLOSED' && ['CLOSED', 'ABSENT', 'FAILED'].includes(theirs.state);
}

/** A refund that was never sent does not exist at WeChat. A failed one does not exist or is closed without money. */
export function refundMatches(ours: RecordedRefund, theirs: WechatRefundState): boolean {
  if (theirs.state === 'ABSENT') return ours.status !== 'SUCCEEDED';
  const isSame = theirs.refundFen === ours.amountFen && theirs.outTradeNo === ours.outTradeNo;
  if (theirs.state === 'CLOSED') return ours.status === 'FAILED' && isSame;
  const isOurs = isSame && theirs.wechatRefundId === ours.wechatRefundId;
  return theirs.state === 'SUCCEEDED' && ours.status === 'SUCCEEDED' && isOurs;
}
