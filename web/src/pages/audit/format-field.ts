import { lookUp } from '../../utils/look-up.js';
import { formatYuan } from '../../utils/money.js';
import { fullTime } from '../../utils/time.js';
import type { Translations } from '../../i18n/zh.js';

/** Data that the text of a field needs besides its value. */
export interface FieldTextContext {
  t: Translations;
  /** Carrier names by WeChat's codes. */
  carriers: ReadonlyMap<string, string>;
  /** Names of accounts, products, coupons and API keys by ID. */
  names: ReadonlyMap<string, string>;
}

const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;
/** Fields whose ID is shown as the name of its record. */
const ID_FIELDS: ReadonlySet<string> = new Set(['responsibleId', 'createdById', 'couponId']);

/** One field of the audit log as text; empty for a missing value. A name that contains `Fen`, anywhere, is an amount. */
export function formatField(name: string, value: unknown, context: FieldTextContext): string {
  const { audit } = context.t;
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map((one) => formatField(name, one, context)).join(audit.separator);
  if (typeof value === 'boolean') return value ? audit.yes : audit.no;
  if (typeof value === 'number') return /Fen(?![a-z])/.test(name) ? formatYuan(value) : String(value);
  if (typeof value === 'object') return textOfObject(value, context);
  return typeof value === 'string' ? textOfString(name, value, context) : '';
}

/** A quantity of a product. For an unknown object, only its values. */
function textOfObject(value: object, context: FieldTextContext): string {
  const { productId, quantity, ...others } = Object.fromEntries(Object.entries<unknown>({ ...value }));
  if (typeof productId === 'string' && typeof quantity === 'number' && Object.keys(others).length === 0)
    return context.t.audit.pieces(context.names.get(productId) ?? productId, String(quantity));
  const texts = Object.entries<unknown>({ ...value }).map(([name, one]) => formatField(name, one, context));
  return texts.filter((text) => text !== '').join(context.t.audit.separator);
}

function textOfString(name: string, value: string, { t, carriers, names }: FieldTextContext): string {
  if (TIMESTAMP.test(value)) return fullTime(value);
  if (name === 'carrier') return carriers.get(value) ?? value;
  if (ID_FIELDS.has(name)) return names.get(value) ?? value;
  return lookUp(lookUp(tablesOf(t), name) ?? {}, value) ?? value;
}

/** Translations of enum values, by field name. */
function tablesOf({
  audit,
  orders,
  refunds,
  apiKeys,
  shipping,
  roles,
}: Translations): Record<string, Record<string, string>> {
  return {
    status: { ...audit.endpointStatuses, ...apiKeys.statuses, ...refunds.states, ...orders.statuses },
    kind: shipping.kinds,
    state: shipping.states,
    destination: audit.destinations,
    role: roles,
    scopes: apiKeys.scopeNames,
  };
}
