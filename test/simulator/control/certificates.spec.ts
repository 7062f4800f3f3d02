import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SimulatorCertificates } from '../../../packages/wechat-pay-simulator/src/certificates/simulator-certificates.js';
import { startSimulator } from '../../../packages/wechat-pay-simulator/src/start-simulator.js';
import { MerchantServer } from '../support/merchant-server.js';
import { fromXml, hasValidSignature, MCH_ID } from '../support/signing.js';

let shop: MerchantServer;
beforeAll(async () => {
  // New certificates, because the cached ones of the other tests may come from older code.
  shop = await MerchantServer.start({ certificates: await SimulatorCertificates.generate(MCH_ID, '127.0.0.1') });
});
beforeEach(() => shop.control('POST', '/reset'));
afterAll(() => shop.close());

describe('simulator certificates: a refund call', () => {
  it('is accepted with the merchant’s certificate', async () => {
    const { outTradeNo } = await shop.createPaidOrder();
    const answer = await shop.refund(shop.buildRefund(outTradeNo));
    expect(answer).toMatchObject({ return_code: 'SUCCESS', result_code: 'SUCCESS', refund_fee: '1288' });
    expect(hasValidSignature(answer)).toBe(true);
  });

  it.each([
    ['without a certificate', () => null, '400 No required SSL certificate was sent'],
    ['with a certificate of another CA', () => shop.wechat.certificates.foreign, '400 The SSL certificate error'],
    ['with an expired certificate', () => shop.wechat.certificates.expired, '400 The SSL certificate error'],
  ])('is refused %s, with an nginx error page', async (_what, certificate, title) => {
    const { outTradeNo } = await shop.createPaidOrder();
    const { status, text, type } = await shop.refundRaw(shop.buildRefund(outTradeNo), certificate());
    expect({ status, type }).toEqual({ status: 400, type: 'text/html' });
    expect(text).toContain(`<title>${title}</title>`);
    expect(await shop.listItems('/refunds')).toEqual([]);
    expect((await shop.listItems('/messages?path=/secapi/')).at(-1)).toMatchObject({
      verdict: title,
      answer: { status: 400 },
    });
  });

  it('is refused with a signed CERT_ERROR with the certificate of another merchant', async () => {
    const { outTradeNo } = await shop.createPaidOrder();
    const { otherMerchant } = shop.wechat.certificates;
    const answer = await fromXml((await shop.refundRaw(shop.buildRefund(outTradeNo), otherMerchant)).text);
    expect(answer).toMatchObject({ return_code: 'SUCCESS', err_code: 'CERT_ERROR', err_code_des: '证书校验错误' });
    expect(hasValidSignature(answer)).toBe(true);
    expect(await shop.listItems('/refunds')).toEqual([]);
  });

  it('is refused over plain HTTP', async () => {
    const { outTradeNo } = await shop.createPaidOrder();
    const { status, text } = await shop.refundRaw(shop.buildRefund(outTradeNo), undefined, shop.wechat.url);
    expect(status).toBe(400);
    expect(text).toContain('No required SSL certificate was sent');
    expect(await shop.listItems('/refunds')).toEqual([]);
  });
});

describe('simulator certificates', () => {
  it('contain the mch_id, are valid for five years, and exist as PEM and P12', () => {
    const { ca, merchant } = shop.wechat.certificates;
    const certificate = new X509Certificate(merchant.cert);
    expect(certificate.subject).toContain(`CN=${MCH_ID}`);
    expect(certificate.verify(new X509Certificate(ca).publicKey)).toBe(true);
    expect(new Date(certificate.validTo).getFullYear() - new Date().getFullYear()).toBe(5);
    createSecureContext({ cert: merchant.cert, key: merchant.key });
    createSecureContext({ pfx: merchant.p12, passphrase: MCH_ID });
    expect(() => createSecureContext({ pfx: merchant.p12, passphrase: 'wrong' })).toThrow(/mac verify failure/);
  });

  it('are written under the merchant platform’s file names; only the owner can read the keys', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'wx-simulator-'));
    const { certificates } = shop.wechat;
    await writeFile(join(folder, 'apiclient_key.pem'), 'of an earlier start', { mode: 0o644 });
    await shop.wechat.writeCertificates(folder);
    const files: Record<string, string | Buffer> = {
      'ca.pem': certificates.ca,
      'apiclient_cert.pem': certificates.merchant.cert,
      'apiclient_key.pem': certificates.merchant.key,
      'apiclient_cert.p12': certificates.merchant.p12,
      'pub_key.pem': shop.wechat.v3.publicKey,
      'pub_key_id.txt': shop.wechat.v3.publicKeyId,
    };
    expect((await readdir(folder)).sort()).toEqual(Object.keys(files).sort());
    for (const [name, content] of Object.entries(files)) {
      expect((await readFile(join(folder, name))).equals(Buffer.from(content))).toBe(true);
    }
    for (const secret of ['apiclient_key.pem', 'apiclient_cert.p12']) {
      expect((await stat(join(folder, secret))).mode & 0o777).toBe(0o600);
    }
    await rm(folder, { recursive: true });
  });

  it('are returned by the control API', async () => {
    const { body } = await shop.control('GET', '/certificates');
    const { merchant, ...others } = shop.wechat.certificates;
    const { apiV3Key: api_v3_key, publicKeyId: public_key_id, publicKey: public_key } = shop.wechat.v3;
    expect(body).toEqual({
      ...others,
      merchant: { ...merchant, p12: merchant.p12.toString('base64') },
      v3: { api_v3_key, public_key_id, public_key },
    });
  });
});

it('simulator certificates: the TLS endpoint responds to other calls without a certificate', async () => {
  expect(await shop.callOverTls('orderquery', { out_trade_no: 'NONE01' })).toMatchObject({
    err_code: 'ORDERNOTEXIST',
  });
});

describe('simulator certificates: the port of the TLS endpoint', () => {
  it('can be set; a port in use makes the start fail and leaves nothing running', async () => {
    const { certificates } = shop.wechat;
    const taken = Number(new URL(shop.wechat.refundUrl).port);
    const port = await freePort();
    await expect(startSimulator({ port, refundPort: taken, quiet: true })).rejects.toThrow('EADDRINUSE');
    const second = await startSimulator({ port, refundPort: 0, quiet: true });
    expect(second.port).toBe(port);
    expect(second.refundUrl).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    expect(second.certificates.merchant.cert).not.toBe(certificates.merchant.cert);
    await second.stop();
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
