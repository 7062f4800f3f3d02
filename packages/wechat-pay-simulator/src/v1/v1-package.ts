import { isIP } from 'node:net';
import { Charset, parseCharset, decodeText, readQuery, encodeText } from './query-string.js';
import { Fields, fieldValue } from '../v2/wire/fields.js';
import { partnerSignOf } from './v1-signer.js';
import { validateNotifyUrl } from '../v2/element-rules.js';
import { validateTimes } from '../v2/orders/validate-unified-order.js';
import { BehaviourSettings } from '../state/behaviour-settings.js';
import { Transaction } from '../book/wechat-order.js';

/** The content of a package, and whether the merchant signed it. */
export interface V1Package {
  /** Decoded fields without `sign`. */
  readonly fields: Fields;
  readonly charset: Charset;
  readonly isSigned: boolean;
}

/** For a package without input_charset, such as that of a query, whose values are ASCII. */
const DEFAULT_CHARSET = 'GBK';

/**
 * Reads `a=1&b=%20&sign=…`. The MD5 covers the bytes as received, so encoding in one charset and signing in another is
 * detected. Undefined for an invalid package or text that is not valid in its input_charset.
 * Source: docs/wechat-protocol.md, v1 §2.
 */
export function readPackage(text: string, partnerKey: string): V1Package | undefined {
  const raw = readQuery(text);
  const charset = parseCharset(raw?.get('input_charset')?.toString('latin1') ?? DEFAULT_CHARSET);
  if (raw === undefined || charset === undefined) return undefined;
  const fields = new Map<string, string>();
  for (const [name, bytes] of raw) {
    const value = decodeText(bytes, charset);
    if (value === undefined) return undefined;
    if (name !== 'sign') fields.set(name, value);
  }
  const isSigned = raw.get('sign')?.toString('latin1') === partnerSignOf(raw, partnerKey);
  return { fields, charset, isSigned };
}

const REQUIRED = [
  ...['bank_type', 'body', 'partner', 'out_trade_no', 'total_fee', 'fee_type', 'notify_url', 'spbill_create_ip'],
  'input_charset',
];

/** Maximum length of a value, in bytes of the package's charset. Source: docs/wechat-protocol.md, v1 §3. */
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

/** In v1 the paid amount and the discount add up to the price. Source: docs/wechat-protocol.md, v1 §5. */
export function v1Amounts({ totalFen, cashFen }: Transaction): { paidFen: number; discountFen: number } {
  return { paidFen: cashFen, discountFen: totalFen - cashFen };
}
