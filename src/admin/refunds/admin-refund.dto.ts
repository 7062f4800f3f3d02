import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsString, Length, ValidateIf } from 'class-validator';
import { ChoiceField, TextField } from '../../common/validation/fields.js';
import { SearchFilter, WithTotal, BooleanFilter } from '../../common/paging/list-filters.js';
import { IsMultilineText } from '../../common/validation/validation-decorators.js';
import { RefundListQuery } from '../../refund/request/refund.dto.js';
import { REFUND_KINDS, type RefundKind, WAIT_REASONS, type WaitReason } from '../../refund/refund.entity.js';

export class AdminRefundQuery extends RefundListQuery {
  @SearchFilter('Only refunds of this order.', 32)
  readonly orderNo?: string;

  @SearchFilter('Only refunds of this buyer.', 24)
  readonly userId?: string;

  @ChoiceField(REFUND_KINDS, { optional: true })
  readonly kind?: RefundKind;

  @ChoiceField(WAIT_REASONS, { optional: true, description: 'What the refund waits for.' })
  readonly waitReason?: WaitReason;

  @BooleanFilter(
    'Only `FAILED` refunds of the last 30 days that are not covered by later refunds of their payment, as counted in `to-do`.',
  )
  readonly unresolved?: boolean;

  @BooleanFilter(
    'Only refunds whose money came back to the merchant, until staff confirm that the buyer was paid in another way, as counted in `to-do`.',
  )
  readonly toPayOtherwise?: boolean;

  @SearchFilter(
    "refundNo, merchantRefundNo, WeChat's refund id, orderNo, merchantOrderNo, outTradeNo or transactionId.",
  )
  readonly q?: string;

  @WithTotal()
  readonly withTotal?: boolean;
}

export class RejectRefundBody {
  @TextField({ max: 200, description: 'Shown to the buyer.' })
  readonly reason!: string;
}

export class AbandonRefundBody {
  @TextField({ max: 500, description: 'Why the refund is abandoned. Shown to staff only.' })
  readonly note!: string;
}

export class RefundBatchBody {
  @ChoiceField(['approve', 'reject'])
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
