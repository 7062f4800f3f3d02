import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { buildMessage, ValidateBy, type ValidationOptions } from 'class-validator';
import { parseInstant } from '../time/instants.js';
import { isPlainText, normalizeText } from '../text.js';

/** An RFC 3339 instant with a zone, or a day (midnight in Beijing), in the years 2000 to 2099. */
export const IsInstant = (): PropertyDecorator =>
  ValidateBy({
    name: 'isInstant',
    validator: {
      validate: (value) => typeof value === 'string' && parseInstant(value) !== null,
      defaultMessage: buildMessage(
        () => '$property must be an instant such as 2026-11-21T03:04:05.678Z, in the years 2000 to 2099',
      ),
    },
  });

/** Rejects the field if the other one is given too, because they contradict each other. */
export const IsExclusiveWith = (other: string): PropertyDecorator =>
  ValidateBy({
    name: 'isAloneFrom',
    validator: {
      validate: (_value, args) => {
        const body = args?.object as Record<string, unknown> | undefined;
        return body?.[other] === undefined;
      },
      defaultMessage: buildMessage(() => `$property and ${other} must not be given together`),
    },
  });

/** For technical text such as a URL: rejects control and direction characters and does not change the value. */
export const HasPlainCharacters = (options?: ValidationOptions): PropertyDecorator =>
  ValidateBy(
    {
      name: 'hasPlainCharacters',
      validator: {
        validate: (value) => typeof value === 'string' && isPlainText(value, false),
        defaultMessage: buildMessage(() => '$property must not contain control or direction characters', options),
      },
    },
    options,
  );

/** Length limits in characters as a database counts them: an emoji is one. */
interface TextLimits {
  /** Default 1: the text must not be blank. */
  min?: number;
  max: number;
}

/** One line: a name or a description that goes to WeChat. Trimmed and normalized before it is checked. */
export const IsSingleLineText = (limits: TextLimits): PropertyDecorator => IsText(limits, false);

/** A text of several lines: line feeds and tabs are allowed. Trimmed and normalized before it is checked. */
export const IsMultilineText = (limits: TextLimits): PropertyDecorator => IsText(limits, true);

function IsText({ min = 1, max }: TextLimits, isMultiline: boolean): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? normalizeText(value) : value)),
    ValidateBy({
      name: 'isText',
      validator: {
        validate: (value) => typeof value === 'string' && findTextViolation(value, { min, max, isMultiline }) === null,
        defaultMessage: (args) =>
          `${args?.property ?? 'text'} ${findTextViolation(args?.value, { min, max, isMultiline }) ?? ''}`,
      },
    }),
  );
}

/** What is wrong with a text, to be appended to the field's name; null if it is valid. */
function findTextViolation(value: unknown, rule: { min: number; max: number; isMultiline: boolean }): string | null {
  const limits = rule.min === 0 ? `at most ${rule.max}` : `${rule.min} to ${rule.max}`;
  if (typeof value !== 'string') return `must be a text of ${limits} characters`;
  if (!isPlainText(value, rule.isMultiline)) {
    return `must not contain control characters${rule.isMultiline ? '' : ', line breaks'} or text direction marks`;
  }
  const length = [...value].length;
  return length >= rule.min && length <= rule.max ? null : `must be a text of ${limits} characters`;
}
