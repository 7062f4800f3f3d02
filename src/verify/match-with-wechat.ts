import type { PaymentChannel, StoredRequest } from '../wechat/pay/payment-channel.js';
import type { PaymentQueryResult, RefundQueryResult } from '../wechat/pay/payment-types.js';

/** The compared fields of a finished payment in our database. */
export interface RecordedPayment extends StoredRequest {
  status: string;
  amountFen: number;
  transactionId: string | null;
}

/** The compared fields of a finished refund in our database. */
export interface RecordedRefund {
  status: string;
  amountFen: number;
  outTradeNo: string;
  wechatRefundId: string | null;
  /** The refund's account; null if it was never composed. */
  channel: PaymentChannel | null;
  appId: string | null;
  mchId: string | null;
  paymentChannel: PaymentChannel;
  paymentAppId: string;
  paymentMchId: string;
}

/** Only finished rows are compared, because open ones may differ from WeChat for a while. */
export const FINAL_PAYMENT_STATUSES = ['PAID', 'CLOSED'];
export const FINAL_REFUND_STATUSES = ['SUCCEEDED', 'FAILED', 'REJECTED', 'CANCELLED'];

/** A closed attempt must not be payable at WeChat: it is closed there, does not exist, or has failed finally. */
export function paymentMatches(ours: RecordedPayment, theirs: PaymentQueryResult): boolean {
  if (theirs.state === 'PAID') {
    const isSame = theirs.paidFen === ours.amountFen && theirs.transactionId === ours.transactionId;
    return ours.status === 'PAID' && isSame;
  }
  return ours.status === 'CLOSED' && ['CLOSED', 'NOT_FOUND', 'FAILED'].includes(theirs.state);
}

/** A refund that was never sent does not exist at WeChat. A failed one does not exist or is closed without money. */
export function refundMatches(ours: RecordedRefund, theirs: RefundQueryResult): boolean {
  if (theirs.state === 'NOT_FOUND') return ours.status !== 'SUCCEEDED';
  const isSame = theirs.refundFen === ours.amountFen && theirs.outTradeNo === ours.outTradeNo;
  if (theirs.state === 'CLOSED') return ours.status === 'FAILED' && isSame;
  const isOurs = isSame && theirs.wechatRefundId === ours.wechatRefundId;
  return theirs.state === 'SUCCEEDED' && ours.status === 'SUCCEEDED' && isOurs;
}
