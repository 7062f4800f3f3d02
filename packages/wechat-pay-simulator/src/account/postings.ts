import { yuan } from './fees.js';

/** One change of the balance, before it is booked. Its Chinese words are WeChat's. */
export interface Posting {
  /** transaction_id or refund_id, or a number of the account itself. */
  readonly wechatNo: string;
  readonly name: string;
  readonly type: string;
  /** Positive: received, negative: paid out. */
  readonly signedFen: number;
  readonly applicant: string;
  readonly remark: string;
  readonly voucherNo: string;
}

/** What a payment or a refund does to the balance. */
export interface TradeMoney {
  /** transaction_id or refund_id. */
  readonly wechatNo: string;
  /** out_trade_no or out_refund_no. */
  readonly merchantNo: string;
  readonly settledFen: number;
  /** The fee of the payment, or the fee returned with the refund; never negative. */
  readonly feeFen: number;
}

export function paymentPostings({ wechatNo, merchantNo, settledFen, feeFen }: TradeMoney): Posting[] {
  const common = { wechatNo, name: '交易', applicant: 'system', remark: '', voucherNo: merchantNo };
  return nonZero([
    { ...common, type: '交易', signedFen: settledFen },
    { ...common, type: '扣除交易手续费', signedFen: -feeFen },
  ]);
}

/** @param feeRow `inside`: the amount is net of the returned fee; `own`: the fee is returned in a row of its own */
export function refundPostings(money: TradeMoney, applicant: string, feeRow: 'inside' | 'own'): Posting[] {
  const { wechatNo, merchantNo, settledFen, feeFen } = money;
  const common = { wechatNo, name: '退款', applicant, voucherNo: merchantNo };
  const insideFen = feeRow === 'inside' ? feeFen : 0;
  const remark = `退款总金额${yuan(settledFen)}元;含手续费${yuan(insideFen)}元`;
  // The fee comes back first, so that a full refund does not make the balance negative.
  return nonZero([
    { ...common, type: '退还交易手续费', signedFen: feeFen - insideFen, remark: '' },
    { ...common, type: '退款', signedFen: insideFen - settledFen, remark },
  ]);
}

/** A refund that was closed or that the payer could not receive: the same amount comes back. */
export function returnedRefundPostings({ wechatNo, merchantNo, settledFen, feeFen }: TradeMoney): Posting[] {
  const common = { wechatNo, name: '退款', applicant: 'system', remark: '', voucherNo: merchantNo };
  return nonZero([{ ...common, type: '退款关闭', signedFen: settledFen - feeFen }]);
}

/** Such a refund when it is paid out after all, with the word that WeChat has for the operation (unconfirmed in bills). */
export function abnormalRefundPostings({ wechatNo, merchantNo, settledFen, feeFen }: TradeMoney): Posting[] {
  const common = { wechatNo, name: '退款', applicant: 'system', remark: '', voucherNo: merchantNo };
  return nonZero([{ ...common, type: '异常退款', signedFen: feeFen - settledFen }]);
}

function nonZero(postings: Posting[]): Posting[] {
  return postings.filter(({ signedFen }) => signedFen !== 0);
}
