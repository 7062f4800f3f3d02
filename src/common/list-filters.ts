import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsString, Length } from 'class-validator';
import { IfGiven } from './if-given.js';
import { IsInstant } from './validation-decorators.js';

/** `?q=`: what a person holds or remembers of the thing they look for. */
export function SearchFilter(description: string, longest = 64): PropertyDecorator {
  return applyDecorators(ApiPropertyOptional({ type: String, description }), IfGiven(), IsString(), Length(1, longest));
}

const BARE_DAY_DESCRIPTION = 'A bare day such as `2026-12-10` is the moment at which it begins in Beijing';

/** `?from=`: what happened at or after this instant. `happened` begins the description, such as `Created`. */
export function FromFilter(happened: string): PropertyDecorator {
  return instantFilter(`${happened} at or after. ${BARE_DAY_DESCRIPTION}.`);
}

/** `?to=`: what happened before this instant. */
export function ToFilter(happened: string): PropertyDecorator {
  return instantFilter(`${happened} before. ${BARE_DAY_DESCRIPTION}, so that the day itself is not included.`);
}

function instantFilter(description: string): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ type: String, format: 'date-time', description }),
    IfGiven(),
    IsInstant(),
  );
}

/** `?withTotal=true`: how many there are on all pages, which costs a count of them. */
export function WithTotal(): PropertyDecorator {
  return applyDecorators(ApiPropertyOptional({ type: Boolean, default: false }), IsBooleanParameter());
}

/** `?onSale=false`: one of the two kinds; absent means both. */
export function BooleanFilter(description: string): PropertyDecorator {
  return applyDecorators(ApiPropertyOptional({ type: Boolean, description }), IsBooleanParameter());
}

function IsBooleanParameter(): PropertyDecorator {
  return applyDecorators(
    IfGiven(),
    Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value)),
    IsBoolean(),
  );
}
