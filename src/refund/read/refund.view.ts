import { ApiProperty } from '@nestjs/swagger';
import { ApiTimeOrNull } from '../../common/time/api-time.js';
import {
  REASON_CODES,
  type ReasonCode,
  type Refund,
  REFUND_KINDS,
  REFUND_RECIPIENTS,
  REFUND_STATUSES,
  type RefundKind,
  type RefundRecipient,
  type RefundStatus,
  WAIT_REASONS,
  type WaitReason,
} from '../refund.entity.js';
import { recipientOf } from '../rules/redirect.js';

/** A refund in API responses. Amounts in fen, times in UTC. */
export class RefundView {
  @ApiProperty({ example: 'RF20261121K7Q2M9XWPA0B' })
  refundNo!: string;

  @ApiProperty()
  orderNo!: string;

  @ApiProperty({ enum: REFUND_KINDS })
  kind!: RefundKind;

  @ApiProperty({ description: 'Fen: the requested amount, or the approved part of it.' })
  amountFen!: number;

  @ApiProperty()
  reason!: string;

  @ApiProperty({ enum: REASON_CODES, nullable: true })
  reasonCode!: ReasonCode | null;

  @ApiProperty({ type: [String] })
  evidence!: string[];

  @ApiProperty({ enum: REFUND_STATUSES })
  status!: RefundStatus;

  @ApiProperty({ enum: WAIT_REASONS, nullable: true, description: 'What a `PROCESSING` refund waits for.' })
  waitReason!: WaitReason | null;

  @ApiProperty({ type: String, nullable: true })
  rejectReason!: string | null;

  @ApiProperty({ type: String, format: 'date-time' })
  requestedAt!: Date;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  decidedAt!: Date | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  completedAt!: Date | null;

  @ApiProperty({
    enum: REFUND_RECIPIENTS,
    description:
      "`MERCHANT`: the buyer's account could not receive the money, and the shop took it back. The buyer has received nothing " +
      'from WeChat, also when the status is `SUCCEEDED`: the shop pays in another way.',
  })
  recipient!: RefundRecipient;

  @ApiTimeOrNull('When the shop confirmed that it paid the buyer in another way. Only with the recipient `MERCHANT`.')
  paidOtherwiseAt!: Date | null;
}

export function refundView(refund: Refund): RefundView {
  const { refundNo, orderNo, kind, amountFen, reason, reasonCode, status } = refund;
  const { waitReason, rejectReason, requestedAt, decidedAt, completedAt, paidOtherwiseAt } = refund;
  const evidence = JSON.parse(refund.evidence) as string[];
  return {
    refundNo,
    orderNo,
    kind,
    amountFen,
    reason,
    reasonCode,
    evidence,
    status,
    waitReason,
    rejectReason,
    requestedAt,
    decidedAt,
    completedAt,
    recipient: recipientOf(refund),
    paidOtherwiseAt,
  };
}
