import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsInt, IsUrl, Max, MaxLength, Min, ValidateIf } from 'class-validator';
import { MAX_FEN } from '../common/fen.js';
import { IfGiven } from '../common/if-given.js';
import { SearchFilter, WithTotal, BooleanFilter } from '../common/list-filters.js';
import { PageQuery } from '../common/paging.js';
import { HasPlainCharacters, IsSingleLineText, IsMultilineText } from '../common/validation-decorators.js';

/** Pieces: far above what a shop has, far below what the column takes. */
const MAX_STOCK = 1_000_000_000;

const IMAGE_URL_OPTIONS = { protocols: ['http', 'https'], require_protocol: true, require_tld: false };

/** The address of a picture. A form sends an empty text where there is none. */
const IsImageUrl = (): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ maxLength: 500, description: 'http or https; empty for none.' }),
    ValidateIf((_body: unknown, value: unknown) => value !== undefined && value !== ''),
    MaxLength(500),
    IsUrl(IMAGE_URL_OPTIONS),
    HasPlainCharacters(),
  );

export class AdminProductQuery extends PageQuery {
  @SearchFilter("A product's `id`, or a part of its name.", 100)
  readonly q?: string;

  @BooleanFilter('Only what is on sale, or only what is not.')
  readonly onSale?: boolean;

  @WithTotal()
  readonly withTotal?: boolean;
}

export class NewProductBody {
  @ApiProperty({ minLength: 1, maxLength: 100 })
  @IsSingleLineText({ max: 100 })
  readonly name!: string;

  @ApiPropertyOptional({ maxLength: 2000, default: '' })
  @IfGiven()
  @IsMultilineText({ min: 0, max: 2000 })
  readonly description: string = '';

  @ApiProperty({ minimum: 1, maximum: MAX_FEN, description: 'Fen.' })
  @IsInt()
  @Min(1)
  @Max(MAX_FEN)
  readonly priceFen!: number;

  @ApiProperty({ minimum: 0, maximum: MAX_STOCK, description: 'Pieces that can be ordered.' })
  @IsInt()
  @Min(0)
  @Max(MAX_STOCK)
  readonly stock!: number;

  @IsImageUrl()
  readonly imageUrl: string = '';

  @ApiPropertyOptional({ default: true, description: 'False: buyers do not see it and cannot order it.' })
  @IfGiven()
  @IsBoolean()
  readonly onSale: boolean = true;
}

export class ProductChangeBody {
  @ApiPropertyOptional({ minLength: 1, maxLength: 100 })
  @IfGiven()
  @IsSingleLineText({ max: 100 })
  readonly name?: string;

  @ApiPropertyOptional({ maxLength: 2000 })
  @IfGiven()
  @IsMultilineText({ min: 0, max: 2000 })
  readonly description?: string;

  @ApiPropertyOptional({ minimum: 1, maximum: MAX_FEN, description: 'Fen. Orders placed before keep their price.' })
  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(MAX_FEN)
  readonly priceFen?: number;

  @ApiPropertyOptional({
    minimum: 0,
    maximum: MAX_STOCK,
    description:
      'Pieces that can be ordered from the moment of this call on. Those reserved by orders are not among them: ' +
      'an order placed at the same time keeps its pieces, and gives them back on top of this number when it closes.',
  })
  @IfGiven()
  @IsInt()
  @Min(0)
  @Max(MAX_STOCK)
  readonly stock?: number;

  @ApiPropertyOptional({
    minimum: 0,
    description:
      'The `stock` that was on the screen: when orders have changed it since, `STOCK_CHANGED` and no change.',
  })
  @IfGiven()
  @IsInt()
  @Min(0)
  readonly expectedStock?: number;

  @IsImageUrl()
  readonly imageUrl?: string;

  @ApiPropertyOptional({
    description: 'False: buyers do not see it and cannot order it. Stock and existing orders stay as they are.',
  })
  @IfGiven()
  @IsBoolean()
  readonly onSale?: boolean;
}
