import { createHmac, hash } from 'node:crypto';
import { isEqualInConstantTime } from '../../../common/constant-time.js';

export type SignType = 'MD5' | 'HMAC-SHA256';

/** The fields of one message. Every value is the element's text, never converted or trimmed. */
export type Fields = Readonly<Record<string, string>>;

/**
 * WeChat Pay v2's signature. The non-empty fields except `sign` are sorted by name and joined as `name=value` with `&`.
 * Then follow `&key=` and the merchant's key. The result is upper-case hex of MD5, or of HMAC-SHA256 with the same key.
 */
export function sign(fields: Fields, key: string, type: SignType): string {
  const text = `${canonical(fields)}&key=${key}`;
  const digest = type === 'MD5' ? hash('md5', text) : createHmac('sha256', key).update(text, 'utf8').digest('hex');
  return digest.toUpperCase();
}

/**
 * True when `sign` is present and correct. Its length shows the algorithm, because responses and notices carry no
 * reliable `sign_type`. Compares in constant time.
 */
export function isSigned(fields: Fields, key: string): boolean {
  const signature = fields['sign'] ?? '';
  const type = signature.length === 32 ? 'MD5' : signature.length === 64 ? 'HMAC-SHA256' : null;
  if (type === null || !/^[0-9A-Fa-f]+$/.test(signature)) return false;
  return isEqualInConstantTime(signature.toUpperCase(), sign(fields, key, type));
}

function canonical(fields: Fields): string {
  let text = '';
  // Sorts by UTF-16 unit, which is byte order for the ASCII names that WeChat uses.
  for (const name of Object.keys(fields).sort()) {
    const value = fields[name];
    if (value === undefined || value === '' || name === 'sign') continue;
    text += text === '' ? `${name}=${value}` : `&${name}=${value}`;
  }
  return text;
}
