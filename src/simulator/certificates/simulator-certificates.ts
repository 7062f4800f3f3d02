import forge from 'node-forge';
import { CertificateAuthority, CertificateSubject } from './certificate-authority.js';
import { KeyPair, makeKeyPair } from './key-pair.js';

/** In PEM format. */
export interface CertificateWithKey {
  readonly cert: string;
  readonly key: string;
}

/** All certificates that a merchant or a test needs. */
export interface Certificates {
  /** The authority that issued all other certificates except `foreign`. Trust it to call the TLS endpoint. */
  readonly ca: string;
  /** What the merchant platform issues. The password of the P12 file is the mch_id. */
  readonly merchant: CertificateWithKey & { readonly p12: Buffer };
  /** Certificate of another mch_id, issued by the same CA. */
  readonly otherMerchant: CertificateWithKey;
  /** Certificate with the merchant's name, issued by a CA that WeChat does not trust. */
  readonly foreign: CertificateWithKey;
  /** Certificate of the merchant, issued by the right CA, expired yesterday. */
  readonly expired: CertificateWithKey;
}

const DAY_MS = 86_400_000;
const MERCHANT_YEARS = 5;
const WECHAT_CA: CertificateSubject = { CN: 'Tenpay.com Root CA', O: 'Tenpay.com', OU: 'Tenpay.com CA Center' };
const UNTRUSTED_CA: CertificateSubject = { CN: 'Untrusted Root CA', O: 'Untrusted' };
/** The organisation in the certificates that WeChat Pay issues to merchants. */
const MERCHANT_ORGANISATION = '微信商户系统';

/** Certificates of one run of the simulator, new at each start. Their validity uses real time, because TLS does. */
export class SimulatorCertificates {
  constructor(
    readonly all: Certificates,
    /** Certificate of the TLS endpoint. */
    readonly server: CertificateWithKey,
  ) {}

  static async generate(mchId: string, host: string): Promise<SimulatorCertificates> {
    const [wechatKeys, serverKeys, merchantKeys, otherKeys] = await Promise.all([
      makeKeyPair(),
      makeKeyPair(),
      makeKeyPair(),
      makeKeyPair(), // one key pair for all certificates that only tests use
    ]);
    const now = Date.now();
    const yesterday = new Date(now - DAY_MS);
    const inFiveYears = new Date(now + MERCHANT_YEARS * 365.25 * DAY_MS);
    const wechat = new CertificateAuthority(WECHAT_CA, wechatKeys);
    const untrusted = new CertificateAuthority(UNTRUSTED_CA, otherKeys);
    const times = { validFrom: yesterday, validUntil: inFiveYears };
    const merchant = { subject: { CN: mchId, O: MERCHANT_ORGANISATION, OU: '演示商城' }, keys: merchantKeys, ...times };
    const otherCertificate = { ...merchant, keys: otherKeys };
    const hosts = [...new Set(['127.0.0.1', '::1', 'localhost', host])];
    const server = wechat.issue({ subject: { CN: 'localhost', O: 'Tenpay.com' }, keys: serverKeys, hosts, ...times });
    const issued = wechat.issue(merchant);
    const other = wechat.issue({ ...otherCertificate, subject: { CN: otherMchId(mchId), O: MERCHANT_ORGANISATION } });
    const longAgo = { validFrom: new Date(now - 5 * 365.25 * DAY_MS), validUntil: yesterday };
    return new SimulatorCertificates(
      {
        ca: forge.pki.certificateToPem(wechat.certificate(yesterday, inFiveYears)),
        merchant: { ...toPem(issued, merchantKeys), p12: toP12(issued, merchantKeys, mchId) },
        otherMerchant: toPem(other, otherKeys),
        foreign: toPem(untrusted.issue(otherCertificate), otherKeys),
        expired: toPem(wechat.issue({ ...otherCertificate, ...longAgo }), otherKeys),
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

/** Encrypted with 3DES, as WeChat's own files are, so that clients are tested with it. */
function toP12(certificate: forge.pki.Certificate, { privateKey }: KeyPair, password: string): Buffer {
  const key = forge.pki.privateKeyFromPem(privateKey);
  const p12 = forge.pkcs12.toPkcs12Asn1(key, certificate, password, {
    algorithm: '3des',
    friendlyName: 'Tenpay Certificate',
  });
  return Buffer.from(forge.asn1.toDer(p12).getBytes(), 'binary');
}
