import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsString, Length } from 'class-validator';
import { IfDefined } from '../if-defined.js';
import { IsInstant } from '../validation/validation-decorators.js';

/** `?q=`: a number or a text that a person searches for. */
export function SearchFilter(description: string, longest = 64): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ type: String, description }),
    IfDefined(),
    IsString(),
    Length(1, longest),
  );
}

const BARE_DAY_DESCRIPTION = 'A bare day such as `2026-12-10` means midnight in Beijing at its beginning';

/** `?from=`: rows at or after this instant. `happened` starts the description, for example `Created`. */
export function FromFilter(happened: string): PropertyDecorator {
  return instantFilter(`${happened} at or after. ${BARE_DAY_DESCRIPTION}.`);
}

/** `?to=`: rows before this instant. */
export function ToFilter(happened: string): PropertyDecorator {
  return instantFilter(`${happened} before. ${BARE_DAY_DESCRIPTION}, so that the day itself is not included.`);
}

function instantFilter(description: string): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ type: String, format: 'date-time', description }),
    IfDefined(),
    IsInstant(),
  );
}

/** `?withTotal=true`: adds the number of rows on all pages, which needs a count query. */
export function WithTotal(): PropertyDecorator {
  return applyDecorators(ApiPropertyOptional({ type: Boolean, default: false }), IsBooleanParameter());
}

/** A filter such as `?onSale=false`; without it, both kinds are listed. */
export function BooleanFilter(description: string): PropertyDecorator {
  return applyDecorators(ApiPropertyOptional({ type: Boolean, description }), IsBooleanParameter());
}

function IsBooleanParameter(): PropertyDecorator {
  return applyDecorators(
    IfDefined(),
    Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value)),
    IsBoolean(),
  );
}
