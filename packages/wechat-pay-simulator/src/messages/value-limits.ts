/** A date or a date with a time, in either notation. */
const DATE = /^\d{4}(?:-\d{1,2}-\d{1,2}|年\d{1,2}月\d{1,2}日)(?: \d{1,2}:\d{2}(?::\d{2})?)?$/;
const TIME = /^\d{1,2}:\d{2}(?::\d{2})?$/;

/** The valid values of each kind of key. Source: the parameter table of subscribeMessage.send. */
const RULES: Readonly<Record<string, (value: string) => boolean>> = {
  thing: (value) => [...value].length <= 20,
  number: (value) => /^\d+(?:\.\d+)?$/.test(value) && value.length <= 32,
  letter: (value) => /^[A-Za-z]{1,32}$/.test(value),
  symbol: (value) => /^[\p{P}\p{S}]{1,5}$/u.test(value),
  character_string: (value) => /^[\x20-\x7e]{1,32}$/.test(value),
  time: (value) => TIME.test(value) || DATE.test(value),
  date: (value) => DATE.test(value),
  amount: (value) => /^[￥¥$€£]?\d{1,10}(?:\.\d+)?元?$/u.test(value) && value.replace(/\D/g, '').length <= 10,
  phone_number: (value) => /^[-+\d() ]{1,17}$/.test(value),
  car_number: (value) => [...value].length <= 8,
  name: (value) => /^\p{Script=Han}{1,10}$/u.test(value) || /^[A-Za-z ]{1,20}$/.test(value),
  phrase: (value) => /^\p{Script=Han}{1,5}$/u.test(value),
};

export const VALUE_KINDS = Object.keys(RULES);

/** `thing4` is of the kind `thing`. Undefined for an invalid key. */
function valueKindOf(key: string): string | undefined {
  const kind = /^([a-z_]+?)\d+$/.exec(key)?.[1];
  return kind !== undefined && kind in RULES ? kind : undefined;
}

/** True when WeChat accepts this value for this key. An empty value is never accepted. */
export function isWithinLimits(key: string, value: unknown): boolean {
  const kind = valueKindOf(key);
  if (kind === undefined || typeof value !== 'string' || value.trim() === '') return false;
  return RULES[kind]?.(value) === true;
}
