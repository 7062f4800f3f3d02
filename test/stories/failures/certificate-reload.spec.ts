import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CertificateWithKey } from '../../../packages/wechat-pay-simulator/src/certificates/simulator-certificates.js';
import { CertificateReloadJob } from '../../../src/wechat/pay/certificate/certificate-reload.job.js';
import { testCertificates } from '../../support/wechat/test-certificates.js';
import { RefundFixture } from '../../support/fixtures/refund-fixture.js';
import { MetricsScrape } from '../../support/clients/metrics-scrape.js';
import { TestCertificateAuthority } from '../../support/wechat/test-certificate-authority.js';

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
        WECHAT_PAY_PROTOCOL: 'v2', // its refunds alone need the certificate; v3 would not even prepare the payment
        WECHAT_MCH_CERT_FILE: certFile,
        WECHAT_MCH_KEY_FILE: keyFile,
        WECHAT_MCH_CERT_BASE64: '',
        WECHAT_MCH_KEY_BASE64: '',
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

/** API v3 signs every request with the merchant's key, so its payments depend on it too. */
describe('merchant key: replaced on disk between a payment of v3 and its refund', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wxc-renew-v3-'));
  const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  let fixture: RefundFixture;

  const writeFiles = ({ cert, key }: CertificateWithKey): void => {
    writeFileSync(certFile, cert);
    writeFileSync(keyFile, key);
  };
  const reload = (): Promise<void> => fixture.shop.firstInstance.app.get(CertificateReloadJob).run();

  beforeEach(async () => {
    writeFiles((await testCertificates()).all.merchant);
    fixture = await RefundFixture.open({
      environment: {
        WECHAT_PAY_PROTOCOL: 'v3',
        WECHAT_MCH_CERT_FILE: certFile,
        WECHAT_MCH_KEY_FILE: keyFile,
        WECHAT_MCH_CERT_BASE64: '',
        WECHAT_MCH_KEY_BASE64: '',
      },
    });
  });
  afterEach(() => fixture.shop.close());
  afterAll(() => rmSync(folder, { recursive: true }));

  it('the payment is refunded, and payment and refund are queried, with the new key and without a restart', async () => {
    const { alice, shop } = fixture;
    const order = await fixture.createPaidOrder();
    const first = await fixture.createApprovedRefund(order, 1000);
    expect(first).toMatchObject({ status: 'PROCESSING' });
    const open = await alice.createOrder({ productId: fixture.tea });
    const payment = await alice.startPayment(open);

    await shop.wechat.setBehaviours({ v3MerchantCertificate: 'both' });
    writeFiles((await testCertificates()).all.renewedMerchant);
    await reload();
    await shop.wechat.setBehaviours({ v3MerchantCertificate: 'renewed' });

    expect(await alice.confirmPayment(payment, { notify: 'lost' })).toBe('requestPayment:ok');
    expect((await alice.syncOrder(open)).body).toMatchObject({ status: 'PAID' });
    const later = await fixture.createPaidOrder(); // its client parameters are signed with the new key too
    expect(later.status).toBe('PAID');
    await fixture.runJobsAfter({ minutes: 15 });
    expect(await fixture.getAdminRefund(first)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await fixture.createApprovedRefund(order, 2000)).toMatchObject({ status: 'PROCESSING', waitReason: null });
    await fixture.runJobsAfter({ minutes: 15 });
    expect(await fixture.getLedger(order)).toMatchObject({ refundedFen: 3000, refunds: 2 });
  });

  it('a refund refused with the old key is sent with the new one by a retry of staff', async () => {
    const order = await fixture.createPaidOrder();
    await fixture.shop.wechat.setBehaviours({ v3MerchantCertificate: 'renewed' });
    const refund = await fixture.createApprovedRefund(order, 1000);
    expect(refund).toMatchObject({ status: 'ABNORMAL', errorCode: 'SIGN_ERROR' });
    writeFiles((await testCertificates()).all.renewedMerchant);
    expect((await fixture.retryRefund(refund)).body).toMatchObject({ status: 'PROCESSING', waitReason: null });
    await fixture.runJobsAfter({ minutes: 15 });
    expect(await fixture.getLedger(order)).toMatchObject({ refundedFen: 1000, refunds: 1 });
  });
});
