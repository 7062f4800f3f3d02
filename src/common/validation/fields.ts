import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsInt, Max, Min } from 'class-validator';
import { IfDefined } from '../if-defined.js';
import { IsInstant, IsMultilineText, IsSingleLineText } from './validation-decorators.js';

/** Fields of bodies and queries. Each decorator documents its rule and checks it, so that the two cannot differ. */
interface FieldOptions {
  description?: string;
  /** True when the field may be absent. It may never be null. */
  optional?: true;
  default?: unknown;
}

/** An integer. @param limits without `max`, any larger one is accepted. */
export function IntegerField({
  min,
  max,
  ...options
}: FieldOptions & { min: number; max?: number }): PropertyDecorator {
  const limits = max === undefined ? { minimum: min } : { minimum: min, maximum: max };
  return field({ ...limits, ...options }, IsInt(), Min(min), ...(max === undefined ? [] : [Max(max)]));
}

export function BooleanField(options: FieldOptions = {}): PropertyDecorator {
  return field(options, IsBoolean());
}

/** An instant such as `2026-11-21T03:04:05.678Z`, or a day, which begins at midnight in Beijing. */
export function InstantField(options: FieldOptions = {}): PropertyDecorator {
  return field({ type: String, format: 'date-time', ...options }, IsInstant());
}

/** One of the values. */
export function ChoiceField(values: readonly string[], options: FieldOptions = {}): PropertyDecorator {
  return field({ enum: [...values], ...options }, IsIn(values));
}

type TextOptions = FieldOptions & {
  /** In characters. 0 allows an empty text; otherwise it must not be blank. */
  min?: 0 | 1;
  max: number;
};

/** A name or another text of one line, trimmed and normalized. */
export function LineField({ min = 1, max, ...options }: TextOptions): PropertyDecorator {
  return field({ ...lengthsOf(min, max), ...options }, IsSingleLineText({ min, max }));
}

/** A text that may have several lines, trimmed and normalized. */
export function TextField({ min = 1, max, ...options }: TextOptions): PropertyDecorator {
  return field({ ...lengthsOf(min, max), ...options }, IsMultilineText({ min, max }));
}

function lengthsOf(min: number, max: number): { minLength?: number; maxLength: number } {
  return min === 0 ? { maxLength: max } : { minLength: min, maxLength: max };
}

/** @param checks in the order in which they run; the first that fails is reported. */
function field(
  { optional, ...documentation }: ApiPropertyOptions & FieldOptions,
  ...checks: PropertyDecorator[]
): PropertyDecorator {
  const isOptional = optional === true;
  // class-validator runs the checks in reverse: stacked decorators are applied from the last one to the first.
  return applyDecorators(
    ...checks.toReversed(),
    ...(isOptional ? [IfDefined()] : []),
    ApiProperty({ ...documentation, required: !isOptional } as ApiPropertyOptions),
  );
}
