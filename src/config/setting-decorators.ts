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

/** A whole number between the bounds. The environment has only text, and `Number('')` would be 0: digits alone count. */
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

/** `true` or `false`, nothing cleverer. */
export function Flag(): SettingDecorator {
  return combine(
    Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value)),
    IsBoolean({ message: '$property must be true or false' }),
  );
}

/** Comma-separated whole numbers, each at least 1: the gaps of a back-off in seconds. */
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

/** A rule in one line. Only the variable's name reaches the message, never its value: it may be a secret. */
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

/** Checks the property only when it was given. */
export const OptionalSetting = (): PropertyDecorator => ValidateIf((_object, value) => value !== undefined);

/** An absolute http(s) address without query, fragment or trailing slash: what paths are appended to. */
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

/** A name that payers read, in one line: 1 to 40 characters that are not all blank. */
export function isShortName(value: unknown): boolean {
  return typeof value === 'string' && value.length <= 40 && value.trim() !== '' && isPlainText(value, false);
}
