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
import { MAX_FEN } from '../../common/fen.js';
import { IfDefined } from '../../common/if-defined.js';
import { MerchantNumberField } from '../../common/validation/merchant-number.js';
import { IsExclusiveWith, IsMultilineText } from '../../common/validation/validation-decorators.js';

/** 50 items of one product with 999 units each. */
const MAX_RETURN_QUANTITY = 49_950;

/** Error codes for an invalid choice of returned goods and coupon. */
export const RETURN_ERROR_CODES = [
  'RETURN_NEEDS_ITEMS',
  'RETURN_EXCEEDS_ORDER',
  'RETURN_NOT_POSSIBLE',
  'COUPON_NOT_RETURNABLE',
] as const;

/** Units of one product of the order. */
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
  @IfDefined()
  @IsInt()
  @Min(1)
  @Max(MAX_FEN)
  readonly amountFen?: number;

  @ApiPropertyOptional({ maxLength: 500, description: 'Visible to staff only.' })
  @IfDefined()
  @IsMultilineText({ min: 0, max: 500 })
  readonly note?: string;

  @ApiPropertyOptional({
    description:
      'True: all remaining units of the order return to stock; only for a full refund of an unshipped order (otherwise ' +
      '`RETURN_NEEDS_ITEMS`). False: nothing returns. Default: all remaining units return once the order is fully ' +
      'refunded, unless something was shipped. Cannot be combined with `returnItems`.',
  })
  @IfDefined()
  @IsBoolean()
  readonly returnStock?: boolean;

  @ApiPropertyOptional({
    type: [ReturnItemBody],
    maxItems: 50,
    description:
      'The units that return to stock when this refund succeeds, independent of its amount; at most the units that were ' +
      'sold and have not returned (otherwise `RETURN_EXCEEDS_ORDER`). They are reserved immediately and released if the ' +
      'refund fails. An empty list: nothing returns.',
  })
  @IfDefined()
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
  @IfDefined()
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

  @ApiPropertyOptional({
    minLength: 1,
    maxLength: 32,
    description:
      'The payment to refund, of an order with several: `outTradeNo` of a paid payment. Default: a late or duplicate ' +
      'payment of which at least this amount is not refunded, unless `returnStock`, `returnItems` or `returnCoupon` is ' +
      "given; otherwise the order's own payment.",
  })
  @IfDefined()
  @IsString()
  @Length(1, 32)
  readonly outTradeNo?: string;
}

/** A refund that the merchant's own program creates. */
export class CreateServerRefundBody extends CreateMerchantRefundBody {
  @MerchantNumberField({
    optional: true,
    description:
      "The refund's number in the merchant's own system, unique in the shop. The same number is the same refund.",
  })
  readonly merchantRefundNo?: string;
}
