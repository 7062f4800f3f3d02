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
  /** Numbers are converted to strings: mini-program data attributes may turn an id of digits into a number. */
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
    description: 'Lines of the same product are merged.',
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @IsObject({ each: true }) // otherwise a nested list would be validated element by element and pass as a line
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
      "Fen: the price of the goods shown to the buyer, before any discount (the order's `totalFen`). If the price differs, " +
      'the order is rejected with `PRICE_CHANGED` and the new `totalFen`.',
  })
  @IfGiven()
  @IsInt()
  @Min(0)
  readonly expectedTotalFen?: number;

  @ApiPropertyOptional({
    minimum: 0,
    description:
      "Fen: the amount to pay shown to the buyer, after the coupon (the order's `payableFen`). If it differs, also because " +
      "the coupon's value has changed, the order is rejected with `PRICE_CHANGED` and the new `totalFen` and `payableFen`.",
  })
  @IfGiven()
  @IsInt()
  @Min(0)
  readonly expectedPayableFen?: number;
}

/** Filters of all lists of orders. */
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
