import { describe, expect, it } from '@jest/globals';
import { simulatedEnvironment } from './simulated-environment.js';

const SIMULATOR = {
  refundUrl: 'https://127.0.0.1:3002',
  certificates: { ca: 'authority', merchant: { cert: 'certificate', key: 'key' } },
  v3: { publicKeyId: 'PUB_KEY_ID_01', publicKey: 'public key' },
};
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const COMPLETE_ENVIRONMENT = {
  WECHAT_MODE: 'simulator',
  WECHAT_PAY_CERT_BASE_URL: 'https://127.0.0.1:3002',
  WECHAT_CA_BASE64: base64('authority'),
  WECHAT_MCH_CERT_BASE64: base64('certificate'),
  WECHAT_MCH_KEY_BASE64: base64('key'),
  WECHAT_PAY_PUBLIC_KEY_BASE64: base64('public key'),
  WECHAT_PAY_PUBLIC_KEY_ID: 'PUB_KEY_ID_01',
};
const without = (names: string[]): Record<string, string> =>
  Object.fromEntries(Object.entries(COMPLETE_ENVIRONMENT).filter(([name]) => !names.includes(name)));

describe('settings: the environment with the built-in simulator', () => {
  it.each([{}, { WECHAT_PAY_BASE_URL: '', WECHAT_MCH_P12_FILE: '', PORT: '3000' }])(
    'uses the refund URL and the certificate of the simulator: %j',
    (environment: Record<string, string>) => {
      expect(simulatedEnvironment(environment, SIMULATOR)).toEqual({ ...environment, ...COMPLETE_ENVIRONMENT });
    },
  );

  it('does not change the URLs of a simulator that runs elsewhere', () => {
    const environment = { WECHAT_PAY_BASE_URL: 'http://127.0.0.1:4001' };
    expect(simulatedEnvironment(environment, SIMULATOR)).toEqual({ ...environment, WECHAT_MODE: 'simulator' });
  });

  it.each(['WECHAT_MCH_CERT_FILE', 'WECHAT_MCH_KEY_BASE64', 'WECHAT_MCH_P12_FILE'])(
    'uses the configured certificate: %s',
    (name) => {
      const own = { [name]: 'own' };
      const rest = without(['WECHAT_MCH_CERT_BASE64', 'WECHAT_MCH_KEY_BASE64']);
      expect(simulatedEnvironment(own, SIMULATOR)).toEqual({ ...rest, ...own });
    },
  );

  it.each(['WECHAT_PAY_PUBLIC_KEY_FILE', 'WECHAT_PAY_PUBLIC_KEY_ID', 'WECHAT_PAY_PLATFORM_CERTS'])(
    'uses the configured way to verify responses of API v3: %s',
    (name) => {
      const rest = without(['WECHAT_PAY_PUBLIC_KEY_BASE64', 'WECHAT_PAY_PUBLIC_KEY_ID']);
      expect(simulatedEnvironment({ [name]: 'own' }, SIMULATOR)).toEqual({ ...rest, [name]: 'own' });
    },
  );

  it.each(['WECHAT_PAY_CERT_BASE_URL', 'WECHAT_CA_BASE64'])('never replaces a variable that is set: %s', (name) => {
    expect(simulatedEnvironment({ [name]: 'own' }, SIMULATOR)).toEqual({ ...COMPLETE_ENVIRONMENT, [name]: 'own' });
  });
});
