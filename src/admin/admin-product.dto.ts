import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsInt, IsUrl, Max, MaxLength, Min, ValidateIf } from 'class-validator';
import { MAX_FEN } from '../common/fen.js';
import { IfGiven } from '../common/if-given.js';
import { SearchFilter, WithTotal, BooleanFilter } from '../common/list-filters.js';
import { PageQuery } from '../common/paging.js';
import { HasPlainCharacters, IsSingleLineText, IsMultilineText } from '../common/validation-decorators.js';

/** Pieces: far above any shop's stock and far below the maximum of the column. */
const MAX_STOCK = 1_000_000_000;

const IMAGE_URL_OPTIONS = { protocols: ['http', 'https'], require_protocol: true, require_tld: false };

/** The URL of an image. A form sends an empty string when there is none. */
const IsImageUrl = (): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ maxLength: 500, description: 'An http or https URL, or empty for no image.' }),
    ValidateIf((_body: unknown, value: unknown) => value !== undefined && value !== ''),
    MaxLength(500),
    IsUrl(IMAGE_URL_OPTIONS),
    HasPlainCharacters(),
  );

export class AdminProductQuery extends PageQuery {
  @SearchFilter("A product's `id`, or a part of its name.", 100)
  readonly q?: string;

  @BooleanFilter('Only products on sale, or only products off sale.')
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

  @ApiPropertyOptional({ default: true, description: 'If false, buyers do not see the product and cannot order it.' })
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

  @ApiPropertyOptional({ minimum: 1, maximum: MAX_FEN, description: 'Fen. Existing orders keep their price.' })
  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(MAX_FEN)
  readonly priceFen?: number;

  @ApiPropertyOptional({
    minimum: 0,
    maximum: MAX_STOCK,
    description:
      'Pieces that can be ordered from now on, without the pieces already reserved by orders. ' +
      'An order placed at the same time keeps its pieces; when it closes, they are added to this number.',
  })
  @IfGiven()
  @IsInt()
  @Min(0)
  @Max(MAX_STOCK)
  readonly stock?: number;

  @ApiPropertyOptional({
    minimum: 0,
    description:
      'The `stock` that the caller has seen. If orders have changed it since, the call fails with `STOCK_CHANGED`.',
  })
  @IfGiven()
  @IsInt()
  @Min(0)
  readonly expectedStock?: number;

  @IsImageUrl()
  readonly imageUrl?: string;

  @ApiPropertyOptional({
    description:
      'If false, buyers do not see the product and cannot order it. Stock and existing orders do not change.',
  })
  @IfGiven()
  @IsBoolean()
  readonly onSale?: boolean;
}
