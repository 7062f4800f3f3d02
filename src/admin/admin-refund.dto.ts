import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
  ValidateIf,
} from 'class-validator';
import { MAX_FEN } from '../common/fen.js';
import { MaxCharacters } from '../common/rules.js';
import { RefundListQuery } from '../refund/refund.dto.js';
import { REFUND_KINDS, type RefundKind, WAIT_REASONS, type WaitReason } from '../refund/refund.entity.js';

export class AdminRefundQuery extends RefundListQuery {
  @ApiPropertyOptional({ enum: REFUND_KINDS })
  @IsOptional()
  @IsIn(REFUND_KINDS)
  readonly kind?: RefundKind;

  @ApiPropertyOptional({ enum: WAIT_REASONS, description: 'What it waits for.' })
  @IsOptional()
  @IsIn(WAIT_REASONS)
  readonly waitReason?: WaitReason;

  @ApiPropertyOptional({ description: "refundNo, WeChat's refund id, orderNo, outTradeNo or transactionId." })
  @IsOptional()
  @IsString()
  @Length(1, 64)
  readonly q?: string;

  @ApiPropertyOptional({ type: Boolean, default: false })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  readonly withTotal?: boolean;
}

export class ApproveRefundBody {
  @ApiPropertyOptional({ minimum: 1, description: 'Fen; less than was asked for frees the rest.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_FEN)
  readonly amountFen?: number;

  @ApiPropertyOptional({ maxLength: 500, description: 'For the staff alone.' })
  @IsOptional()
  @IsString()
  @MaxCharacters(500)
  readonly note?: string;

  @ApiPropertyOptional({ description: 'Whether the goods return; by default when all of the money is given back.' })
  @IsOptional()
  @IsBoolean()
  readonly returnStock?: boolean;
}

export class RejectRefundBody {
  @ApiProperty({ minLength: 1, maxLength: 200, description: 'The buyer reads it.' })
  @IsString()
  @Length(1)
  @MaxCharacters(200)
  readonly reason!: string;
}

export class GiveRefundBody extends OmitType(ApproveRefundBody, ['amountFen']) {
  @ApiProperty({ minimum: 1 })
  @IsInt()
  @Min(1)
  @Max(MAX_FEN)
  readonly amountFen!: number;

  @ApiProperty({ minLength: 1, maxLength: 200, description: 'The payer reads it.' })
  @IsString()
  @Length(1)
  @MaxCharacters(200)
  readonly reason!: string;
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

  @ApiPropertyOptional({ minLength: 1, maxLength: 200, description: 'Needed to reject.' })
  @ValidateIf((body: RefundBatchBody) => body.action === 'reject' || body.reason !== undefined)
  @IsString()
  @Length(1)
  @MaxCharacters(200)
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

export class RefundBatchAnswer {
  @ApiProperty({ type: [RefundBatchRow], description: 'Each is decided on its own, in the order given.' })
  items!: RefundBatchRow[];
}
