import { ApiProperty } from '@nestjs/swagger';
import type { PaymentAttempt, PaymentAttemptStatus } from '../payment/payment-attempt.entity.js';
import type { RefundSum } from '../refund/refunds-of-order.js';
import { TRADE_TYPES, type TradeType } from '../wechat/wechat-pay.gateway.js';
import { REFUND_DUE_STATES, type RefundDueState, refundDueOf } from './refund-due.js';

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

  @ApiProperty({ type: String, nullable: true })
  transactionId!: string | null;

  @ApiProperty({ type: String, format: 'date-time' })
  createdAt!: Date;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  paidAt!: Date | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  closedAt!: Date | null;
}

/** @param sums the sums of all refunds of the order. */
export function paymentView(payment: PaymentAttempt, sums: readonly RefundSum[]): PaymentView {
  const { outTradeNo, tradeType, status, amountFen, refundDueFen, transactionId, createdAt, paidAt, closedAt } =
    payment;
  return {
    ...{ outTradeNo, tradeType, status, amountFen, refundDueFen, ...refundDueOf(payment, sums) },
    ...{ transactionId, createdAt, paidAt, closedAt },
  };
}
