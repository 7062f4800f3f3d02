import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { buildP12, TestCertificateAuthority } from '../../../../test/support/wechat/test-certificate-authority.js';
import { Metrics } from '../../../common/metrics/metrics.js';
import { readSettings } from '../../../config/read-settings.js';
import { verifyRsa, signRsa } from '../v3/keys/rsa.js';
import { CertificateReloadJob } from './certificate-reload.job.js';
import { loadMerchantCertificate } from './load-merchant-certificate.js';
import type { MerchantCertificate } from './merchant-certificate.js';

Logger.overrideLogger(false);

const MCH_ID = '1900000109';
const LIVE = {
  WECHAT_MODE: 'live',
  WECHAT_APP_ID: 'wx8888888888888888',
  WECHAT_APP_SECRET: '5d1c8f0e2b7a4963a0f1e2d3c4b5a697',
  WECHAT_MCH_ID: MCH_ID,
  WECHAT_API_KEY: 'a1b2c3d4e5f60718293a4b5c6d7e8f90',
};
const validUntil = new Date(Date.now() + 400 * 86_400_000);
const authority = new TestCertificateAuthority();
const merchant = authority.issueCertificate({ name: MCH_ID, validUntil });
const renewed = authority.issueCertificate({ name: MCH_ID, validUntil });
const base64 = (content: string | Buffer): string => Buffer.from(content).toString('base64');
const serialOf = ({ cert }: { cert: string }): string => new X509Certificate(cert).serialNumber.toUpperCase();
const load = (environment: Record<string, string>): Promise<MerchantCertificate> =>
  loadMerchantCertificate(readSettings({ ...LIVE, ...environment }));

/** True when what the key signs verifies with this certificate. */
function signsAs(certificate: MerchantCertificate, { cert }: { cert: string }): boolean {
  const key = certificate.signingKey();
  const { publicKey } = new X509Certificate(cert);
  return key?.serial === serialOf({ cert }) && verifyRsa(['text'], signRsa('text', key.privateKey), publicKey);
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'merchant-key-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('merchant key for API v3', () => {
  it.each<[string, () => Record<string, string>]>([
    ['PEM', () => ({ WECHAT_MCH_CERT_BASE64: base64(merchant.cert), WECHAT_MCH_KEY_BASE64: base64(merchant.key) })],
    ['P12', () => ({ WECHAT_MCH_P12_BASE64: base64(buildP12(merchant, MCH_ID, 'aes256')) })],
    [
      'a key with the serial number',
      () => ({
        WECHAT_MCH_KEY_BASE64: base64(merchant.key),
        WECHAT_MCH_CERT_SERIAL: serialOf(merchant).toLowerCase(),
      }),
    ],
  ])('is read from %s, with the serial number of its certificate', async (_name, environment) => {
    expect(signsAs(await load(environment()), merchant)).toBe(true);
  });

  it('without its certificate it signs, but does not identify the shop in TLS', async () => {
    const certificate = await load({
      WECHAT_MCH_KEY_BASE64: base64(merchant.key),
      WECHAT_MCH_CERT_SERIAL: serialOf(merchant),
    });
    expect(certificate).toMatchObject({ hasOnlyKey: true });
    expect(certificate.identity()).toBeNull();
    expect(certificate.problem(MCH_ID)).toBe('MISSING');
  });

  it('a serial number that is not the certificate’s stops the start', async () => {
    const pair = { WECHAT_MCH_CERT_BASE64: base64(merchant.cert), WECHAT_MCH_KEY_BASE64: base64(merchant.key) };
    await expect(load({ ...pair, WECHAT_MCH_CERT_SERIAL: 'AB12CD34' })).rejects.toThrow('WECHAT_MCH_CERT_SERIAL');
    expect(signsAs(await load({ ...pair, WECHAT_MCH_CERT_SERIAL: serialOf(merchant) }), merchant)).toBe(true);
  });

  it('is absent without settings, and never shown', async () => {
    expect((await load({})).signingKey()).toBeNull();
    const certificate = await load({ WECHAT_MCH_KEY_BASE64: base64(merchant.key), WECHAT_MCH_CERT_SERIAL: 'AB12CD34' });
    expect(JSON.stringify(certificate)).not.toMatch(/PRIVATE|AB12CD34/);
  });

  it('a replaced file is used without a restart, for signatures and for TLS', async () => {
    const [cert, key] = [join(folder, 'apiclient_cert.pem'), join(folder, 'apiclient_key.pem')];
    writeFileSync(cert, merchant.cert);
    writeFileSync(key, merchant.key);
    const settings = readSettings({ ...LIVE, WECHAT_MCH_CERT_FILE: cert, WECHAT_MCH_KEY_FILE: key });
    const certificate = await loadMerchantCertificate(settings);
    const reload = new CertificateReloadJob(settings, certificate, new Metrics());
    writeFileSync(cert, renewed.cert); // the key does not match yet
    await reload.run();
    expect(signsAs(certificate, merchant)).toBe(true);
    writeFileSync(key, renewed.key);
    await reload.run();
    expect(signsAs(certificate, renewed)).toBe(true);
    expect(certificate.identity()).toEqual({ cert: renewed.cert, key: renewed.key });
  });
});
