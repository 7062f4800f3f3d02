import { describe, expect, it } from '@jest/globals';
import { readSettings } from '../read-settings.js';
import { SIMULATED_MERCHANT } from './simulated-environment.js';

const startErrorOf = (environment: Record<string, string>): string => {
  try {
    readSettings(environment);
    return 'starts';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

const { WECHAT_V1_PAY_SIGN_KEY } = SIMULATED_MERCHANT;

describe('settings: the simulator as the default mode', () => {
  it.each<[string, Record<string, string>]>([
    ['a public address', { PUBLIC_BASE_URL: 'https://pay.example.com' }],
    ['a private address', { PUBLIC_BASE_URL: 'http://192.168.1.5:3000' }],
    ['every address', { HOST: '0.0.0.0' }],
    ['every IPv6 address', { HOST: '::' }],
    ['an address that only begins like a loopback one', { PUBLIC_BASE_URL: 'https://127.0.0.1.example.com' }],
    ['a name that only ends like a loopback one', { PUBLIC_BASE_URL: 'https://notlocalhost' }],
    ['a loopback address behind a public one', { HOST: '0.0.0.0', PUBLIC_BASE_URL: 'http://127.0.0.1:3000' }],
    ['an appid', { WECHAT_APP_ID: 'wx1234567890abcdef' }],
    ['an AppSecret', { WECHAT_APP_SECRET: '0123456789abcdef0123456789abcdef' }],
    ['a merchant number', { WECHAT_MCH_ID: '1230000109' }],
    ['an API key', { WECHAT_API_KEY: 'Kk0Kk1Kk2Kk3Kk4Kk5Kk6Kk7Kk8Kk9Kk' }],
    ['a PartnerKey', { WECHAT_V1_PARTNER_KEY: 'Pp0Pp1Pp2Pp3Pp4Pp5Pp6Pp7Pp8Pp9Pp', WECHAT_V1_PAY_SIGN_KEY }],
    ['a certificate', { WECHAT_MCH_P12_BASE64: 'QUJD' }],
  ])('is rejected with %s unless WECHAT_MODE is set', (_what, environment) => {
    const startError = startErrorOf(environment);
    expect(startError).toMatch(/WECHAT_MODE must be set explicitly.*NODE_ENV=production.*WECHAT_MODE=simulator/);
    expect(startError).toContain(Object.keys(environment)[0]);
    for (const value of Object.values(environment).filter((one) => one.length > 8))
      expect(startError).not.toContain(value);
    expect(readSettings({ ...environment, WECHAT_MODE: 'simulator' }).wechat.WECHAT_MODE).toBe('simulator');
  });

  it.each<[string, Record<string, string>]>([
    ['no variable', {}],
    ['a port', { PORT: '8080' }],
    ['a loopback address', { HOST: '127.0.0.2', PUBLIC_BASE_URL: 'http://localhost:3000' }],
    ['a loopback address of IPv6', { HOST: '::1' }],
    ["the simulator's own merchant", { ...SIMULATED_MERCHANT }],
    ['empty variables', { HOST: '', WECHAT_MCH_ID: '', WECHAT_API_KEY: '' }],
    ['a simulator elsewhere', { WECHAT_PAY_BASE_URL: 'http://127.0.0.1:4001' }],
  ])('is accepted with %s', (_what, environment) => {
    expect(readSettings(environment).wechat.WECHAT_MODE).toBe('simulator');
  });
});
