const SCHEME = 'WECHATPAY2-SHA256-RSA2048';
const ATTRIBUTE = /^(mchid|nonce_str|signature|timestamp|serial_no)="([^"]*)"$/;
const ATTRIBUTE_COUNT = 5;

/** The values of a request's Authorization header. */
export interface Authorization {
  readonly mchid: string;
  readonly nonce: string;
  readonly signature: string;
  readonly timestamp: string;
  readonly serial: string;
}

/**
 * Reads `WECHATPAY2-SHA256-RSA2048 mchid="…",nonce_str="…",signature="…",timestamp="…",serial_no="…"`: the five
 * attributes in any order, with double quotes and without spaces. Returns `scheme` for another scheme and `format` for
 * anything else that cannot be read. Source: WeChat Pay v3, request signature.
 */
export function parseAuthorization(header: string | undefined): Authorization | 'scheme' | 'format' {
  const [scheme = '', attributes, ...rest] = (header ?? '').split(' ');
  if (attributes === undefined || rest.length > 0) return 'format';
  if (scheme !== SCHEME) return 'scheme';
  const values = new Map<string, string>();
  for (const part of attributes.split(',')) {
    const [, name, value] = ATTRIBUTE.exec(part) ?? [];
    if (name === undefined || value === undefined || value === '' || values.has(name)) return 'format';
    values.set(name, value);
  }
  if (values.size !== ATTRIBUTE_COUNT || !/^\d{1,12}$/.test(values.get('timestamp') ?? '')) return 'format';
  const of = (name: string): string => values.get(name) ?? '';
  return {
    mchid: of('mchid'),
    nonce: of('nonce_str'),
    signature: of('signature'),
    timestamp: of('timestamp'),
    serial: of('serial_no'),
  };
}
