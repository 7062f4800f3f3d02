import { isIP } from 'node:net';
import { validateNotifyUrl } from '../pay/validate-notify-url.js';
import { validateTimes } from '../pay/validate-unified-order.js';
import { BehaviourSettings } from '../state/behaviour-settings.js';
import { encodeText } from '../wire/charset.js';
import { Fields, fieldValue } from '../wire/fields.js';
import { V1Package } from './read-package.js';

const REQUIRED = [
  ...['bank_type', 'body', 'partner', 'out_trade_no', 'total_fee', 'fee_type', 'notify_url', 'spbill_create_ip'],
  'input_charset',
];

/** Maximum length of a value, in bytes of the package's charset. Source: v2.md §11.2. */
const MAX_BYTES: Readonly<Record<string, number>> = { body: 128, attach: 128, notify_url: 255 };

const FEN = /^(0|[1-9][0-9]{0,9})$/;

const PATTERNS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['bank_type', /^WX$/],
  ['fee_type', /^1$/],
  ['out_trade_no', /^[0-9A-Za-z_\-|*]{1,32}$/],
  ['total_fee', /^[1-9][0-9]{0,9}$/],
  ['transport_fee', FEN],
  ['product_fee', FEN],
];

/** The name of the first invalid parameter of a package; undefined when all are valid. */
export function findInvalidParameter(
  { fields, charset }: V1Package,
  partner: string,
  { localNotifyUrl }: Readonly<BehaviourSettings>,
): string | undefined {
  const value = (name: string): string => fields.get(name) ?? '';
  if (value('partner') !== '' && value('partner') !== partner) return 'partner';
  return (
    REQUIRED.find((name) => value(name) === '') ??
    Object.keys(MAX_BYTES).find((name) => encodeText(value(name), charset).length > (MAX_BYTES[name] ?? Infinity)) ??
    PATTERNS.find(([name, pattern]) => value(name) !== '' && !pattern.test(value(name)))?.[0] ??
    (isSumRight(fields) ? undefined : 'product_fee') ??
    (validateNotifyUrl(value('notify_url'), localNotifyUrl) === undefined ? undefined : 'notify_url') ??
    (isIP(value('spbill_create_ip')) === 0 ? 'spbill_create_ip' : undefined) ??
    (validateTimes(fields) === undefined ? undefined : 'time_expire')
  );
}

/** True when transport_fee and product_fee add up to total_fee, or one of them is absent. */
function isSumRight(fields: Fields): boolean {
  const transport = fieldValue(fields, 'transport_fee');
  const product = fieldValue(fields, 'product_fee');
  if (transport === undefined || product === undefined) return true;
  return Number(transport) + Number(product) === Number(fields.get('total_fee'));
}
