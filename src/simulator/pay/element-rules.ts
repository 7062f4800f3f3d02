import { BehaviourSettings } from '../state/behaviour-settings.js';
import { Fields } from '../wire/fields.js';

/** What each element of a call may look like; the complaint is WeChat's. */
export interface ElementRules {
  readonly maxLengths: Readonly<Record<string, number>>;
  readonly patterns: readonly (readonly [name: string, pattern: RegExp, complaint: string])[];
}

/** The first element that is too long or of the wrong form; empty ones count as absent. */
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
