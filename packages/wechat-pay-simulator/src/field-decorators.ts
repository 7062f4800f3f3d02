import { ApiProperty, ApiPropertyOptions } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsInt, IsNumber, IsString, Length, Matches, Max, Min, ValidateIf } from 'class-validator';

/** The description of a field for the API, and whether it may be omitted. */
export type FieldOptions = ApiPropertyOptions & { readonly optional?: boolean };

/** An optional field that does not accept null: `IsOptional` of the library skips all checks for null. */
export const IfDefined = (): PropertyDecorator => ValidateIf((_body: unknown, value: unknown) => value !== undefined);

/** The same for a field that accepts null too. */
export const IfNotNullish = (): PropertyDecorator =>
  ValidateIf((_body: unknown, value: unknown) => value !== undefined && value !== null);

export const IntegerField = (min: number, max: number, options: FieldOptions = {}): PropertyDecorator =>
  field({ type: Number, minimum: min, maximum: max, ...options }, IsInt(), Min(min), Max(max));

export const NumberField = (min: number, max: number, options: FieldOptions = {}): PropertyDecorator =>
  field({ type: Number, minimum: min, maximum: max, ...options }, IsNumber(), Min(min), Max(max));

export const StringField = (options: FieldOptions = {}): PropertyDecorator =>
  field({ type: String, ...options }, IsString());

/** A text with a length in characters. */
export const TextField = (min: number, max: number, options: FieldOptions = {}): PropertyDecorator =>
  field({ type: String, ...options }, Length(min, max));

export const PatternField = (pattern: RegExp, options: FieldOptions = {}): PropertyDecorator =>
  field({ type: String, ...options }, Matches(pattern));

export const ChoiceField = (values: readonly (string | number)[], options: FieldOptions = {}): PropertyDecorator =>
  field({ type: typeof values[0] === 'number' ? Number : String, enum: [...values], ...options }, IsIn(values));

export const BooleanField = (options: FieldOptions = {}): PropertyDecorator =>
  field({ type: Boolean, ...options }, IsBoolean());

function field({ optional = false, ...api }: FieldOptions, ...checks: readonly PropertyDecorator[]): PropertyDecorator {
  return (target, property) => {
    ApiProperty({ ...api, required: !optional } as ApiPropertyOptions)(target, property);
    if (optional) IfDefined()(target, property);
    for (const check of checks) check(target, property);
  };
}
