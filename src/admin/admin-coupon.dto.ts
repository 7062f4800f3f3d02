import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsString, Length, Max, Min } from 'class-validator';
import { MAX_FEN } from '../common/fen.js';
import { IfGiven } from '../common/if-given.js';
import { SearchFilter, WithTotal } from '../common/list-filters.js';
import { PageQuery } from '../common/paging.js';
import { IsInstant, IsSingleLineText } from '../common/validation-decorators.js';

const EXPIRY = 'A date-time, or a date (midnight in Beijing). If it is in the past, the coupon can no longer be used.';

export class AdminCouponQuery extends PageQuery {
  @SearchFilter("A coupon type's `id`, or a part of its name.", 100)
  readonly q?: string;

  @WithTotal()
  readonly withTotal?: boolean;
}

export class NewCouponBody {
  @ApiProperty({ minLength: 1, maxLength: 100 })
  @IsSingleLineText({ max: 100 })
  readonly name!: string;

  @ApiProperty({ minimum: 1, maximum: MAX_FEN, description: 'Discount in fen.' })
  @IsInt()
  @Min(1)
  @Max(MAX_FEN)
  readonly discountFen!: number;

  @ApiPropertyOptional({
    minimum: 0,
    maximum: MAX_FEN,
    default: 0,
    description: 'Minimum total of the order items, in fen.',
  })
  @IfGiven()
  @IsInt()
  @Min(0)
  @Max(MAX_FEN)
  readonly minSpendFen: number = 0;

  @ApiProperty({ format: 'date-time', description: EXPIRY })
  @IsInstant()
  readonly expiresAt!: string;
}

export class CouponChangeBody {
  @ApiPropertyOptional({ minLength: 1, maxLength: 100 })
  @IfGiven()
  @IsSingleLineText({ max: 100 })
  readonly name?: string;

  @ApiPropertyOptional({
    minimum: 1,
    maximum: MAX_FEN,
    description: 'Discount in fen. Existing orders keep their discount.',
  })
  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(MAX_FEN)
  readonly discountFen?: number;

  @ApiPropertyOptional({ minimum: 0, maximum: MAX_FEN, description: 'Minimum total of the order items, in fen.' })
  @IfGiven()
  @IsInt()
  @Min(0)
  @Max(MAX_FEN)
  readonly minSpendFen?: number;

  @ApiPropertyOptional({ format: 'date-time', description: EXPIRY })
  @IfGiven()
  @IsInstant()
  readonly expiresAt?: string;
}

export class GrantCouponBody {
  @ApiProperty({ description: "The user's `id`, which is the `userId` of an order." })
  @IsString()
  @Length(1, 64)
  readonly userId!: string;
}
