import { ApiProperty } from '@nestjs/swagger';
import { ApiTime, ApiTimeOrNull } from '../../common/time/api-time.js';
import type { PaymentAttempt, PaymentAttemptStatus } from '../../payment/attempt/payment-attempt.entity.js';
import type { RefundSum } from '../../refund/read/refunds-of-order.js';
import { TRADE_TYPES, type TradeType } from '../../wechat/pay/payment-types.js';
import { maxRefundableFen } from '../../refund/rules/refundable-amount.js';
import type { Refund, RefundStatus } from '../../refund/refund.entity.js';

/**
 * Refund state of a late or duplicate payment. `NONE`: the payment is neither · `IN_PROGRESS`: its automatic refund is about
 * to start or in progress · `REFUNDED`: the money is refunded · `NEEDS_ATTENTION`: staff must act, because a refund of it
 * failed, is `ABNORMAL` or waits for a decision.
 */
const REFUND_DUE_STATES = ['NONE', 'IN_PROGRESS', 'REFUNDED', 'NEEDS_ATTENTION'] as const;
type RefundDueState = (typeof REFUND_DUE_STATES)[number];

export interface RefundDue {
  refundDueState: RefundDueState;
  /** Fen that are neither refunded nor being refunded. */
  refundDueLeftFen: number;
}

/** @param refunds all refunds of the order; refunds of its other payments are ignored. Amounts in fen. */
export function refundDueOf(
  { outTradeNo, refundDueFen }: Pick<PaymentAttempt, 'outTradeNo' | 'refundDueFen'>,
  refunds: readonly Pick<Refund, 'outTradeNo' | 'status' | 'amountFen'>[],
): RefundDue {
  if (refundDueFen <= 0) return { refundDueState: 'NONE', refundDueLeftFen: 0 };
  const own = refunds.filter((refund) => refund.outTradeNo === outTradeNo);
  const sumOf = (status: RefundStatus): number =>
    own.filter((refund) => refund.status === status).reduce((sum, { amountFen }) => sum + amountFen, 0);
  const refundedFen = sumOf('SUCCEEDED');
  const refundedOrInProgressFen = refundedFen + sumOf('PROCESSING');
  const leftFen = Math.max(0, refundDueFen - refundedOrInProgressFen);
  if (refundedFen >= refundDueFen) return { refundDueState: 'REFUNDED', refundDueLeftFen: 0 };
  if (leftFen === 0) return { refundDueState: 'IN_PROGRESS', refundDueLeftFen: 0 };
  // Without a refund of it, the job has not processed it yet, which takes seconds.
  const isStarting = own.every(({ status }) => status === 'SUCCEEDED' || status === 'PROCESSING');
  return { refundDueState: isStarting ? 'IN_PROGRESS' : 'NEEDS_ATTENTION', refundDueLeftFen: leftFen };
}

/** A payment attempt in the admin API. Amounts in fen. */
export class PaymentView {
  @ApiProperty()
  outTradeNo!: string;

  @ApiProperty({ enum: TRADE_TYPES })
  tradeType!: TradeType;

  @ApiProperty({ enum: ['CREATED', 'PREPAID', 'PAID', 'CLOSED'] })
  status!: PaymentAttemptStatus;

  @ApiProperty()
  amountFen!: number;

  @ApiProperty({
    description: 'Fen paid after the order was closed or already paid. A refund does not change it.',
  })
  refundDueFen!: number;

  @ApiProperty({
    enum: REFUND_DUE_STATES,
    description:
      'State of the refund of `refundDueFen`. `IN_PROGRESS`: it is refunded automatically. `NEEDS_ATTENTION`: staff must act.',
  })
  refundDueState!: RefundDueState;

  @ApiProperty({ description: 'Fen of `refundDueFen` that are neither refunded nor being refunded.' })
  refundDueLeftFen!: number;

  @ApiProperty({ description: 'Maximum amount of another refund of this payment, in fen.' })
  refundableFen!: number;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: "WeChat's fee in fen, by its bill. Null until the bill of the day is reconciled.",
  })
  feeFen!: number | null;

  @ApiProperty({ type: String, nullable: true })
  transactionId!: string | null;

  @ApiTime()
  createdAt!: Date;

  @ApiTimeOrNull()
  paidAt!: Date | null;

  @ApiTimeOrNull()
  closedAt!: Date | null;
}

/**
 * @param sums the sums of all refunds of the order.
 * @param fees WeChat's fees by `outTradeNo`.
 */
export function paymentView(
  payment: PaymentAttempt,
  sums: readonly RefundSum[],
  fees: ReadonlyMap<string, number>,
  now: Date,
): PaymentView {
  const { outTradeNo, tradeType, status, amountFen, refundDueFen, transactionId, createdAt, paidAt, closedAt } =
    payment;
  return {
    outTradeNo,
    tradeType,
    status,
    amountFen,
    refundDueFen,
    ...refundDueOf(payment, sums),
    refundableFen: maxRefundableFen([payment], now),
    feeFen: fees.get(outTradeNo) ?? null,
    transactionId,
    createdAt,
    paidAt,
    closedAt,
  };
}
