import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import { InstantField, IntegerField, LineField } from '../../common/validation/fields.js';
import { MAX_FEN } from '../../common/fen.js';
import { SearchFilter } from '../../common/paging/list-filters.js';
import { CountedPageQuery } from '../../common/paging/paging.js';

const EXPIRY = 'A date-time, or a date (midnight in Beijing). If it is in the past, the coupon can no longer be used.';

export class AdminCouponQuery extends CountedPageQuery {
  @SearchFilter("A coupon's `id`, or a part of its name.", 100)
  readonly q?: string;
}

export class NewCouponBody {
  @LineField({ max: 100 })
  readonly name!: string;

  @IntegerField({ min: 1, max: MAX_FEN, description: 'Discount in fen.' })
  readonly discountFen!: number;

  @IntegerField({
    min: 0,
    max: MAX_FEN,
    optional: true,
    default: 0,
    description: 'Minimum total of the order items, in fen.',
  })
  readonly minSpendFen: number = 0;

  @InstantField({ description: EXPIRY })
  readonly expiresAt!: string;
}

export class CouponChangeBody {
  @LineField({ max: 100, optional: true })
  readonly name?: string;

  @IntegerField({
    min: 1,
    max: MAX_FEN,
    optional: true,
    description: 'Discount in fen. Existing orders keep their discount.',
  })
  readonly discountFen?: number;

  @IntegerField({ min: 0, max: MAX_FEN, optional: true, description: 'Minimum total of the order items, in fen.' })
  readonly minSpendFen?: number;

  @InstantField({ optional: true, description: EXPIRY })
  readonly expiresAt?: string;
}

export class GrantCouponBody {
  @ApiProperty({ description: "The user's `id`, which is the `userId` of an order." })
  @IsString()
  @Length(1, 64)
  readonly userId!: string;
}
