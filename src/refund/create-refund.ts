import type { EntityManager } from 'typeorm';
import { newRefundNo } from '../common/ids.js';
import { applyRefundTotals } from '../order/order-refund-totals.js';
import { noteRefundChange } from '../outbox/changes/note-change.js';
import type { PaymentAttempt } from '../payment/attempt/payment-attempt.entity.js';
import { reserveRefundAmount } from '../payment/attempt/refund-reservations.js';
import { refundTotalsOf } from './rules/refund-transitions.js';
import { Refund } from './refund.entity.js';

/** Fields of a new refund; the others follow from the payment or have defaults. */
export type CreateRefundInput = Pick<Refund, 'kind' | 'userId' | 'isOverpayment' | 'amountFen' | 'reason'> &
  Partial<
    Omit<Refund, 'id' | 'returnItems' | 'orderNo' | 'outTradeNo' | 'transactionId' | 'paidFen' | 'requestedFen'>
  > &
  ({ status: 'REQUESTED' } | { status: 'PROCESSING'; decidedAt: Date; nextCheckAt: Date } | { status: 'SUCCEEDED' });

/**
 * Inserts a refund and reserves its amount in the caller's transaction.
 * @returns null when the amount exceeds the refundable amount, or WeChat's limit of refunds is reached.
 */
export async function createRefund(
  tx: EntityManager,
  payment: PaymentAttempt,
  input: CreateRefundInput,
  now: Date,
): Promise<Refund | null> {
  const { orderNo, outTradeNo, transactionId, amountFen: paidFen } = payment;
  if (transactionId === null) throw new Error(`${outTradeNo} is not paid`);
  if (!(await reserveRefundAmount(tx, outTradeNo, input.amountFen))) return null;
  const refund = tx.create(Refund, {
    refundNo: newRefundNo(now),
    version: 1,
    merchantRefundNo: null,
    waitReason: null,
    reasonCode: null,
    evidence: '[]',
    rejectReason: null,
    note: null,
    returnStock: null,
    returnCoupon: null,
    decidedBy: null,
    channel: null,
    appId: null,
    mchId: null,
    request: null,
    sendCount: 0,
    lastPossiblyAcceptedSendAt: null,
    wechatRefundId: null,
    errorCode: null,
    errorMessage: null,
    checkCount: 0,
    nextCheckAt: null,
    requestedAt: now,
    decidedAt: null,
    acceptedAt: null,
    completedAt: null,
    redirectTo: null,
    redirectBankType: null,
    redirectCallCount: 0,
    paidOtherwiseAt: null,
    paidOtherwiseNote: null,
    ...input,
    orderNo,
    outTradeNo,
    transactionId,
    paidFen,
    requestedFen: input.amountFen,
  });
  await tx.insert(Refund, refund);
  noteRefundChange(tx, refund.refundNo, 'CREATED');
  if (!refund.isOverpayment) await applyRefundTotals(tx, orderNo, refundTotalsOf(refund.status, refund.amountFen));
  return refund;
}
