import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testCertificates } from '../support/test-certificates.js';
import { RefundFixture } from '../support/refund-fixture.js';
import { MetricsScrape } from '../support/metrics-scrape.js';
import { TestCertificateAuthority } from '../support/test-certificate-authority.js';

describe('merchant certificate: files that are replaced on disk', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wxc-renew-'));
  const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  let fixture: RefundFixture;

  beforeAll(async () => {
    const expired = new TestCertificateAuthority().issueCertificate({
      name: '1900000109',
      validUntil: new Date(Date.now() - 1000),
    });
    writeFileSync(certFile, expired.cert);
    writeFileSync(keyFile, expired.key);
    fixture = await RefundFixture.open({
      environment: {
        ...{ WECHAT_MCH_CERT_FILE: certFile, WECHAT_MCH_KEY_FILE: keyFile },
        ...{ WECHAT_MCH_CERT_BASE64: '', WECHAT_MCH_KEY_BASE64: '' },
      },
    });
  });
  afterAll(async () => {
    await fixture.shop.close();
    rmSync(folder, { recursive: true });
  });

  const getFailedReloads = async (): Promise<number | undefined> =>
    (await MetricsScrape.fetch(fixture.shop.url)).getValue('merchant_certificate_reload_failed', {});

  it('refund: a retry by staff uses the certificate that was replaced a moment before', async () => {
    const refund = await fixture.createApprovedRefund(await fixture.createPaidOrder());
    expect(refund).toMatchObject({ status: 'ABNORMAL', sendCount: 0 });
    expect(await getFailedReloads()).toBe(0);

    const { merchant } = (await testCertificates()).all;
    writeFileSync(certFile, merchant.cert); // its key file is still the old one
    expect((await fixture.retryRefund(refund)).body).toMatchObject({ status: 'ABNORMAL', sendCount: 0 });
    expect(await getFailedReloads()).toBe(1);

    writeFileSync(keyFile, merchant.key);
    expect((await fixture.retryRefund(refund)).body).toMatchObject({ status: 'PROCESSING', sendCount: 1 });
    expect(await getFailedReloads()).toBe(0);
  });
});
