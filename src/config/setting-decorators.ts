import { Transform } from 'class-transformer';
import { IsBoolean, IsInt, Max, Min, registerDecorator, ValidateIf } from 'class-validator';
import { isPlainText } from '../common/text.js';

/** A decorator for a property of `Settings`. */
type SettingDecorator = (target: object, property: string) => void;

const combine =
  (...decorators: PropertyDecorator[]): SettingDecorator =>
  (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };

/** A whole number between the bounds. Only digits are accepted, because `Number('')` would be 0. */
export function WholeNumber(min: number, max: number): SettingDecorator {
  const message = `$property must be a whole number from ${min} to ${max}`;
  return combine(
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value,
    ),
    IsInt({ message }),
    Min(min, { message }),
    Max(max, { message }),
  );
}

/** `true` or `false`. */
export function Flag(): SettingDecorator {
  return combine(
    Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value)),
    IsBoolean({ message: '$property must be true or false' }),
  );
}

/** Comma-separated whole numbers, each at least 1: the intervals of a back-off in seconds. */
export function SecondsList(): SettingDecorator {
  return combine(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',').map(Number) : value)),
    Satisfies(
      (value) =>
        Array.isArray(value) &&
        value.length > 0 &&
        value.every((gap) => Number.isInteger(gap) && gap >= 1 && gap <= 31_536_000),
      'must be whole seconds separated by commas, such as 10,20,30',
    ),
  );
}

/** A custom rule. The message contains the variable's name but never its value, which may be a secret. */
export function Satisfies(rule: (value: unknown) => boolean, mustBe: string): PropertyDecorator {
  return (target, property) => {
    registerDecorator({
      name: 'is',
      target: target.constructor,
      propertyName: String(property),
      options: { message: `$property ${mustBe}` },
      validator: { validate: rule },
    });
  };
}

/** Validates the property only if the variable is set. */
export const OptionalSetting = (): PropertyDecorator => ValidateIf((_object, value) => value !== undefined);

/** True for an absolute http(s) URL without query, fragment or trailing slash, to which paths are appended. */
export function isBaseUrl(value: unknown): boolean {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  const url = new URL(value);
  return (
    /^https?:$/.test(url.protocol) &&
    url.search === '' &&
    url.hash === '' &&
    !value.endsWith('/') &&
    url.username === ''
  );
}

/** True for one line of 1 to 40 characters that are not all blank. */
export function isShortName(value: unknown): boolean {
  return typeof value === 'string' && value.length <= 40 && value.trim() !== '' && isPlainText(value, false);
}
