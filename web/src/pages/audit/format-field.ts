import { formatYuan } from '../../utils/money.js';
import { fullTime } from '../../utils/time.js';
import type { Translations } from '../../i18n/zh.js';

/** What the text of a field needs besides its value. */
export interface FieldTextContext {
  words: Translations;
  /** Names of carriers by WeChat's codes. */
  carriers: ReadonlyMap<string, string>;
  /** Names of accounts, products, coupons and keys by their ids. */
  names: ReadonlyMap<string, string>;
}

const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;
/** Fields that hold an id of which a person knows the name. */
const ID_FIELDS: ReadonlySet<string> = new Set(['responsibleId', 'createdById', 'couponId']);

/** One field of the audit log as text; nothing for what is not there. Amounts have `Fen` in their names, not only at the end. */
export function formatField(name: string, value: unknown, reader: FieldTextContext): string {
  const { audit } = reader.words;
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map((one) => formatField(name, one, reader)).join(audit.separator);
  if (typeof value === 'boolean') return value ? audit.yes : audit.no;
  if (typeof value === 'number') return /Fen(?![a-z])/.test(name) ? formatYuan(value) : String(value);
  if (typeof value === 'object') return textOfObject(value, reader);
  return typeof value === 'string' ? textOfString(name, value, reader) : '';
}

/** Pieces of a product; the values alone of an object that this page does not know. */
function textOfObject(value: object, reader: FieldTextContext): string {
  const { productId, quantity, ...others } = Object.fromEntries(Object.entries<unknown>({ ...value }));
  if (typeof productId === 'string' && typeof quantity === 'number' && Object.keys(others).length === 0)
    return reader.words.audit.pieces(reader.names.get(productId) ?? productId, String(quantity));
  const texts = Object.entries<unknown>({ ...value }).map(([name, one]) => formatField(name, one, reader));
  return texts.filter((text) => text !== '').join(reader.words.audit.separator);
}

function textOfString(name: string, value: string, { words, carriers, names }: FieldTextContext): string {
  if (TIMESTAMP.test(value)) return fullTime(value);
  if (name === 'carrier') return carriers.get(value) ?? value;
  if (ID_FIELDS.has(name)) return names.get(value) ?? value;
  return lookUp(lookUp(tablesOf(words), name) ?? {}, value) ?? value;
}

/** The words for the values of fields that are one word of a few. */
function tablesOf({ orders, refunds, apiKeys, shipping, roles }: Translations): Record<string, Record<string, string>> {
  return {
    status: { ...apiKeys.statuses, ...refunds.states, ...orders.statuses },
    ...{ kind: shipping.kinds, state: shipping.states, role: roles, scopes: apiKeys.scopeNames },
  };
}

/** Not what every object inherits: an old line may have a field such as `constructor`. */
export function lookUp<V>(table: Readonly<Record<string, V>>, name: string): V | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
