import { accessSync, constants, readFileSync, statSync } from 'node:fs';
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

export const isText = (value: unknown): value is string => typeof value === 'string';

/** A check that a value is a text that matches the pattern. */
export const matches =
  (pattern: RegExp) =>
  (value: unknown): boolean =>
    isText(value) && pattern.test(value);

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
export function BooleanSetting(): SettingDecorator {
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
        value.every((delay) => Number.isInteger(delay) && delay >= 1 && delay <= 31_536_000),
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

type PemLabel = 'CERTIFICATE' | 'PRIVATE KEY' | 'PUBLIC KEY';

/** True for a readable file that is not empty. A wrong path stops the start instead of the first refund. */
export function isFile(value: unknown): boolean {
  return readFileOrNull(value) !== null;
}

/** True for an existing directory in which this process may create files. */
export function isWritableDirectory(value: unknown): boolean {
  try {
    accessSync(String(value), constants.W_OK | constants.X_OK);
    return statSync(String(value)).isDirectory();
  } catch {
    return false;
  }
}

/** True for a readable file with a PEM block of this kind. Its content is checked when it is loaded. */
export function isFileOf(label: PemLabel): (value: unknown) => boolean {
  return (value) => containsPem(readFileOrNull(value)?.toString('utf8'), label);
}

/** True for base64. Line breaks are allowed, because the command `base64` adds them. */
export function isBase64(value: unknown): boolean {
  return typeof value === 'string' && /^[A-Za-z0-9+/\s]*[A-Za-z0-9+/]\s*(=\s*){0,2}$/.test(value);
}

/** True for base64 of a text with a PEM block of this kind. */
export function isBase64Of(label: PemLabel): (value: unknown) => boolean {
  return (value) => isBase64(value) && containsPem(Buffer.from(String(value), 'base64').toString('utf8'), label);
}

/** An encrypted key has another label. Older tools write RSA or EC before the label. */
function containsPem(text: string | undefined, label: PemLabel): boolean {
  const kind = label === 'PRIVATE KEY' ? '(?:RSA |EC )?' : '';
  return text !== undefined && new RegExp(`-----BEGIN ${kind}${label}-----`).test(text) && !text.includes('ENCRYPTED');
}

function readFileOrNull(value: unknown): Buffer | null {
  try {
    const content = typeof value === 'string' ? readFileSync(value) : null;
    return content === null || content.length === 0 ? null : content;
  } catch {
    return null;
  }
}
