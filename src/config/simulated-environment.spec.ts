import { describe, expect, it } from '@jest/globals';
import { simulatedEnvironment } from './simulated-environment.js';

const SIMULATOR = {
  refundUrl: 'https://127.0.0.1:3002',
  certificates: { ca: 'authority', merchant: { cert: 'certificate', key: 'key' } },
};
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const COMPLETE_ENVIRONMENT = {
  WECHAT_MODE: 'simulator',
  WECHAT_PAY_CERT_BASE_URL: 'https://127.0.0.1:3002',
  WECHAT_CA_BASE64: base64('authority'),
  WECHAT_MCH_CERT_BASE64: base64('certificate'),
  WECHAT_MCH_KEY_BASE64: base64('key'),
};

describe('settings: the environment with the built-in simulator', () => {
  it.each([{}, { WECHAT_PAY_BASE_URL: '', WECHAT_MCH_P12_FILE: '', PORT: '3000' }])(
    'uses the refund URL and the certificate of the simulator: %j',
    (given: Record<string, string>) => {
      expect(simulatedEnvironment(given, SIMULATOR)).toEqual({ ...given, ...COMPLETE_ENVIRONMENT });
    },
  );

  it('does not change the URLs of a simulator that runs elsewhere', () => {
    const given = { WECHAT_PAY_BASE_URL: 'http://127.0.0.1:4001' };
    expect(simulatedEnvironment(given, SIMULATOR)).toEqual({ ...given, WECHAT_MODE: 'simulator' });
  });

  it.each(['WECHAT_MCH_CERT_FILE', 'WECHAT_MCH_KEY_BASE64', 'WECHAT_MCH_P12_FILE'])(
    'uses the configured certificate: %s',
    (name) => {
      const { WECHAT_MODE, WECHAT_PAY_CERT_BASE_URL, WECHAT_CA_BASE64 } = COMPLETE_ENVIRONMENT;
      const own = { [name]: 'own' };
      expect(simulatedEnvironment(own, SIMULATOR)).toEqual({
        ...own,
        ...{ WECHAT_MODE, WECHAT_PAY_CERT_BASE_URL, WECHAT_CA_BASE64 },
      });
    },
  );

  it.each(['WECHAT_PAY_CERT_BASE_URL', 'WECHAT_CA_BASE64'])('never replaces a variable that is set: %s', (name) => {
    expect(simulatedEnvironment({ [name]: 'own' }, SIMULATOR)).toEqual({ ...COMPLETE_ENVIRONMENT, [name]: 'own' });
  });
});
