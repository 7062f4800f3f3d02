import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';
import {
  generateKey,
  buildP12,
  TestCertificateAuthority,
} from '../../../../test/support/wechat/test-certificate-authority.js';
import { CommonModule } from '../../../common/common.module.js';
import { readSettings } from '../../../config/read-settings.js';
import { SettingsModule } from '../../../config/settings.module.js';
import { AccessTokenStoreFactory } from '../../mini-program/access-token/access-token-store.js';
import { loadMerchantCertificate } from './load-merchant-certificate.js';
import { MerchantCertificate } from './merchant-certificate.js';
import { WechatModule } from '../../wechat.module.js';

const MCH_ID = '1900000109';
const LIVE = {
  WECHAT_MODE: 'live',
  WECHAT_APP_ID: 'wx8888888888888888',
  WECHAT_APP_SECRET: '5d1c8f0e2b7a4963a0f1e2d3c4b5a697',
  WECHAT_MCH_ID: MCH_ID,
  WECHAT_API_KEY: 'a1b2c3d4e5f60718293a4b5c6d7e8f90',
};
const NOW = new Date();
const inDays = (days: number): Date => new Date(NOW.getTime() + days * 86_400_000);

const vector = (name: string): Buffer =>
  readFileSync(fileURLToPath(new URL(`../../../../test/vectors/tls/${name}`, import.meta.url)));
const base64 = (content: string | Buffer): string => Buffer.from(content).toString('base64');
const load = async (environment: Record<string, string>): Promise<MerchantCertificate> =>
  loadMerchantCertificate(readSettings({ ...LIVE, ...environment }));
const pair = ({ cert, key }: { cert: string; key: string }): Record<string, string> => ({
  WECHAT_MCH_CERT_BASE64: base64(cert),
  WECHAT_MCH_KEY_BASE64: base64(key),
});

/** Returns the error message of the shop's start. */
async function startErrorOf(environment: Record<string, string>): Promise<string> {
  return load(environment).then(
    () => 'it was loaded',
    (error: unknown) => (error instanceof Error ? `${error.message}${String(error.stack)}` : String(error)),
  );
}

let folder: string;
const authority = new TestCertificateAuthority();
const merchant = authority.issueCertificate({ name: MCH_ID, validUntil: inDays(400) });

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wxc-certificate-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('merchant certificate', () => {
  it('is optional: payments need none', async () => {
    const certificate = await load({});
    expect(certificate.identity()).toBeNull();
    expect(certificate.subjectName).toBeNull();
    expect(certificate.daysLeft()).toBeNull();
  });

  it('is loaded from two files', async () => {
    const certificate = await load({
      WECHAT_MCH_CERT_FILE: file('apiclient_cert.pem', merchant.cert),
      WECHAT_MCH_KEY_FILE: file('apiclient_key.pem', merchant.key),
    });
    expect(certificate.identity()).toEqual(merchant);
    expect(certificate.subjectName).toBe(MCH_ID);
    expect(certificate.daysLeft(NOW)).toBe(399);
    expect(certificate.warnings(readSettings(LIVE), NOW)).toEqual([]);
  });

  it('is loaded from two variables', async () => {
    expect((await load(pair(merchant))).identity()).toEqual(merchant);
  });

  it.each(['merchant-legacy.p12', 'merchant-modern.p12'])(
    'is loaded from a P12 file with its own certificate first: %s',
    async (name) => {
      const path = file(name, vector(name));
      const fromFile = await load({ WECHAT_MCH_P12_FILE: path });
      const fromText = await load({ WECHAT_MCH_P12_BASE64: base64(vector(name)) });
      expect(fromText.identity()).toEqual(fromFile.identity());
      const pem = (text = ''): string => text.replaceAll('\r', '').trim();
      expect(pem(fromFile.identity()?.cert).startsWith(pem(vector('merchant.crt').toString()))).toBe(true);
      expect(fromFile.identity()?.cert.match(/BEGIN CERTIFICATE/g)).toHaveLength(2); // and its issuer
      expect(fromFile.subjectName).toBe(MCH_ID);
      expect(fromFile.daysLeft()).toBeGreaterThan(30_000);
    },
  );

  it.each(['3des', 'aes256'] as const)('is loaded from a P12 file of another tool: %s', async (algorithm) => {
    const p12 = buildP12(merchant, MCH_ID, algorithm);
    expect((await load({ WECHAT_MCH_P12_BASE64: base64(p12) })).subjectName).toBe(MCH_ID);
  });

  it('never shows its key when it is inspected or serialized', async () => {
    const certificate = await load(pair(merchant));
    const line = merchant.key.split('\n')[1] ?? '';
    for (const text of [inspect(certificate, { depth: 9, showHidden: true }), JSON.stringify({ certificate })]) {
      expect(text).not.toContain(line);
      expect(text).not.toContain('PRIVATE KEY');
    }
  });

  it('is loaded with the module', async () => {
    const module = await Test.createTestingModule({
      imports: [SettingsModule.forEnvironment({ ...LIVE, ...pair(merchant) }), CommonModule, WechatModule],
    })
      // The database module would provide it; this test has no database.
      .useMocker((token) => (token === AccessTokenStoreFactory ? { forAccount: () => ({}) } : undefined))
      .compile();
    expect(module.get(MerchantCertificate, { strict: false }).subjectName).toBe(MCH_ID);
    await module.close();
  });
});

describe('merchant certificate: unusable', () => {
  const other = { cert: merchant.cert, key: generateKey() };
  // This older way to encrypt a key does not change its PEM label.
  const encrypted = createPrivateKey(merchant.key)
    .export({ type: 'pkcs1', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })
    .toString();

  it.each<[string, () => Record<string, string>, string]>([
    ['does not match its key', () => pair(other), 'WECHAT_MCH_KEY_BASE64 must be the key of the certificate in'],
    [
      'is broken',
      () => pair({ ...merchant, cert: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n' }),
      'WECHAT_MCH_CERT_BASE64 must be a readable certificate',
    ],
    ['has a broken key', () => pair({ ...merchant, key: merchant.key.slice(0, 900) }), 'WECHAT_MCH_KEY_BASE64 must be'],
    [
      'has a broken key in a file',
      () => ({
        WECHAT_MCH_CERT_FILE: file('good.pem', merchant.cert),
        WECHAT_MCH_KEY_FILE: file('broken.pem', merchant.key.replace(/\n[^-]{3}/, '\n***')),
      }),
      'WECHAT_MCH_KEY_FILE must be',
    ],
    ['has an encrypted key', () => pair({ ...merchant, key: encrypted }), 'WECHAT_MCH_KEY_BASE64 must be'],
    [
      'has a password other than the merchant number',
      () => ({ WECHAT_MCH_P12_BASE64: base64(buildP12(merchant, 'another password')) }),
      'WECHAT_MCH_P12_BASE64 must be a complete P12 file whose password is the merchant number in WECHAT_MCH_ID',
    ],
    [
      "is another merchant's P12 file",
      () => ({ WECHAT_MCH_ID: '1900000110', WECHAT_MCH_P12_FILE: file('other.p12', vector('merchant-legacy.p12')) }),
      'WECHAT_MCH_P12_FILE must be a complete P12 file whose password is the merchant number in WECHAT_MCH_ID',
    ],
    [
      'is not a P12 file',
      () => ({ WECHAT_MCH_P12_FILE: file('no.p12', merchant.cert + merchant.key) }),
      'WECHAT_MCH_P12_FILE must be a P12 file',
    ],
    [
      'is half a P12 file',
      () => ({ WECHAT_MCH_P12_BASE64: base64(vector('merchant-legacy.p12').subarray(0, 1500)) }),
      'WECHAT_MCH_P12_BASE64 must be a complete P12 file',
    ],
    [
      'is a P12 file with one byte changed',
      () => {
        const changed = Buffer.from(vector('merchant-modern.p12'));
        changed[1000] = (changed[1000] ?? 0) ^ 1;
        return { WECHAT_MCH_P12_BASE64: base64(changed) };
      },
      'WECHAT_MCH_P12_BASE64 must be a complete P12 file',
    ],
  ])('stops the start and is named in the error when it %s', async (_what, environment, expected) => {
    const message = await startErrorOf(environment());
    expect(message).toContain(`Cannot start:\n  ${expected}`);
    expect(message).not.toContain(merchant.key.split('\n')[1]);
    expect(message).not.toContain(MCH_ID);
  });

  it('stops the start when its file was removed after the settings were read', async () => {
    const path = file('gone.p12', 'x');
    const settings = readSettings({ ...LIVE, WECHAT_MCH_P12_FILE: path });
    rmSync(path);
    await expect(loadMerchantCertificate(settings)).rejects.toThrow('WECHAT_MCH_P12_FILE must be');
  });
});

describe('merchant certificate: warnings', () => {
  const { key } = merchant;
  const warningsOf = async (environment: Record<string, string>): Promise<string[]> => {
    const settings = readSettings({ ...LIVE, ...environment });
    return (await loadMerchantCertificate(settings)).warnings(settings, NOW);
  };

  it.each<[string, () => Record<string, string>, string]>([
    ['is missing', () => ({}), 'no refund can be sent. Set WECHAT_MCH_CERT_FILE'],
    [
      'has expired',
      () => pair(authority.issueCertificate({ name: MCH_ID, key, validFrom: inDays(-400), validUntil: inDays(-1) })),
      'WECHAT_MCH_CERT_BASE64 expired on',
    ],
    [
      'expires soon',
      () => pair(authority.issueCertificate({ name: MCH_ID, key, validUntil: inDays(29.5) })),
      'in 29 days: renew it',
    ],
    [
      'is not valid yet',
      () => pair(authority.issueCertificate({ name: MCH_ID, key, validFrom: inDays(1), validUntil: inDays(100) })),
      'WECHAT_MCH_CERT_BASE64 is not valid yet',
    ],
    [
      'belongs to another merchant',
      () => pair(authority.issueCertificate({ name: '1900000110', key })),
      'issued to "1900000110"',
    ],
  ])('lets the shop take payments, but warns when it %s', async (_what, environment, warning) => {
    expect(await warningsOf(environment())).toEqual([expect.stringContaining(warning)]);
  });

  it('gives no warning when the shop uses the simulator', async () => {
    expect(await warningsOf({ WECHAT_MODE: 'simulator' })).toEqual([]);
  });

  it('warns only in its last thirty days', async () => {
    expect(await warningsOf(pair(authority.issueCertificate({ name: MCH_ID, key, validUntil: inDays(30.5) })))).toEqual(
      [],
    );
  });
});
