import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsUrl, MaxLength, ValidateIf } from 'class-validator';
import { BooleanField, IntegerField, LineField, TextField } from '../../common/validation/fields.js';
import { MAX_FEN } from '../../common/fen.js';
import { SearchFilter, BooleanFilter } from '../../common/paging/list-filters.js';
import { CountedPageQuery } from '../../common/paging/paging.js';
import { HasPlainCharacters } from '../../common/validation/validation-decorators.js';

/** Units: far above any shop's stock and far below the maximum of the column. */
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

export class AdminProductQuery extends CountedPageQuery {
  @SearchFilter("A product's `id`, or a part of its name.", 100)
  readonly q?: string;

  @BooleanFilter('Only products on sale, or only products off sale.')
  readonly onSale?: boolean;
}

export class NewProductBody {
  @LineField({ max: 100 })
  readonly name!: string;

  @TextField({ min: 0, max: 2000, optional: true, default: '' })
  readonly description: string = '';

  @IntegerField({ min: 1, max: MAX_FEN, description: 'Fen.' })
  readonly priceFen!: number;

  @IntegerField({ min: 0, max: MAX_STOCK, description: 'Units that can be ordered.' })
  readonly stock!: number;

  @IsImageUrl()
  readonly imageUrl: string = '';

  @BooleanField({
    optional: true,
    default: true,
    description: 'If false, buyers do not see the product and cannot order it.',
  })
  readonly onSale: boolean = true;
}

export class ProductChangeBody {
  @LineField({ max: 100, optional: true })
  readonly name?: string;

  @TextField({ min: 0, max: 2000, optional: true })
  readonly description?: string;

  @IntegerField({ min: 1, max: MAX_FEN, optional: true, description: 'Fen. Existing orders keep their price.' })
  readonly priceFen?: number;

  @IntegerField({
    min: 0,
    max: MAX_STOCK,
    optional: true,
    description:
      'Units that can be ordered from now on, without the units already reserved by orders. ' +
      'An order placed at the same time keeps its units; when it closes, they are added to this number.',
  })
  readonly stock?: number;

  @IntegerField({
    min: 0,
    optional: true,
    description:
      'The `stock` that the caller has seen. If orders have changed it since, the call fails with `STOCK_CHANGED`.',
  })
  readonly expectedStock?: number;

  @IsImageUrl()
  readonly imageUrl?: string;

  @BooleanField({
    optional: true,
    description:
      'If false, buyers do not see the product and cannot order it. Stock and existing orders do not change.',
  })
  readonly onSale?: boolean;
}
