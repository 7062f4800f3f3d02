import { buildMessage, isISO8601, ValidateBy } from 'class-validator';

const INSTANT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d))?$/;

/** An RFC 3339 instant with its zone, or a day, which begins at midnight UTC: nothing that a machine's own zone would change. */
export const IsInstant = (): PropertyDecorator =>
  ValidateBy({
    name: 'isInstant',
    validator: {
      validate: (value) =>
        typeof value === 'string' &&
        INSTANT.test(value) &&
        isISO8601(value, { strict: true }) &&
        !Number.isNaN(Date.parse(value)),
      defaultMessage: buildMessage(() => '$property must be an instant such as 2026-11-21T03:04:05.678Z'),
    },
  });

/** At most so many characters as a database counts them. The library's MaxLength does not count an emoji's variation selector. */
export const MaxCharacters = (max: number): PropertyDecorator =>
  ValidateBy({
    name: 'maxCharacters',
    validator: {
      validate: (value) => typeof value === 'string' && [...value].length <= max,
      defaultMessage: buildMessage(() => `$property must be a text of at most ${max} characters`),
    },
  });

/** Refused together with the other field: the two say different things. */
export const IsAloneFrom = (other: string): PropertyDecorator =>
  ValidateBy({
    name: 'isAloneFrom',
    validator: {
      validate: (_value, args) => {
        const body = args?.object as Record<string, unknown> | undefined;
        return body?.[other] === undefined || body[other] === null;
      },
      defaultMessage: buildMessage(() => `$property and ${other} must not be given together`),
    },
  });
