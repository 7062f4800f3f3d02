import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsString, Length, Max, Min } from 'class-validator';
import { MAX_FEN } from '../common/fen.js';
import { IfGiven } from '../common/if-given.js';
import { SearchFilter, WithTotal } from '../common/list-filters.js';
import { PageQuery } from '../common/paging.js';
import { IsInstant, IsSingleLineText } from '../common/validation-decorators.js';

const EXPIRY =
  'An instant, or a day, which begins at midnight in Beijing. Of the past: the coupon can no longer be used.';

export class AdminCouponQuery extends PageQuery {
  @SearchFilter("A coupon's `id`, or a part of its name.", 100)
  readonly q?: string;

  @WithTotal()
  readonly withTotal?: boolean;
}

export class NewCouponBody {
  @ApiProperty({ minLength: 1, maxLength: 100 })
  @IsSingleLineText({ max: 100 })
  readonly name!: string;

  @ApiProperty({ minimum: 1, maximum: MAX_FEN, description: 'Fen that it takes off.' })
  @IsInt()
  @Min(1)
  @Max(MAX_FEN)
  readonly discountFen!: number;

  @ApiPropertyOptional({ minimum: 0, maximum: MAX_FEN, default: 0, description: 'Fen that the lines must come to.' })
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

  @ApiPropertyOptional({ minimum: 1, maximum: MAX_FEN, description: 'Fen. Orders placed before keep their discount.' })
  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(MAX_FEN)
  readonly discountFen?: number;

  @ApiPropertyOptional({ minimum: 0, maximum: MAX_FEN, description: 'Fen that the lines must come to.' })
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
  @ApiProperty({ description: "The user's `id`: `userId` of an order." })
  @IsString()
  @Length(1, 64)
  readonly userId!: string;
}
