import { Injectable } from '@nestjs/common';
import { feeOf } from '../account/fees.js';
import { SimulatorClock } from '../clock.js';
import { IdentifierGenerator } from '../state/identifier-generator.js';
import { Protocol, Transaction, unsettledFen, UsedCoupon, WechatOrder } from './wechat-order.js';
import { RefundSource, WechatRefund } from './wechat-refund.js';

/** A refund to be accepted. */
export interface AcceptRefundInput {
  readonly order: WechatOrder;
  readonly transaction: Transaction;
  readonly outRefundNo: string;
  readonly refundFen: number;
  readonly account?: string | undefined;
  readonly source: RefundSource;
  /** Default: v2. */
  readonly protocol?: Protocol;
  /** Default: v2. A v3 refund without a notify_url is notified in v2's format too. */
  readonly noticeProtocol?: Protocol;
  readonly reason?: string | undefined;
  readonly notifyUrl: string | undefined;
}

const RECEIVERS: Readonly<Record<string, string>> = {
  CMB_DEBIT: '招商银行借记卡0403',
  CMB_CREDIT: '招商银行信用卡0403',
  ICBC_DEBIT: '工商银行借记卡1127',
  PSBC_DEBIT: '邮政储蓄银行借记卡5516',
  CCB_DEBIT: '建设银行借记卡2084',
};

/** Calculates how a refund is divided between cash and coupons. */
@Injectable()
export class RefundCalculator {
  constructor(
    private readonly identifiers: IdentifierGenerator,
    private readonly clock: SimulatorClock,
  ) {}

  /** @param earlier refunds of the same order: the last refund corrects the rounding of the others */
  calculate(input: AcceptRefundInput, earlier: readonly WechatRefund[]): WechatRefund {
    const { transaction, refundFen } = input;
    const unclosed = earlier.filter(({ status }) => status !== 'REFUNDCLOSE');
    const coupons = couponShares(transaction, refundFen, unclosed);
    const couponFen = coupons.reduce((sum, { feeFen }) => sum + feeFen, 0);
    const settlementFen = refundFen - unsettledFen(coupons);
    return {
      outRefundNo: input.outRefundNo,
      refundId: this.identifiers.refundId(),
      order: input.order,
      transaction,
      refundFen,
      cashFen: refundFen - couponFen,
      coupons,
      settlementFen,
      feeFen: returnedFeeFen(transaction, settlementFen, unclosed),
      account: input.account ?? 'REFUND_SOURCE_UNSETTLED_FUNDS',
      receiver: RECEIVERS[transaction.bankType] ?? '支付用户的零钱',
      source: input.source,
      protocol: input.protocol ?? 'v2',
      noticeProtocol: input.noticeProtocol ?? 'v2',
      reason: input.reason ?? '',
      notifyUrl: input.notifyUrl,
      acceptedAt: this.clock.now(),
      status: 'PROCESSING',
    };
  }
}

/**
 * The fee of everything refunded so far, minus what was already returned, so that the parts of a payment return exactly its
 * fee. One part may differ by less than a fen from its own share.
 */
function returnedFeeFen(transaction: Transaction, settledFen: number, unclosed: readonly WechatRefund[]): number {
  const refundedFen = settledFen + unclosed.reduce((sum, refund) => sum + refund.settlementFen, 0);
  const returnedFen = unclosed.reduce((sum, { feeFen }) => sum + feeFen, 0);
  return Math.max(0, feeOf(refundedFen, transaction.feeBasisPoints) - returnedFen);
}

/**
 * Each coupon receives its share of everything refunded so far, minus what it already received. A full refund returns
 * exactly what the coupon paid.
 */
function couponShares(transaction: Transaction, refundFen: number, unclosed: readonly WechatRefund[]): UsedCoupon[] {
  const refundedFen = refundFen + unclosed.reduce((sum, refund) => sum + refund.refundFen, 0);
  const shares = transaction.coupons.map((coupon) => {
    const received = unclosed.flatMap(({ coupons }) => coupons).filter(({ id }) => id === coupon.id);
    const receivedFen = received.reduce((sum, { feeFen }) => sum + feeFen, 0);
    const dueFen = Math.floor((coupon.feeFen * refundedFen) / transaction.totalFen) - receivedFen;
    return { ...coupon, feeFen: Math.max(0, Math.min(dueFen, refundFen)) };
  });
  return shares.filter(({ feeFen }) => feeFen > 0);
}
