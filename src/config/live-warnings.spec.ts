import { describe, expect, it } from '@jest/globals';
import { liveWarnings } from './live-warnings.js';
import { readSettings } from './read-settings.js';

const PRODUCTION_ENVIRONMENT = {
  NODE_ENV: 'production',
  PUBLIC_BASE_URL: 'https://pay.example.com',
  WECHAT_APP_ID: 'wx1234567890abcdef',
  WECHAT_APP_SECRET: '0123456789abcdef0123456789abcdef',
  WECHAT_MCH_ID: '1230000109',
  WECHAT_API_KEY: 'Kk0Kk1Kk2Kk3Kk4Kk5Kk6Kk7Kk8Kk9Kk',
};
const PROTECTED_ENVIRONMENT = {
  METRICS_TOKEN: 'a-token-of-prometheus',
  TRUSTED_PROXIES: '127.0.0.1',
  DATA_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
};
const namesIn = (environment: Record<string, string>): (string | undefined)[] =>
  liveWarnings(readSettings(environment)).map((warning) => warning.split(' ')[0]);

describe('settings: warnings at a live start', () => {
  it('name every missing protection', () => {
    expect(namesIn(PRODUCTION_ENVIRONMENT)).toEqual(['METRICS_TOKEN', 'TRUSTED_PROXIES', 'DATA_ENCRYPTION_KEY']);
    expect(namesIn({ ...PRODUCTION_ENVIRONMENT, ...PROTECTED_ENVIRONMENT })).toEqual([]);
    for (const name of Object.keys(PROTECTED_ENVIRONMENT))
      expect(namesIn({ ...PRODUCTION_ENVIRONMENT, ...PROTECTED_ENVIRONMENT, [name]: '' })).toEqual([name]);
  });

  it('are given in live mode without NODE_ENV too, and name it first', () => {
    expect(namesIn({ ...PRODUCTION_ENVIRONMENT, NODE_ENV: '', WECHAT_MODE: 'live' })).toEqual([
      'NODE_ENV',
      'METRICS_TOKEN',
      'TRUSTED_PROXIES',
      'DATA_ENCRYPTION_KEY',
    ]);
  });

  it('say that no payment can begin without the key of the chosen protocol', () => {
    const appV1Only = {
      ...PRODUCTION_ENVIRONMENT,
      ...PROTECTED_ENVIRONMENT,
      WECHAT_API_KEY: '',
      WECHAT_V1_PARTNER_KEY: 'Pp0Pp1Pp2Pp3Pp4Pp5Pp6Pp7Pp8Pp9Pp',
      WECHAT_V1_PAY_SIGN_KEY: 'Ss0Ss1Ss'.repeat(16),
    };
    expect(namesIn(appV1Only)).toEqual(['WECHAT_APP_PROTOCOL']);
    expect(namesIn({ ...appV1Only, WECHAT_APP_PROTOCOL: 'v1' })).toEqual([]);
    const v3 = { WECHAT_API_V3_KEY: 'V'.repeat(32), WECHAT_MCH_P12_BASE64: 'QUJD' };
    expect(namesIn({ ...appV1Only, ...v3 })).toEqual([]);
  });

  it('are not given for a test with live settings, and never contain a value', () => {
    expect(namesIn({ ...PRODUCTION_ENVIRONMENT, NODE_ENV: 'test', WECHAT_MODE: 'live' })).toEqual([]);
    const text = liveWarnings(readSettings(PRODUCTION_ENVIRONMENT)).join('\n');
    for (const value of [PRODUCTION_ENVIRONMENT.WECHAT_APP_SECRET, PRODUCTION_ENVIRONMENT.WECHAT_API_KEY])
      expect(text).not.toContain(value);
  });
});
