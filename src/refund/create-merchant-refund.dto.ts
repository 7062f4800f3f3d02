import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsInt,
  IsObject,
  IsString,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { MAX_FEN } from '../common/fen.js';
import { IfGiven } from '../common/if-given.js';
import { IsExclusiveWith, IsMultilineText } from '../common/validation-decorators.js';

/** 50 lines of one product with 999 pieces each. */
const MAX_RETURN_QUANTITY = 49_950;

/** Error codes for an invalid choice of returned goods and coupon. */
export const RETURN_ERROR_CODES = [
  'RETURN_NEEDS_ITEMS',
  'RETURN_EXCEEDS_ORDER',
  'RETURN_NOT_POSSIBLE',
  'COUPON_NOT_RETURNABLE',
] as const;

/** Pieces of one product of the order. */
export class ReturnItemBody {
  @ApiProperty({ description: "A product's `id`, as in the order's `items`." })
  @IsString()
  @Length(1, 64)
  readonly productId!: string;

  @ApiProperty({ minimum: 1, maximum: MAX_RETURN_QUANTITY })
  @IsInt()
  @Min(1)
  @Max(MAX_RETURN_QUANTITY)
  readonly quantity!: number;
}

export class ApproveRefundBody {
  @ApiPropertyOptional({ minimum: 1, description: 'Fen. An amount below the requested one releases the rest.' })
  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(MAX_FEN)
  readonly amountFen?: number;

  @ApiPropertyOptional({ maxLength: 500, description: 'Visible to staff only.' })
  @IfGiven()
  @IsMultilineText({ min: 0, max: 500 })
  readonly note?: string;

  @ApiPropertyOptional({
    description:
      'True: all remaining pieces of the order return to stock; only for a full refund of an unshipped order (otherwise ' +
      '`RETURN_NEEDS_ITEMS`). False: nothing returns. Default: all remaining pieces return once the order is fully ' +
      'refunded, unless something was shipped. Cannot be combined with `returnItems`.',
  })
  @IfGiven()
  @IsBoolean()
  readonly returnStock?: boolean;

  @ApiPropertyOptional({
    type: [ReturnItemBody],
    maxItems: 50,
    description:
      'The pieces that return to stock when this refund succeeds, independent of its amount; at most the pieces that were ' +
      'sold and have not returned (otherwise `RETURN_EXCEEDS_ORDER`). They are reserved immediately and released if the ' +
      'refund fails. An empty list: nothing returns.',
  })
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(50)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ReturnItemBody)
  @IsExclusiveWith('returnStock')
  readonly returnItems?: ReturnItemBody[];

  @ApiPropertyOptional({
    description:
      "Whether the order's coupon returns to the buyer once the order is fully refunded. Default: it returns unless " +
      'something was shipped. True requires a full refund of an order with a coupon (otherwise `COUPON_NOT_RETURNABLE`).',
  })
  @IfGiven()
  @IsBoolean()
  readonly returnCoupon?: boolean;
}

/** A merchant-initiated refund. */
export class CreateMerchantRefundBody extends OmitType(ApproveRefundBody, ['amountFen']) {
  @ApiProperty({ minimum: 1 })
  @IsInt()
  @Min(1)
  @Max(MAX_FEN)
  readonly amountFen!: number;

  @ApiProperty({ minLength: 1, maxLength: 200, description: 'Shown to the payer.' })
  @IsMultilineText({ max: 200 })
  readonly reason!: string;
}
