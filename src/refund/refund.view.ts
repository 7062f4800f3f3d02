import { ApiProperty } from '@nestjs/swagger';
import {
  REASON_CODES,
  type ReasonCode,
  type Refund,
  REFUND_KINDS,
  REFUND_STATES,
  type RefundKind,
  type RefundState,
  WAIT_REASONS,
  type WaitReason,
} from './refund.entity.js';

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

  @ApiProperty({ enum: REFUND_STATES })
  status!: RefundState;

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
}

export function refundView(refund: Refund): RefundView {
  const { refundNo, orderNo, kind, amountFen, reason, reasonCode, status } = refund;
  const { waitReason, rejectReason, requestedAt, decidedAt, completedAt } = refund;
  const evidence = JSON.parse(refund.evidence) as string[];
  return {
    ...{ refundNo, orderNo, kind, amountFen, reason, reasonCode, evidence, status, waitReason, rejectReason },
    ...{ requestedAt, decidedAt, completedAt },
  };
}
