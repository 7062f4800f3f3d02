import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { parseDatabaseUrl } from './database-url.js';
import { SIMULATED_MERCHANT } from './simulated/simulated-environment.js';
import { readSettings, settingsGroups } from './read-settings.js';
import { extraAppIdsOf } from './wechat/wechat-settings.js';
import type { Settings } from './settings.js';

const LIVE_ENVIRONMENT = {
  WECHAT_MODE: 'live',
  WECHAT_APP_ID: 'wx1234567890abcdef',
  WECHAT_APP_SECRET: '0123456789abcdef0123456789abcdef',
  WECHAT_MCH_ID: '1230000109',
  WECHAT_API_KEY: 'Kk0Kk1Kk2Kk3Kk4Kk5Kk6Kk7Kk8Kk9Kk',
};

/** All variables of all groups. */
function variablesIn(settings: Settings): Record<string, unknown> {
  return Object.assign({}, settings, ...settingsGroups(settings)) as Record<string, unknown>;
}

/** The error lines, or an empty list if the service would start. */
function errorsFor(environment: Record<string, string>): string[] {
  try {
    readSettings(environment);
    return [];
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const [title, ...lines] = error.message.split('\n  ');
    expect(title).toBe('Cannot start:');
    return lines;
  }
}

describe('settings: without any variable', () => {
  it('have the documented defaults and use the simulator', () => {
    expect(variablesIn(readSettings({}))).toMatchObject({
      NODE_ENV: 'development',
      HOST: '127.0.0.1',
      PORT: 3000,
      PUBLIC_BASE_URL: 'http://127.0.0.1:3000',
      DATABASE_URL: 'sqlite:./data/dev.sqlite',
      SESSION_TTL_SECONDS: 7200,
      WECHAT_MODE: 'simulator',
      SIMULATOR_PORT: 3001,
      WECHAT_SIGN_TYPE: 'MD5',
      WECHAT_API_BASE_URL: 'http://127.0.0.1:3001',
      WECHAT_PAY_BASE_URL: 'http://127.0.0.1:3001',
      WECHAT_PAY_CERT_BASE_URL: 'http://127.0.0.1:3001',
      ORDER_TTL_SECONDS: 1200,
      RECONCILE_INTERVAL_SECONDS: 5,
      QUERY_BACKOFF_SECONDS: [10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600],
      REFUND_QUERY_BACKOFF_SECONDS: [30, 60, 300, 600, 1800, 3600, 21_600, 86_400],
      LATE_PAYMENT_POLICY: 'refund',
      SEED_DEMO_DATA: true,
    });
    expect(readSettings({}).SESSION_STORE_URL).toBeUndefined();
    expect(readSettings({}).wechat.WECHAT_PAY_BACKUP_BASE_URL).toBeUndefined();
  });

  it('are frozen', () => {
    const settings = readSettings({});
    for (const group of [settings, ...settingsGroups(settings)]) expect(Object.isFrozen(group)).toBe(true);
  });

  it('accept further apps of the merchant, but not the shop’s own one among them', () => {
    const read = (list: string): readonly string[] =>
      extraAppIdsOf(readSettings({ ...LIVE_ENVIRONMENT, WECHAT_EXTRA_APP_IDS: list }).wechat);
    expect(read('')).toEqual([]);
    expect(read('wx6666666666666666, wx5555555555555555')).toEqual(['wx6666666666666666', 'wx5555555555555555']);
    expect(() => read(`wx6666666666666666,${LIVE_ENVIRONMENT.WECHAT_APP_ID}`)).toThrow(
      'WECHAT_EXTRA_APP_IDS must not contain WECHAT_APP_ID',
    );
  });

  it('treat an empty variable as absent', () => {
    expect(readSettings({ PORT: '', DATABASE_URL: '', WECHAT_API_KEY: '' }).PORT).toBe(3000);
  });

  it.each([
    [{ HOST: '0.0.0.0', PORT: '8080' }, 'http://0.0.0.0:8080'],
    [{ HOST: '::1', PORT: '8080' }, 'http://[::1]:8080'],
    [{ PUBLIC_BASE_URL: 'https://shop.example.com' }, 'https://shop.example.com'],
  ])('PUBLIC_BASE_URL is the listen address unless it is set: %j', (environment: Record<string, string>, address) => {
    expect(readSettings({ ...environment, WECHAT_MODE: 'simulator' }).PUBLIC_BASE_URL).toBe(address);
  });

  it('the simulator URLs use SIMULATOR_PORT', () => {
    expect(readSettings({ SIMULATOR_PORT: '4001' }).wechat).toMatchObject({
      WECHAT_API_BASE_URL: 'http://127.0.0.1:4001',
      WECHAT_PAY_BASE_URL: 'http://127.0.0.1:4001',
    });
  });
});

describe('settings: live mode', () => {
  it('uses WeChat’s addresses and the backup address', () => {
    expect(variablesIn(readSettings(LIVE_ENVIRONMENT))).toMatchObject({
      ...LIVE_ENVIRONMENT,
      WECHAT_API_BASE_URL: 'https://api.weixin.qq.com',
      WECHAT_PAY_BASE_URL: 'https://api.mch.weixin.qq.com',
      WECHAT_PAY_CERT_BASE_URL: 'https://api.mch.weixin.qq.com',
      WECHAT_PAY_BACKUP_BASE_URL: 'https://api2.mch.weixin.qq.com',
    });
  });

  it('has no backup address if WECHAT_PAY_BASE_URL is not the one of WeChat', () => {
    const elsewhere = readSettings({ ...LIVE_ENVIRONMENT, WECHAT_PAY_BASE_URL: 'http://127.0.0.1:9' });
    expect(elsewhere.wechat.WECHAT_PAY_BACKUP_BASE_URL).toBeUndefined();
  });

  it("reports all missing variables at once and does not use the simulator's merchant", () => {
    const errorLines = errorsFor({ WECHAT_MODE: 'live' }).join('\n');
    for (const variable of ['WECHAT_APP_ID', 'WECHAT_APP_SECRET', 'WECHAT_MCH_ID', 'WECHAT_API_KEY']) {
      expect(errorLines).toContain(variable);
    }
  });

  it.each(Object.keys(LIVE_ENVIRONMENT).filter((name) => name !== 'WECHAT_MODE'))(
    'the start fails without %s',
    (name) => {
      const errorLines = errorsFor({ ...LIVE_ENVIRONMENT, [name]: '' });
      expect(errorLines).toHaveLength(1);
      expect(errorLines[0]).toContain(name);
    },
  );
});

describe('settings: payment protocols', () => {
  const WITHOUT_V2 = { ...LIVE_ENVIRONMENT, WECHAT_API_KEY: '' };
  const APP_V1 = {
    WECHAT_V1_PARTNER_KEY: 'Pp0Pp1Pp2Pp3Pp4Pp5Pp6Pp7Pp8Pp9Pp',
    WECHAT_V1_PAY_SIGN_KEY: 'Ss0Ss1Ss'.repeat(16),
  };

  it('a live shop without any is refused, with the variables of each', () => {
    const errorLines = errorsFor(WITHOUT_V2);
    expect(errorLines).toHaveLength(1);
    for (const name of ['WECHAT_API_KEY', ...Object.keys(APP_V1)]) expect(errorLines[0]).toContain(name);
  });

  it('one is enough, and v2 is not configured without its key', () => {
    const settings = readSettings({ ...WITHOUT_V2, ...APP_V1 });
    expect(settings.v2.WECHAT_API_KEY).toBeUndefined();
    expect(settings.appV1).toMatchObject(APP_V1);
  });

  it('the simulator has the keys of all', () => {
    expect(variablesIn(readSettings({}))).toMatchObject(SIMULATED_MERCHANT);
  });

  it('settings contain no other variable of the environment', () => {
    expect(variablesIn(readSettings({ HOME: '/root', WECHAT_API_KEYS: 'x' }))).not.toMatchObject({ HOME: '/root' });
  });
});

describe('settings: a mobile app', () => {
  const keys = {
    WECHAT_V1_PARTNER_KEY: 'Pp0Pp1Pp2Pp3Pp4Pp5Pp6Pp7Pp8Pp9Pp',
    WECHAT_V1_PAY_SIGN_KEY: 'Ss0Ss1Ss'.repeat(16),
  };

  it('the mini-program’s values are the default', () => {
    expect(variablesIn(readSettings(LIVE_ENVIRONMENT))).toMatchObject({
      WECHAT_MOBILE_APP_ID: LIVE_ENVIRONMENT.WECHAT_APP_ID,
      WECHAT_MOBILE_APP_SECRET: LIVE_ENVIRONMENT.WECHAT_APP_SECRET,
      WECHAT_V1_PARTNER_ID: LIVE_ENVIRONMENT.WECHAT_MCH_ID,
      WECHAT_APP_PROTOCOL: 'v2',
      WECHAT_V1_CHARSET: 'UTF-8',
    });
    expect(readSettings(LIVE_ENVIRONMENT).appV1.WECHAT_V1_PARTNER_KEY).toBeUndefined();
  });

  it('the app protocol of 2014 needs both keys, which may stay set with v2', () => {
    expect(errorsFor({ ...LIVE_ENVIRONMENT, WECHAT_APP_PROTOCOL: 'v1' })).toEqual([
      expect.stringContaining('WECHAT_V1_PARTNER_KEY is required'),
      expect.stringContaining('WECHAT_V1_PAY_SIGN_KEY is required'),
    ]);
    for (const name of Object.keys(keys)) {
      for (const protocol of ['v1', 'v2']) {
        const errorLines = errorsFor({ ...LIVE_ENVIRONMENT, ...keys, WECHAT_APP_PROTOCOL: protocol, [name]: '' });
        expect(errorLines).toEqual([expect.stringContaining(`${name} is required`)]);
      }
    }
    for (const protocol of ['v1', 'v2']) {
      expect(readSettings({ ...LIVE_ENVIRONMENT, ...keys, WECHAT_APP_PROTOCOL: protocol }).appV1).toMatchObject(keys);
    }
  });

  it('the simulator has invented keys', () => {
    expect(errorsFor({ WECHAT_APP_PROTOCOL: 'v1' })).toEqual([]);
  });
});

describe('settings: production', () => {
  const production = { ...LIVE_ENVIRONMENT, NODE_ENV: 'production' };

  it('is live without demo products by default', () => {
    expect(variablesIn(readSettings({ ...production, WECHAT_MODE: '' }))).toMatchObject({
      WECHAT_MODE: 'live',
      SEED_DEMO_DATA: false,
      API_DOCS: 'off',
    });
    expect(readSettings({ ...production, SEED_DEMO_DATA: 'true' }).SEED_DEMO_DATA).toBe(true);
  });

  it('rejects the simulator', () => {
    expect(errorsFor({ ...production, WECHAT_MODE: 'simulator' })).toEqual([expect.stringContaining('WECHAT_MODE')]);
  });

  it('the start fails without a merchant', () => {
    expect(errorsFor({ NODE_ENV: 'production' }).length).toBeGreaterThanOrEqual(4);
  });
});

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const tlsFile = (kind: 'key' | 'crt'): string =>
  fileURLToPath(new URL(`../../test/vectors/tls/self-signed.${kind}`, import.meta.url));

const BAD_VALUES_BY_VARIABLE: [string, string[]][] = [
  ['NODE_ENV', ['prod', 'PRODUCTION']],
  ['HOST', ['a b', 'http://x', '/']],
  ['PORT', ['-1', '65536', '80a', '1e3', '3000.5', '0x50', ' 80']],
  ['PUBLIC_BASE_URL', ['shop.example.com', 'ftp://x', 'https://x/', 'https://x?a=1', 'https://x#a', 'https://u:p@x']],
  ['PUBLIC_BASE_URL', [`https://${'x'.repeat(250)}`]],
  [
    'DATABASE_URL',
    ['postgres://x', 'sqlite:', 'mysql://', 'mysql://host', 'mysql://host/', 'mysql://h/a/b', 'mysql://h/d?ssl=0'],
  ],
  ['DATABASE_POOL_SIZE', ['0', '1001', 'many']],
  ['SESSION_STORE_URL', ['http://x', 'redis://', 'memcached://x']],
  ['SESSION_TTL_SECONDS', ['0', '-7200', '1.5', '2h']],
  ['LOGIN_LIMIT_PER_MINUTE', ['0', 'none']],
  ['STAFF_LOGIN_FAILURES', ['0', '16']],
  ['STAFF_LOGIN_FAILURES_PER_NETWORK', ['0', 'none']],
  ['STAFF_LOGIN_SPACING_SECONDS', ['0', '901']],
  ['LOG_LEVEL', ['loud']],
  ['CORS_ORIGINS', ['*', 'https://a/,https://b']],
  [
    'TRUSTED_PROXIES',
    ['all', '10.0.0.1;10.0.0.2', '10.0.0.0/33', '10.0.0.0/255.0.255.0', '203.0.113.7:80', '10.0.0.1,'],
  ],
  ['WECHAT_MODE', ['test', 'LIVE']],
  ['SIMULATOR_PORT', ['-1', '99999']],
  ['WECHAT_APP_ID', ['1234567890123456', 'wx1', 'wx88888888888888 8']],
  ['WECHAT_APP_SECRET', ['with blank']],
  ['WECHAT_MCH_ID', ['12', 'abcdefgh', '1900000109 ']],
  [
    'WECHAT_API_KEY',
    [
      'short',
      'a1b2c3d4e5f60718293a4b5c6d7e8f9',
      'a1b2c3d4e5f60718293a4b5c6d7e8f900',
      'a1b2c3d4e5f60718293a4b5c6d7e8f9!',
    ],
  ],
  ['WECHAT_SIGN_TYPE', ['SHA256', 'md5', 'RSA']],
  ['WECHAT_MOBILE_APP_ID', ['1234567890123456', 'wx1']],
  [
    'WECHAT_EXTRA_APP_IDS',
    [
      '1234567890123456',
      'wx6666666666666666,',
      'wx6666666666666666;wx5555555555555555',
      'wx6666666666666666,wx6666666666666666',
    ],
  ],
  ['WECHAT_MOBILE_APP_SECRET', ['with blank']],
  ['WECHAT_APP_PROTOCOL', ['v3', 'V1']],
  ['WECHAT_V1_PARTNER_ID', ['12', 'abcdefgh']],
  ['WECHAT_V1_PARTNER_KEY', ['short', 'a1b2c3d4e5f60718293a4b5c6d7e8f90!']],
  ['WECHAT_V1_PAY_SIGN_KEY', ['short', 'a1b2c3d4e5f60718293a4b5c6d7e8f90']],
  ['WECHAT_V1_CHARSET', ['utf8', 'gbk']],
  ['WECHAT_H5_WAP_URL', ['m.example.com', 'https://m.example.com/', `https://m.example.com/${'x'.repeat(107)}`]],
  ['WECHAT_H5_WAP_NAME', ['x'.repeat(41)]],
  ['WECHAT_H5_REDIRECT_URL', ['/paid', 'javascript:alert(1)', `https://m.example.com/${'x'.repeat(240)}`]],
  ['WECHAT_API_BASE_URL', ['api.weixin.qq.com', 'https://api.weixin.qq.com/']],
  ['WECHAT_PAY_BASE_URL', ['x', 'https://x/pay/']],
  ['WECHAT_PAY_BACKUP_BASE_URL', ['x']],
  ['WECHAT_PAY_CERT_BASE_URL', ['x', 'https://x/secapi/']],
  ['WECHAT_CA_FILE', ['/nowhere/to-be-found.pem', import.meta.filename]],
  ['WECHAT_CA_BASE64', ['no base64 at all!', 'bm90aGluZw==', base64('-----BEGIN PRIVATE KEY-----')]],
  ['WECHAT_MCH_CERT_FILE', ['/nowhere/to-be-found.pem', import.meta.filename, import.meta.dirname]],
  ['WECHAT_MCH_KEY_FILE', ['/nowhere/to-be-found.pem', import.meta.filename, tlsFile('crt')]],
  ['WECHAT_MCH_P12_FILE', ['/nowhere/to-be-found.p12', import.meta.dirname, '/dev/null']],
  ['WECHAT_MCH_CERT_BASE64', ['no base64 at all!', base64('-----BEGIN PRIVATE KEY-----'), tlsFile('crt')]],
  ['WECHAT_MCH_KEY_BASE64', ['no base64 at all!', base64('-----BEGIN ENCRYPTED PRIVATE KEY-----')]],
  ['WECHAT_MCH_P12_BASE64', ['no base64 at all!', '====', 'QUJD*']],
  ['WECHAT_TIMEOUT_SECONDS', ['0', '61', 'soon']],
  ['SHOP_NAME', ['x'.repeat(41)]],
  ['ORDER_TTL_SECONDS', ['0', '-1', '20m', '1.5', '99999999']],
  ['RECONCILE_INTERVAL_SECONDS', ['0', '-5', 'x']],
  ['QUERY_BACKOFF_SECONDS', ['0', '10,', ',', '10,20,x', '10;20', '1.5', '-1', '10,,20']],
  ['REFUND_QUERY_BACKOFF_SECONDS', ['0', '30,', '30,60,x', '-1']],
  ['LATE_PAYMENT_POLICY', ['keep', 'REFUND']],
  ['ACCEPT_MERCHANT_CHANGE_FROM', ['12', 'abcdefgh']],
  ['API_DOCS', ['yes', 'true']],
  ['ADMIN_BOOTSTRAP_USERNAME', ['with blank', 'x'.repeat(65)]],
  ['ADMIN_BOOTSTRAP_PASSWORD', ['short', 'x'.repeat(129)]],
  ['SEED_DEMO_DATA', ['yes', '1', 'TRUE']],
];
const badValues = BAD_VALUES_BY_VARIABLE.flatMap(([name, values]) =>
  values.map((value): [string, string] => [name, value]),
);

describe('settings: an invalid variable', () => {
  it.each(badValues)('stops the start; the error names it without its value: %s=%j', (name, value) => {
    const errorLines = errorsFor({ ...LIVE_ENVIRONMENT, [name]: value });
    expect(errorLines).toHaveLength(1);
    const [errorLine = ''] = errorLines;
    expect(errorLine.startsWith(`${name} `)).toBe(true);
    expect(errorLine).toMatch(/must be|is required/);
    // Shorter values may be part of the message by chance.
    if (value.length > 8) expect(errorLine).not.toContain(value);
  });

  it.each([
    ['SIMULATOR_PORT', 'x'],
    ['HOST', 'a b'],
  ])('is reported alone, without the addresses built from it: %s', (name, value) => {
    expect(errorsFor({ [name]: value })).toEqual([expect.stringContaining(name)]);
  });

  it('that is invalid only in combination with another one stops the start', () => {
    expect(errorsFor({ HOST: 'a:b:c' })).toEqual([expect.stringContaining('PUBLIC_BASE_URL')]);
  });

  it('is reported together with all others, one line each', () => {
    const errorLines = errorsFor({ PORT: 'x', ORDER_TTL_SECONDS: '0', WECHAT_SIGN_TYPE: 'x' });
    expect(errorLines.map((line) => line.split(' ')[0]).sort()).toEqual([
      'ORDER_TTL_SECONDS',
      'PORT',
      'WECHAT_SIGN_TYPE',
    ]);
  });
});

describe('settings: the merchant certificate', () => {
  const CERT = { WECHAT_MCH_CERT_FILE: tlsFile('crt') };
  const KEY = { WECHAT_MCH_KEY_FILE: tlsFile('key') };
  const CERT64 = { WECHAT_MCH_CERT_BASE64: base64(readFileSync(tlsFile('crt'), 'utf8')) };
  const KEY64 = { WECHAT_MCH_KEY_BASE64: base64(readFileSync(tlsFile('key'), 'utf8')) };
  const P12 = { WECHAT_MCH_P12_FILE: tlsFile('crt') };
  const P12_64 = { WECHAT_MCH_P12_BASE64: 'QUJD' };

  it.each<[string, Record<string, string>]>([
    ['none, and then nothing is paid back', {}],
    ['two files', { ...CERT, ...KEY }],
    ['two texts', { ...CERT64, ...KEY64 }],
    ['one of each', { ...CERT, ...KEY64 }],
    ['a P12 file', P12],
    ['a P12 text', P12_64],
    [
      'texts with line breaks',
      { ...KEY, WECHAT_MCH_CERT_BASE64: CERT64.WECHAT_MCH_CERT_BASE64.replace(/.{76}/g, '$&\n') },
    ],
    ['authorities from both ways', { WECHAT_CA_FILE: tlsFile('crt'), WECHAT_CA_BASE64: CERT64.WECHAT_MCH_CERT_BASE64 }],
  ])('may be %s', (_what, environment) => {
    expect(errorsFor({ ...LIVE_ENVIRONMENT, ...environment })).toEqual([]);
  });

  it.each<[string, Record<string, string>, string]>([
    ['a file without its key', CERT, 'WECHAT_MCH_KEY_FILE'],
    ['a text without its key', CERT64, 'WECHAT_MCH_KEY_FILE'],
    ['a key alone', KEY, 'WECHAT_MCH_CERT_FILE'],
    ['a key alone, as a text', KEY64, 'WECHAT_MCH_CERT_FILE'],
    ['file and text of the certificate', { ...CERT, ...CERT64, ...KEY }, 'WECHAT_MCH_CERT_BASE64'],
    ['file and text of the key', { ...CERT, ...KEY, ...KEY64 }, 'WECHAT_MCH_KEY_BASE64'],
    ['file and text of the P12', { ...P12, ...P12_64 }, 'WECHAT_MCH_P12_BASE64'],
    ['a P12 beside the two files', { ...P12, ...CERT, ...KEY }, 'WECHAT_MCH_P12_FILE'],
    ['a P12 beside a key', { ...P12_64, ...KEY }, 'WECHAT_MCH_P12_BASE64'],
  ])('may not be %s', (_what, environment, blamed) => {
    const errorLines = errorsFor({ ...LIVE_ENVIRONMENT, ...environment });
    expect(errorLines).toEqual([expect.stringContaining(blamed)]);
    for (const value of Object.values(environment)) expect(errorLines[0]).not.toContain(value);
  });

  it('WECHAT_PAY_CERT_BASE_URL is WECHAT_PAY_BASE_URL by default', () => {
    const pay = { WECHAT_PAY_BASE_URL: 'https://pay.example.com' };
    expect(readSettings(pay).v2.WECHAT_PAY_CERT_BASE_URL).toBe('https://pay.example.com');
    const both = { ...pay, WECHAT_PAY_CERT_BASE_URL: 'https://refund.example.com' };
    expect(readSettings(both).v2.WECHAT_PAY_CERT_BASE_URL).toBe('https://refund.example.com');
  });
});

describe('settings: a duration', () => {
  it.each(['SESSION_TTL_SECONDS', 'ORDER_TTL_SECONDS', 'RECONCILE_INTERVAL_SECONDS', 'WECHAT_TIMEOUT_SECONDS'])(
    'may be as short as one second: %s',
    (name) => {
      expect(variablesIn(readSettings({ [name]: '1' }))[name]).toBe(1);
    },
  );

  it.each([
    ['1', [1]],
    ['1,1,2', [1, 1, 2]],
    ['86400', [86_400]],
  ])('the back-off is a list: %s', (text, delays) => {
    expect(readSettings({ QUERY_BACKOFF_SECONDS: text }).QUERY_BACKOFF_SECONDS).toEqual(delays);
  });
});

describe('settings: DATABASE_URL', () => {
  it.each([
    ['sqlite:./data/dev.sqlite', { dialect: 'sqlite', path: './data/dev.sqlite' }],
    ['sqlite:/var/shop.sqlite', { dialect: 'sqlite', path: '/var/shop.sqlite' }],
    ['sqlite::memory:', { dialect: 'sqlite', path: ':memory:' }],
    [
      'mysql://shop:p%40ss%2F@db:3307/wx',
      { host: 'db', port: 3307, username: 'shop', password: 'p@ss/', database: 'wx' },
    ],
    [
      'mysql://root@127.0.0.1/shop',
      { host: '127.0.0.1', port: 3306, username: 'root', password: '', database: 'shop' },
    ],
    ['mysql://u:p@[::1]:3306/shop', { host: '::1', port: 3306 }],
  ])('is parsed: %s', (text, parts) => {
    expect(parseDatabaseUrl(text)).toMatchObject(parts);
    expect(readSettings({ DATABASE_URL: text }).DATABASE_URL).toBe(text);
  });

  it.each(['mysql://u:%zz@h/d', 'mysql://u:p@h/%zz', 'mysql://u:p@h:99999/d'])(
    'that is invalid is rejected without an exception: %s',
    (text) => {
      expect(errorsFor({ DATABASE_URL: text })).toEqual([expect.stringContaining('DATABASE_URL')]);
    },
  );
});
