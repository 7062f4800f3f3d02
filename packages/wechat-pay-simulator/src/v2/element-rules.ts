import { isPrivateAddress } from '../notices/notice.js';
import { BehaviourSettings } from '../state/behaviour-settings.js';
import { Fields } from './wire/fields.js';

/** The rules for the elements of a call. The messages are WeChat's. */
export interface ElementRules {
  readonly maxLengths: Readonly<Record<string, number>>;
  readonly patterns: readonly (readonly [name: string, pattern: RegExp, message: string])[];
}

/** The message for the first element that is too long or malformed. Empty elements count as absent. */
export function validateElements(
  fields: Fields,
  { maxLengths, patterns }: ElementRules,
  unit: BehaviourSettings['textLimit'],
): string | undefined {
  for (const [name, value] of fields) {
    const length = unit === 'bytes' ? Buffer.byteLength(value) : Array.from(value).length;
    if (length > (maxLengths[name] ?? Infinity)) return `${name}参数长度有误`;
  }
  return patterns.find(([name, pattern]) => {
    const value = fields.get(name) ?? '';
    return value !== '' && !pattern.test(value);
  })?.[2];
}

/** Accepts a complete http(s) URL without a query string. */
export function validateNotifyUrl(text: string, localUrls: BehaviourSettings['localNotifyUrl']): string | undefined {
  if (!/^https?:\/\//.test(text) || /[?#\s]/.test(text) || !URL.canParse(text)) return 'invalid notify_url';
  return isPrivateAddress(text) && localUrls === 'refuse' ? 'invalid notify_url' : undefined;
}
