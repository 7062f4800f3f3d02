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

/** Fifty lines of one product, each at its most. */
const MAX_RETURN_QUANTITY = 49_950;

/** What a decision about goods and coupon may be answered with. */
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
  @ApiPropertyOptional({ minimum: 1, description: 'Fen; less than was asked for frees the rest.' })
  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(MAX_FEN)
  readonly amountFen?: number;

  @ApiPropertyOptional({ maxLength: 500, description: 'For the staff alone.' })
  @IfGiven()
  @IsMultilineText({ min: 0, max: 500 })
  readonly note?: string;

  @ApiPropertyOptional({
    description:
      'True: everything that is left of the order returns to stock; only with a full refund of an order of which nothing ' +
      'was shipped (`RETURN_NEEDS_ITEMS`). False: nothing returns. By default everything that is left returns once all of ' +
      'the money is back, unless something was shipped. Not together with `returnItems`.',
  })
  @IfGiven()
  @IsBoolean()
  readonly returnStock?: boolean;

  @ApiPropertyOptional({
    type: [ReturnItemBody],
    maxItems: 50,
    description:
      'The pieces that return to stock when this refund succeeds, whatever its amount; never more than were sold and ' +
      'have not returned (`RETURN_EXCEEDS_ORDER`). They are reserved at once and free again if the refund fails. An ' +
      'empty list: nothing returns.',
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
      'Whether the coupon of the order returns to the buyer once all of the money is back; by default it does unless ' +
      'something was shipped. True is for a full refund of an order with a coupon (`COUPON_NOT_RETURNABLE`).',
  })
  @IfGiven()
  @IsBoolean()
  readonly returnCoupon?: boolean;
}

/** A refund that the shop gives of its own accord. */
export class CreateMerchantRefundBody extends OmitType(ApproveRefundBody, ['amountFen']) {
  @ApiProperty({ minimum: 1 })
  @IsInt()
  @Min(1)
  @Max(MAX_FEN)
  readonly amountFen!: number;

  @ApiProperty({ minLength: 1, maxLength: 200, description: 'The payer reads it.' })
  @IsMultilineText({ max: 200 })
  readonly reason!: string;
}
