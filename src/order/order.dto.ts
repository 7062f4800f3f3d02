import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { IfGiven } from '../common/if-given.js';
import { FromFilter, ToFilter } from '../common/list-filters.js';
import { PageQuery } from '../common/paging.js';
import { IsMultilineText } from '../common/validation-decorators.js';
import { ORDER_STATUSES, type OrderStatus } from './order.entity.js';

export class OrderLineBody {
  /** A number is taken as its text: pages keep ids in data attributes, which may turn digits into numbers. */
  @ApiProperty({ description: "A product's `id`." })
  @Transform(({ value }: { value: unknown }) => (typeof value === 'number' ? String(value) : value))
  @IsString()
  @Length(1, 64)
  readonly productId!: string;

  @ApiProperty({ minimum: 1, maximum: 999 })
  @IsInt()
  @Min(1)
  @Max(999)
  readonly quantity!: number;
}

export class PlaceOrderBody {
  @ApiProperty({
    type: [OrderLineBody],
    minItems: 1,
    maxItems: 50,
    description: 'Lines of the same product are added up.',
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @IsObject({ each: true }) // a list within the list would be validated line by line, and would be no line itself
  @ValidateNested({ each: true })
  @Type(() => OrderLineBody)
  readonly items!: OrderLineBody[];

  @ApiPropertyOptional({ minLength: 1, maxLength: 64, description: "The `id` of one of the user's coupons." })
  @IfGiven()
  @IsString()
  @Length(1, 64)
  readonly couponId?: string;

  @ApiPropertyOptional({ maxLength: 200 })
  @IfGiven()
  @IsMultilineText({ min: 0, max: 200 })
  readonly remark?: string;

  @ApiPropertyOptional({
    minimum: 0,
    description:
      "Fen: what the buyer was shown for the goods, before any discount (the order's `totalFen`). When the goods come to " +
      'another amount, nothing is ordered: `PRICE_CHANGED`, with the new `totalFen`.',
  })
  @IfGiven()
  @IsInt()
  @Min(0)
  readonly expectedTotalFen?: number;

  @ApiPropertyOptional({
    minimum: 0,
    description:
      "Fen: what the buyer was shown to pay, after the coupon (the order's `payableFen`). It covers a coupon whose value " +
      'has changed: `PRICE_CHANGED`, with the new `totalFen` and `payableFen`.',
  })
  @IfGiven()
  @IsInt()
  @Min(0)
  readonly expectedPayableFen?: number;
}

/** The filters that lists of orders share. */
export class OrderListQuery extends PageQuery {
  @ApiPropertyOptional({ enum: ORDER_STATUSES })
  @IfGiven()
  @IsIn(ORDER_STATUSES)
  readonly status?: OrderStatus;

  @FromFilter('Created')
  readonly from?: string;

  @ToFilter('Created')
  readonly to?: string;
}
