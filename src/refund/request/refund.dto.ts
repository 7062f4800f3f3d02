import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsUrl, Max, MaxLength, Min } from 'class-validator';
import { MAX_FEN } from '../../common/fen.js';
import { IfDefined } from '../../common/if-defined.js';
import { FromFilter, ToFilter } from '../../common/paging/list-filters.js';
import { PageQuery } from '../../common/paging/paging.js';
import { HasPlainCharacters, IsMultilineText } from '../../common/validation/validation-decorators.js';
import { REASON_CODES, type ReasonCode, REFUND_STATUSES, type RefundStatus } from '../refund.entity.js';

/** A refund request of a buyer. */
export class RequestRefundBody {
  @ApiPropertyOptional({ minimum: 1, description: 'Fen. Default: the refundable amount.' })
  @IfDefined()
  @IsInt()
  @Min(1)
  @Max(MAX_FEN)
  readonly amountFen?: number;

  @ApiProperty({ minLength: 1, maxLength: 200 })
  @IsMultilineText({ max: 200 })
  readonly reason!: string;

  @ApiPropertyOptional({ enum: REASON_CODES })
  @IfDefined()
  @IsIn(REASON_CODES)
  readonly reasonCode?: ReasonCode;

  @ApiPropertyOptional({ type: [String], maxItems: 9, description: 'URLs of pictures.' })
  @IfDefined()
  @IsArray()
  @ArrayMaxSize(9)
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false }, { each: true })
  @MaxLength(500, { each: true })
  @HasPlainCharacters({ each: true })
  readonly evidence?: string[];
}

/** Filters of all lists of refunds. */
export class RefundListQuery extends PageQuery {
  @ApiPropertyOptional({ enum: REFUND_STATUSES })
  @IfDefined()
  @IsIn(REFUND_STATUSES)
  readonly status?: RefundStatus;

  @FromFilter('Requested')
  readonly from?: string;

  @ToFilter('Requested')
  readonly to?: string;
}
