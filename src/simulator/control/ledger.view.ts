import { ApiProperty } from '@nestjs/swagger';

/**
 * Refund amounts of an order by status. A closed refund (REFUNDCLOSE) is in none of the sums, because no money was
 * returned.
 */
export class RefundSumsView {
  @ApiProperty({ description: 'Received by the payer: SUCCESS' }) refundedFen!: number;
  @ApiProperty({ description: 'Accepted, not finished: PROCESSING' }) refundingFen!: number;
  @ApiProperty({ description: 'Accepted, but the payer could not receive it: CHANGE' }) abnormalFen!: number;
}

class LedgerRefundView {
  @ApiProperty() out_refund_no!: string;
  @ApiProperty() refund_id!: string;
  @ApiProperty({ example: 'PROCESSING' }) refund_status!: string;
  @ApiProperty() refund_fee!: number;
  @ApiProperty({ example: 'API' }) refund_request_source!: string;
}

class LedgerLineView extends RefundSumsView {
  @ApiProperty() out_trade_no!: string;
  @ApiProperty() trade_state!: string;
  @ApiProperty({ type: String, nullable: true }) transaction_id!: string | null;
  @ApiProperty({ type: String, nullable: true }) openid!: string | null;
  @ApiProperty() paidFen!: number;
  @ApiProperty({ type: [LedgerRefundView], description: 'Oldest first, including closed refunds' })
  refunds!: LedgerRefundView[];
  @ApiProperty({ type: Date, nullable: true }) paidAt!: Date | null;
}

class LedgerTotalsView extends RefundSumsView {
  @ApiProperty() orders!: number;
  @ApiProperty() paidOrders!: number;
  @ApiProperty() paidFen!: number;
}

export class LedgerView {
  @ApiProperty({ type: [LedgerLineView] }) items!: LedgerLineView[];
  @ApiProperty({ type: LedgerTotalsView }) totals!: LedgerTotalsView;
}
