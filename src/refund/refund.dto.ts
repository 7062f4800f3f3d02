import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  Length,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { MAX_FEN } from '../common/fen.js';
import { PageQuery } from '../common/paging.js';
import { IsInstant, MaxCharacters } from '../common/rules.js';
import { REASON_CODES, type ReasonCode, REFUND_STATES, type RefundState } from './refund.entity.js';

/** What a buyer asks for. */
export class RequestRefundBody {
  @ApiPropertyOptional({ minimum: 1, description: 'Fen; by default all that is left of the payment.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_FEN)
  readonly amountFen?: number;

  @ApiProperty({ minLength: 1, maxLength: 200 })
  @IsString()
  @Length(1)
  @MaxCharacters(200)
  readonly reason!: string;

  @ApiPropertyOptional({ enum: REASON_CODES })
  @IsOptional()
  @IsIn(REASON_CODES)
  readonly reasonCode?: ReasonCode;

  @ApiPropertyOptional({ type: [String], maxItems: 9, description: 'Addresses of pictures.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(9)
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false }, { each: true })
  @MaxLength(500, { each: true })
  readonly evidence?: string[];
}

/** The filters that lists of refunds share. */
export class RefundListQuery extends PageQuery {
  @ApiPropertyOptional({ enum: REFUND_STATES })
  @IsOptional()
  @IsIn(REFUND_STATES)
  readonly status?: RefundState;

  @ApiPropertyOptional({ format: 'date-time', description: 'Requested at or after.' })
  @IsOptional()
  @IsInstant()
  readonly from?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Requested before.' })
  @IsOptional()
  @IsInstant()
  readonly to?: string;
}
