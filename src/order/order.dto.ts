import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsObject, IsString, Length, ValidateNested } from 'class-validator';
import { ChoiceField, IntegerField, TextField } from '../common/validation/fields.js';
import { IfDefined } from '../common/if-defined.js';
import { FromFilter, ToFilter } from '../common/paging/list-filters.js';
import { PageQuery } from '../common/paging/paging.js';
import { ORDER_STATUSES, type OrderStatus } from './order.entity.js';

export class OrderItemBody {
  /** Numbers are converted to strings: mini-program data attributes may turn an id of digits into a number. */
  @ApiProperty({ description: "A product's `id`." })
  @Transform(({ value }: { value: unknown }) => (typeof value === 'number' ? String(value) : value))
  @IsString()
  @Length(1, 64)
  readonly productId!: string;

  @IntegerField({ min: 1, max: 999 })
  readonly quantity!: number;
}

export class PlaceOrderBody {
  @ApiProperty({
    type: [OrderItemBody],
    minItems: 1,
    maxItems: 50,
    description: 'Items of the same product are merged.',
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @IsObject({ each: true }) // otherwise a nested list would be validated element by element and pass as an item
  @ValidateNested({ each: true })
  @Type(() => OrderItemBody)
  readonly items!: OrderItemBody[];

  @ApiPropertyOptional({
    minLength: 1,
    maxLength: 64,
    description: "The `id` of one of the user's coupons (user coupon).",
  })
  @IfDefined()
  @IsString()
  @Length(1, 64)
  readonly couponId?: string;

  @TextField({ min: 0, max: 200, optional: true })
  readonly remark?: string;

  @IntegerField({
    min: 0,
    optional: true,
    description:
      "Fen: the price of the goods shown to the buyer, before any discount (the order's `totalFen`). If the price differs, " +
      'the order is rejected with `PRICE_CHANGED` and the new `totalFen`.',
  })
  readonly expectedTotalFen?: number;

  @IntegerField({
    min: 0,
    optional: true,
    description:
      "Fen: the amount to pay shown to the buyer, after the coupon (the order's `payableFen`). If it differs, also because " +
      "the coupon's value has changed, the order is rejected with `PRICE_CHANGED` and the new `totalFen` and `payableFen`.",
  })
  readonly expectedPayableFen?: number;
}

/** Filters of all lists of orders. */
export class OrderListQuery extends PageQuery {
  @ChoiceField(ORDER_STATUSES, { optional: true })
  readonly status?: OrderStatus;

  @FromFilter('Created')
  readonly from?: string;

  @ToFilter('Created')
  readonly to?: string;
}
