import forge from 'node-forge';
import { CertificateAuthority, CertificateSubject } from './certificate-authority.js';
import { KeyPair, makeKeyPair } from './key-pair.js';

/** PEM texts. */
export interface CertificateWithKey {
  readonly cert: string;
  readonly key: string;
}

/** Everything about the certificates that a merchant, or a test of one, may want to hold. */
export interface Certificates {
  /** Issued all the others but the foreign one, the server's included: trust it to call the TLS endpoint. */
  readonly ca: string;
  /** What the merchant platform gives out; the password of the P12 is the mch_id. */
  readonly merchant: CertificateWithKey & { readonly p12: Buffer };
  /** Of another mch_id, by the same CA. */
  readonly otherMerchant: CertificateWithKey;
  /** Of the merchant's name, by a CA that WeChat does not know. */
  readonly foreign: CertificateWithKey;
  /** Of the merchant, by the right CA, and over since yesterday. */
  readonly expired: CertificateWithKey;
}

const DAY_MS = 86_400_000;
const MERCHANT_YEARS = 5;
const WECHAT_CA: CertificateSubject = { CN: 'Tenpay.com Root CA', O: 'Tenpay.com', OU: 'Tenpay.com CA Center' };
const UNTRUSTED_CA: CertificateSubject = { CN: 'Somebody Root CA', O: 'Somebody' };
/** The organisation in the certificates that WeChat Pay issues to merchants. */
const MERCHANT_ORGANISATION = '微信商户系统';

/**
 * Certificates of one run of the simulator, new each time. Their validity is real time, like everything that concerns
 * real connections.
 */
export class SimulatorCertificates {
  constructor(
    readonly all: Certificates,
    /** For the TLS endpoint. */
    readonly server: CertificateWithKey,
  ) {}

  static async generate(mchId: string, host: string): Promise<SimulatorCertificates> {
    const [wechatKeys, serverKeys, merchantKeys, strangerKeys] = await Promise.all([
      makeKeyPair(),
      makeKeyPair(),
      makeKeyPair(),
      makeKeyPair(), // nobody compares the strangers' keys, so one does for all of them
    ]);
    const now = Date.now();
    const yesterday = new Date(now - DAY_MS);
    const inFiveYears = new Date(now + MERCHANT_YEARS * 365.25 * DAY_MS);
    const wechat = new CertificateAuthority(WECHAT_CA, wechatKeys);
    const stranger = new CertificateAuthority(UNTRUSTED_CA, strangerKeys);
    const times = { validFrom: yesterday, validUntil: inFiveYears };
    const merchant = { subject: { CN: mchId, O: MERCHANT_ORGANISATION, OU: '演示商城' }, keys: merchantKeys, ...times };
    const strange = { ...merchant, keys: strangerKeys };
    const hosts = [...new Set(['127.0.0.1', '::1', 'localhost', host])];
    const server = wechat.issue({ subject: { CN: 'localhost', O: 'Tenpay.com' }, keys: serverKeys, hosts, ...times });
    const issued = wechat.issue(merchant);
    const other = wechat.issue({ ...strange, subject: { CN: otherMchId(mchId), O: MERCHANT_ORGANISATION } });
    const longAgo = { validFrom: new Date(now - 5 * 365.25 * DAY_MS), validUntil: yesterday };
    return new SimulatorCertificates(
      {
        ca: forge.pki.certificateToPem(wechat.certificate(yesterday, inFiveYears)),
        merchant: { ...toPem(issued, merchantKeys), p12: toP12(issued, merchantKeys, mchId) },
        otherMerchant: toPem(other, strangerKeys),
        foreign: toPem(stranger.issue(strange), strangerKeys),
        expired: toPem(wechat.issue({ ...strange, ...longAgo }), strangerKeys),
      },
      toPem(server, serverKeys),
    );
  }
}

function otherMchId(mchId: string): string {
  return mchId === '1900000999' ? '1900000998' : '1900000999';
}

function toPem(certificate: forge.pki.Certificate, { privateKey }: KeyPair): CertificateWithKey {
  return { cert: forge.pki.certificateToPem(certificate), key: privateKey };
}

/** With 3DES, as WeChat's own files are: what reads them must cope with it. */
function toP12(certificate: forge.pki.Certificate, { privateKey }: KeyPair, password: string): Buffer {
  const key = forge.pki.privateKeyFromPem(privateKey);
  const p12 = forge.pkcs12.toPkcs12Asn1(key, certificate, password, {
    algorithm: '3des',
    friendlyName: 'Tenpay Certificate',
  });
  return Buffer.from(forge.asn1.toDer(p12).getBytes(), 'binary');
}
