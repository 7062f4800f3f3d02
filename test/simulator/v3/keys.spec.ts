import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { decryptAes, Json, V3Answer, V3Merchant } from '../support/v3-merchant.js';

let shop: V3Merchant;
beforeAll(async () => {
  shop = await V3Merchant.start();
});
beforeEach(async () => {
  await shop.control('POST', '/reset');
  shop.notices.length = 0;
});
afterAll(() => shop.close());

interface Listed {
  serial: string;
  publicKey: string;
}

/** The certificates that WeChat lists, decrypted with the APIv3 key. */
async function listCertificates(): Promise<Listed[]> {
  const { json } = await shop.get('/v3/certificates');
  return (json['data'] as Json[]).map((entry) => {
    const certificate = new X509Certificate(decryptAes(entry['encrypt_certificate'] as Json, shop.wechat.v3.apiV3Key));
    expect(certificate.serialNumber).toBe(entry['serial_no']);
    expect(Date.parse(String(entry['expire_time']))).toBe(Date.parse(certificate.validTo));
    return {
      serial: certificate.serialNumber,
      publicKey: certificate.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    };
  });
}

const signerOf = ({ headers }: Pick<V3Answer, 'headers'>): string => headers['wechatpay-serial'] ?? '';
const ask = (keyId: string): Promise<V3Answer> =>
  shop.get('/v3/refund/domestic/refunds/NONE01', { headers: { 'wechatpay-serial': keyId } });

describe('simulator v3: the keys that sign', () => {
  it('is the public key of a new merchant, for whom the list of certificates is 404', async () => {
    const answer = await shop.get('/v3/certificates');
    expect([answer.status, answer.json['code']]).toEqual([404, 'RESOURCE_NOT_EXISTS']);
    expect(String(answer.json['message'])).toMatch(/^无可用的平台证书/);
    for (const keyId of [shop.wechat.v3.publicKeyId, '']) {
      const signed = await ask(keyId);
      expect([signerOf(signed), shop.isSigned(signed)]).toEqual([shop.wechat.v3.publicKeyId, true]);
    }
  });

  it('is the certificate of an older merchant, even when the request names the public key', async () => {
    await shop.setBehaviours({ v3Keys: 'certificate' });
    const [certificate] = await listCertificates();
    for (const keyId of ['', shop.wechat.v3.publicKeyId, certificate?.serial ?? '']) {
      const answer = await ask(keyId);
      expect(signerOf(answer)).toBe(certificate?.serial);
      expect(shop.isSigned(answer, certificate?.publicKey)).toBe(true);
      expect(shop.isSigned(answer)).toBe(false);
    }
  });

  it('follows Wechatpay-Serial during the switch, and the certificate signs without it', async () => {
    await shop.setBehaviours({ v3Keys: 'grey' });
    const [certificate] = await listCertificates();
    expect(signerOf(await ask(shop.wechat.v3.publicKeyId))).toBe(shop.wechat.v3.publicKeyId);
    expect(signerOf(await ask(''))).toBe(certificate?.serial);
    expect(signerOf(await ask(certificate?.serial ?? ''))).toBe(certificate?.serial);
  });

  it('is chosen for each notice by the percentage of the switch', async () => {
    const signersAt = async (v3GreyPercent: number): Promise<(string | undefined)[]> => {
      await shop.setBehaviours({ v3Keys: 'grey', v3GreyPercent });
      shop.notices.length = 0;
      for (let n = 0; n < 6; n += 1) await shop.createPaidOrder({}, { notify: 'before-answer' });
      return shop.notices.map(({ headers }) => headers['wechatpay-serial'] as string);
    };
    const { publicKeyId } = shop.wechat.v3;
    expect(await signersAt(100)).toEqual(Array(6).fill(publicKeyId));
    expect(await signersAt(0)).not.toContain(publicKeyId);
    expect(new Set(await signersAt(50)).size).toBe(2);
  });

  it('lists two certificates while they rotate: the old one signs until the new one replaces it', async () => {
    await shop.setBehaviours({ v3Keys: 'certificate', v3Certificates: 'rotating' });
    const [old, fresh] = await listCertificates();
    expect(old?.publicKey).not.toBe(fresh?.publicKey);
    const before = await ask(fresh?.serial ?? '');
    expect([signerOf(before), shop.isSigned(before, old?.publicKey)]).toEqual([old?.serial, true]);
    await shop.setBehaviours({ v3Certificates: 'rotated' });
    const after = await ask('');
    expect([signerOf(after), shop.isSigned(after, fresh?.publicKey)]).toEqual([fresh?.serial, true]);
  });

  it('can be hidden: 403 for a merchant without the permission', async () => {
    await shop.setBehaviours({ v3Certificates: 'forbidden' });
    const answer = await shop.get('/v3/certificates');
    expect([answer.status, answer.json['code']]).toEqual([403, 'NO_AUTH']);
  });
});

describe("simulator v3: the merchant's certificates", () => {
  it('accept the first one until only the renewed one is valid', async () => {
    for (const [v3MerchantCertificate, status] of [
      ['first', 404],
      ['both', 404],
      ['renewed', 401],
    ] as const) {
      await shop.setBehaviours({ v3MerchantCertificate });
      expect([v3MerchantCertificate, (await ask('')).status]).toEqual([v3MerchantCertificate, status]);
    }
  });
});

describe('simulator v3: signature probes in answers', () => {
  it('come on every n-th answer and never on the repeat of a probed request', async () => {
    await shop.setBehaviours({ wrongSignatureEvery: 1 });
    const url = '/v3/refund/domestic/refunds/NONE02';
    const [first, again, third] = [await shop.get(url), await shop.get(url), await shop.get(url)];
    expect(first.headers['wechatpay-signature']).toMatch(/^WECHATPAY\/SIGNTEST\/.{344}$/);
    expect([shop.isSigned(first), shop.isSigned(again), shop.isSigned(third)]).toEqual([false, true, false]);
  });
});
