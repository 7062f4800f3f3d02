import { createHash } from 'node:crypto';
import iconv from 'iconv-lite';

/** v1, the 2014 app protocol. Implemented from the documents, independent of the simulator. */
export const MOBILE_APPID = 'wx7777777777777777';
export const MOBILE_SECRET = '7a6b5c4d3e2f10987f6e5d4c3b2a1908';
export const PARTNER = '1900000109';
export const PARTNER_KEY = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';
export const PAY_SIGN_KEY =
  'V1PaySignKeyDemoV1PaySignKeyDemoV1PaySignKeyDemoV1PaySignKeyDemo' +
  'V1PaySignKeyDemoV1PaySignKeyDemoV1PaySignKeyDemoV1PaySignKeyDemo';

export const MOBILE_MERCHANT = {
  mobile_appid: MOBILE_APPID,
  mobile_secret: MOBILE_SECRET,
  partner_key: PARTNER_KEY,
  pay_sign_key: PAY_SIGN_KEY,
};

export type V1Fields = Record<string, string>;

function sortedPairs(message: V1Fields): [name: string, value: string][] {
  return Object.entries(message).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** MD5 over the non-empty parameters in the bytes of the charset, and the PartnerKey. */
export function md5Of(message: V1Fields, charset: string): string {
  const pairs = sortedPairs(message).filter(([name, value]) => name !== 'sign' && value !== '');
  const text = [...pairs.map((pair) => pair.join('=')), `key=${PARTNER_KEY}`].join('&');
  return createHash('md5').update(iconv.encode(text, charset)).digest('hex').toUpperCase();
}

/** SHA1 over all values and the PaySignKey as `appkey`. */
export function sha1Of(message: V1Fields): string {
  const text = sortedPairs({ ...message, appkey: PAY_SIGN_KEY }).map((pair) => pair.join('='));
  return createHash('sha1').update(text.join('&')).digest('hex');
}

/** Encodes every byte except letters, digits, `.`, `_` and `-` as `%xx`. */
function percentEncode(value: string, charset: string): string {
  return [...iconv.encode(value, charset)]
    .map((byte) =>
      /[A-Za-z0-9._-]/.test(String.fromCharCode(byte))
        ? String.fromCharCode(byte)
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .join('');
}

/** The parameters and their signature. A given `sign` is used unchanged. */
export function packageOf(parameters: V1Fields, charset = parameters['input_charset'] ?? 'UTF-8'): string {
  const { sign = md5Of(parameters, charset), ...rest } = parameters;
  const pairs = sortedPairs(rest).filter(([, value]) => value !== '');
  return [...pairs.map(([name, value]) => `${name}=${percentEncode(value, charset)}`), `sign=${sign}`].join('&');
}

/** The fields in the query string of a notice, decoded with the charset that it names. */
export function readNoticeQuery(url: string): V1Fields {
  const query = url.slice(url.indexOf('?') + 1);
  const charset = /(?:^|&)input_charset=([^&]*)/.exec(query)?.[1] ?? 'GBK';
  return Object.fromEntries(
    query.split('&').map((pair) => {
      const [name = '', value = ''] = pair.split('=');
      const binary = value.replace(/%(..)/g, (_whole, hex: string) => String.fromCharCode(parseInt(hex, 16)));
      return [name, iconv.decode(Buffer.from(binary, 'latin1'), charset)];
    }),
  );
}
