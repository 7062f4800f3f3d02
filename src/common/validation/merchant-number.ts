import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsString, Matches } from 'class-validator';
import { IfDefined } from '../if-defined.js';

/** The characters that WeChat allows in numbers of merchants. */
const MERCHANT_NUMBER = /^[A-Za-z0-9_\-|*@.]{1,64}$/;

/** A number of the merchant's own system. Numbers that differ only in case are two. */
export function MerchantNumberField({
  optional,
  description,
}: { optional?: true; description?: string } = {}): PropertyDecorator {
  return applyDecorators(
    Matches(MERCHANT_NUMBER, { message: '$property must be 1 to 64 of the characters A-Z a-z 0-9 _ - | * @ .' }),
    IsString(),
    ...(optional ? [IfDefined()] : []),
    ApiProperty({
      pattern: MERCHANT_NUMBER.source,
      required: optional !== true,
      ...(description !== undefined && { description }),
    }),
  );
}
