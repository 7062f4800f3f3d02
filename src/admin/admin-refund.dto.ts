import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, IsString, Length, ValidateIf } from 'class-validator';
import { IfGiven } from '../common/if-given.js';
import { SearchFilter, WithTotal, BooleanFilter } from '../common/list-filters.js';
import { IsMultilineText } from '../common/validation-decorators.js';
import { RefundListQuery } from '../refund/refund.dto.js';
import { REFUND_KINDS, type RefundKind, WAIT_REASONS, type WaitReason } from '../refund/refund.entity.js';

export class AdminRefundQuery extends RefundListQuery {
  @SearchFilter('Only refunds of this order.', 32)
  readonly orderNo?: string;

  @SearchFilter('Only refunds of this buyer.', 24)
  readonly userId?: string;

  @ApiPropertyOptional({ enum: REFUND_KINDS })
  @IfGiven()
  @IsIn(REFUND_KINDS)
  readonly kind?: RefundKind;

  @ApiPropertyOptional({ enum: WAIT_REASONS, description: 'What the refund waits for.' })
  @IfGiven()
  @IsIn(WAIT_REASONS)
  readonly waitReason?: WaitReason;

  @BooleanFilter(
    'Only `FAILED` refunds of the last 30 days that are not covered by later refunds of their order, as counted in `to-do`.',
  )
  readonly unresolved?: boolean;

  @SearchFilter("refundNo, WeChat's refund id, orderNo, outTradeNo or transactionId.")
  readonly q?: string;

  @WithTotal()
  readonly withTotal?: boolean;
}

export class RejectRefundBody {
  @ApiProperty({ minLength: 1, maxLength: 200, description: 'Shown to the buyer.' })
  @IsMultilineText({ max: 200 })
  readonly reason!: string;
}

export class AbandonRefundBody {
  @ApiProperty({ minLength: 1, maxLength: 500, description: 'Why the refund is abandoned. Shown to staff only.' })
  @IsMultilineText({ max: 500 })
  readonly note!: string;
}

export class RefundBatchBody {
  @ApiProperty({ enum: ['approve', 'reject'] })
  @IsIn(['approve', 'reject'])
  readonly action!: 'approve' | 'reject';

  @ApiProperty({ type: [String], minItems: 1, maxItems: 100 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, 64, { each: true })
  readonly refundNos!: string[];

  @ApiPropertyOptional({ minLength: 1, maxLength: 200, description: 'Required for `reject`.' })
  @ValidateIf((body: RefundBatchBody) => body.action === 'reject' || body.reason !== undefined)
  @IsMultilineText({ max: 200 })
  readonly reason?: string;
}

class RefundBatchRow {
  @ApiProperty()
  refundNo!: string;

  @ApiProperty()
  ok!: boolean;

  @ApiPropertyOptional({ example: 'REFUND_NOT_DECIDABLE' })
  code?: string;
}

export class RefundBatchResponse {
  @ApiProperty({ type: [RefundBatchRow], description: 'One item for each refund, in the order of the request.' })
  items!: RefundBatchRow[];
}
