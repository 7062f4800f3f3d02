import { generateKeyPairSync } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { readSettings } from '../read-settings.js';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const tlsFile = (kind: 'key' | 'crt'): string =>
  fileURLToPath(new URL(`../../../test/vectors/tls/self-signed.${kind}`, import.meta.url));
const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

const V2 = { WECHAT_API_KEY: 'Kk0Kk1Kk2Kk3Kk4Kk5Kk6Kk7Kk8Kk9Kk' };
const LIVE = {
  WECHAT_MODE: 'live',
  WECHAT_APP_ID: 'wx1234567890abcdef',
  WECHAT_APP_SECRET: '0123456789abcdef0123456789abcdef',
  WECHAT_MCH_ID: '1230000109',
};
const KEY = { WECHAT_MCH_KEY_FILE: tlsFile('key') };
const CERT = { WECHAT_MCH_CERT_FILE: tlsFile('crt') };
const PUBLIC_KEY = { WECHAT_PAY_PUBLIC_KEY_BASE64: base64(String(publicKey.export({ type: 'spki', format: 'pem' }))) };
const PUBLIC_KEY_ID = { WECHAT_PAY_PUBLIC_KEY_ID: 'PUB_KEY_ID_0112300001092026080100000000000001' };
const V3_KEY = { WECHAT_API_V3_KEY: 'TestOnly0APIv3Key0DoNotUse012345' };
const V3 = { ...LIVE, ...V3_KEY, ...KEY, ...CERT, ...PUBLIC_KEY, ...PUBLIC_KEY_ID };

function errorsFor(environment: Record<string, string>): string[] {
  try {
    readSettings(environment);
    return [];
  } catch (error) {
    return error instanceof Error ? error.message.split('\n  ').slice(1) : [];
  }
}

describe('settings: API v3', () => {
  it.each<[string, Record<string, string>, string, string]>([
    ['v2 alone', { ...LIVE, ...V2 }, 'v2', 'download'],
    ['v3 alone', V3, 'v3', 'off'],
    ['both', { ...V3, ...V2 }, 'v3', 'off'],
    ['both, before the switch', { ...V3, ...V2, WECHAT_PAY_PROTOCOL: 'v2' }, 'v2', 'off'],
    ['certificates', { ...LIVE, ...V3_KEY, ...KEY, ...CERT }, 'v3', 'download'],
    ['both kinds of WeChat’s keys', { ...V3, WECHAT_PAY_PLATFORM_CERTS: 'download' }, 'v3', 'download'],
    [
      'a key with the serial number',
      { ...V3, WECHAT_MCH_CERT_FILE: '', WECHAT_MCH_CERT_SERIAL: 'AB12CD34' },
      'v3',
      'off',
    ],
    ['the simulator', {}, 'v3', 'download'],
    ['a simulator elsewhere, whose keys are unknown', { WECHAT_PAY_BASE_URL: 'http://127.0.0.1:1' }, 'v2', 'download'],
    [
      'a simulator elsewhere, with its public key',
      { WECHAT_MODE: 'simulator', WECHAT_PAY_BASE_URL: 'http://127.0.0.1:1', ...PUBLIC_KEY, ...PUBLIC_KEY_ID },
      'v3',
      'off',
    ],
  ])(
    '%s: the protocol of new payments and the certificates have their defaults',
    (_name, environment, protocol, certs) => {
      expect(errorsFor(environment)).toEqual([]);
      expect(readSettings(environment).v3).toMatchObject({
        WECHAT_PAY_PROTOCOL: protocol,
        WECHAT_PAY_PLATFORM_CERTS: certs,
      });
    },
  );

  it.each<[string, Record<string, string>, string]>([
    ['an id without its public key', { ...V3, WECHAT_PAY_PUBLIC_KEY_BASE64: '' }, 'WECHAT_PAY_PUBLIC_KEY_FILE'],
    ['a public key without its id', { ...V3, WECHAT_PAY_PUBLIC_KEY_ID: '' }, 'WECHAT_PAY_PUBLIC_KEY_ID'],
    ['no merchant key', { ...V3, WECHAT_MCH_KEY_FILE: '', WECHAT_MCH_CERT_FILE: '' }, 'WECHAT_MCH_KEY_FILE'],
    ['a key without certificate or serial number', { ...V3, WECHAT_MCH_CERT_FILE: '' }, 'WECHAT_MCH_CERT_FILE'],
    [
      'nothing to verify with',
      { ...LIVE, ...V3_KEY, ...KEY, ...CERT, WECHAT_PAY_PLATFORM_CERTS: 'off' },
      'WECHAT_PAY_PUBLIC_KEY_FILE',
    ],
    ['v3 chosen without its key', { ...LIVE, ...V2, WECHAT_PAY_PROTOCOL: 'v3' }, 'WECHAT_API_V3_KEY'],
    ['v2 chosen without its key', { ...V3, WECHAT_PAY_PROTOCOL: 'v2' }, 'WECHAT_API_KEY'],
    ['no protocol', LIVE, 'WECHAT_API_V3_KEY'],
  ])('the start fails with %s', (_name, environment, blamed) => {
    const errorLines = errorsFor(environment);
    expect(errorLines).toEqual([expect.stringContaining(blamed)]);
    for (const value of Object.values(PUBLIC_KEY)) expect(errorLines[0]).not.toContain(value);
  });

  it.each<[string, string[]]>([
    ['WECHAT_PAY_PROTOCOL', ['v1', 'V3', '3']],
    ['WECHAT_API_V3_KEY', ['short', 'x'.repeat(31), 'x'.repeat(33), `${'x'.repeat(31)} `, `${'x'.repeat(31)}é`]],
    ['WECHAT_PAY_PUBLIC_KEY_FILE', ['/nowhere/pub_key.pem', tlsFile('crt'), tlsFile('key')]],
    ['WECHAT_PAY_PUBLIC_KEY_BASE64', ['no base64 at all!', base64('-----BEGIN CERTIFICATE-----')]],
    ['WECHAT_PAY_PUBLIC_KEY_ID', ['0112300001', 'PUB_KEY_ID_', 'PUB_KEY_ID_ 1', 'pub_key_id_1']],
    ['WECHAT_PAY_PLATFORM_CERTS', ['on', 'true', 'DOWNLOAD']],
    ['WECHAT_MCH_CERT_SERIAL', ['short', 'no hex digits', '7A1C0FFE-E2B9']],
  ])('an invalid value of %s stops the start', (name, values) => {
    for (const value of values) {
      const errorLines = errorsFor({ ...V3, [name]: value });
      expect([value, errorLines]).toEqual([value, [expect.stringMatching(new RegExp(`^${name} must be`))]]);
    }
  });
});
