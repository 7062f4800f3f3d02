import { describe, expect, it } from '@jest/globals';
import { liveWarnings } from './live-warnings.js';
import { readSettings } from './read-settings.js';

const PRODUCTION_ENVIRONMENT = {
  ...{ NODE_ENV: 'production', PUBLIC_BASE_URL: 'https://pay.example.com', WECHAT_APP_ID: 'wx1234567890abcdef' },
  ...{ WECHAT_APP_SECRET: '0123456789abcdef0123456789abcdef', WECHAT_MCH_ID: '1230000109' },
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

  it('are not given for a test with live settings, and never contain a value', () => {
    expect(namesIn({ ...PRODUCTION_ENVIRONMENT, NODE_ENV: 'test', WECHAT_MODE: 'live' })).toEqual([]);
    const text = liveWarnings(readSettings(PRODUCTION_ENVIRONMENT)).join('\n');
    for (const value of [PRODUCTION_ENVIRONMENT.WECHAT_APP_SECRET, PRODUCTION_ENVIRONMENT.WECHAT_API_KEY])
      expect(text).not.toContain(value);
  });
});
