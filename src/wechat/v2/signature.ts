import { createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto';

export type SignType = 'MD5' | 'HMAC-SHA256';

/** The fields of one message. Every value is the element's text, never converted or trimmed. */
export type Fields = Readonly<Record<string, string>>;

/**
 * WeChat Pay v2's signature. The non-empty fields except `sign` are sorted by name and joined as `name=value` with `&`. Then
 * follow `&key=` and the merchant's key. The result is upper-case hex of MD5, or of HMAC-SHA256 with the same key.
 */
export function sign(fields: Fields, key: string, type: SignType): string {
  const text = `${canonical(fields)}&key=${key}`;
  const digest = type === 'MD5' ? hash('md5', text) : createHmac('sha256', key).update(text, 'utf8').digest('hex');
  return digest.toUpperCase();
}

/**
 * True when `sign` is present and correct. Its length shows the algorithm, because answers and notices carry no reliable
 * `sign_type`. Compares in constant time.
 */
export function isSigned(fields: Fields, key: string): boolean {
  const given = fields['sign'] ?? '';
  const type = given.length === 32 ? 'MD5' : given.length === 64 ? 'HMAC-SHA256' : null;
  if (type === null || !/^[0-9A-Fa-f]+$/.test(given)) return false;
  return timingSafeEqual(Buffer.from(given.toUpperCase(), 'latin1'), Buffer.from(sign(fields, key, type), 'latin1'));
}

/** 32 characters for `nonce_str` and `nonceStr`. */
export function newNonce(): string {
  return randomBytes(16).toString('hex');
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
