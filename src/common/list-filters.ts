import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsOptional, IsString, Length } from 'class-validator';

/** `?q=`: what a person holds or remembers of the thing they look for. */
export function SearchText(description: string, longest = 64): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ type: String, description }),
    IsOptional(),
    IsString(),
    Length(1, longest),
  );
}

/** `?withTotal=true`: how many there are on all pages, which costs a count of them. */
export function WithTotal(): PropertyDecorator {
  return applyDecorators(ApiPropertyOptional({ type: Boolean, default: false }), YesOrNo());
}

/** `?onSale=false`: one of the two kinds; absent means both. */
export function YesOrNoFilter(description: string): PropertyDecorator {
  return applyDecorators(ApiPropertyOptional({ type: Boolean, description }), YesOrNo());
}

function YesOrNo(): PropertyDecorator {
  return applyDecorators(
    IsOptional(),
    Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value)),
    IsBoolean(),
  );
}
