import forge from 'node-forge';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CertificateAuthority,
  CertificateInput,
  CertificateSubject,
  KeyPair,
  makeKeyPair,
} from './certificate-authority.js';
import { WECHAT_HOSTS } from './wechat-hosts.js';

/** In PEM format. */
export interface CertificateWithKey {
  readonly cert: string;
  readonly key: string;
}

/** A platform certificate, which signs v3 answers and notices. */
export interface PlatformCertificate extends CertificateWithKey {
  /** 40 upper-case hexadecimal digits. */
  readonly serial: string;
}

/** WeChat's own keys of API v3. Each has another key pair, so that a client must choose by the serial. */
export interface PlatformKeys {
  /** `PUB_KEY_ID_` and 34 digits. */
  readonly publicKeyId: string;
  readonly publicKeyPair: KeyPair;
  readonly oldCertificate: PlatformCertificate;
  /** Announced before it replaces the old one. */
  readonly newCertificate: PlatformCertificate;
}

/** All certificates that a merchant or a test needs. */
export interface Certificates {
  /** The authority that issued all other certificates except `foreign`. Trust it to call the TLS endpoint. */
  readonly ca: string;
  /** What the merchant platform issues. The password of the P12 file is the mch_id. */
  readonly merchant: CertificateWithKey & { readonly p12: Buffer; readonly serial: string };
  /** The merchant's next certificate, with another key. WeChat accepts it when `v3MerchantCertificate` says so. */
  readonly renewedMerchant: CertificateWithKey & { readonly serial: string };
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
const PLATFORM: CertificateSubject = { CN: 'Tenpay.com sign', O: 'Tenpay.com' };
const UNTRUSTED_CA: CertificateSubject = { CN: 'Untrusted Root CA', O: 'Untrusted' };
/** The organisation in the certificates that WeChat Pay issues to merchants. */
const MERCHANT_ORGANISATION = '微信商户系统';

/** The key pairs of the simulator. Generating them takes half a second of CPU, so they may be those of an earlier run. */
export interface SimulatorKeys {
  readonly wechat: KeyPair;
  readonly server: KeyPair;
  readonly merchant: KeyPair;
  /** Of WeChat's public key. */
  readonly publicKey: KeyPair;
  /** One key pair for all certificates that only tests use. */
  readonly other: KeyPair;
}

/** New key pairs, generated in parallel. */
export async function generateSimulatorKeys(): Promise<SimulatorKeys> {
  const [wechat, server, merchant, publicKey, other] = await Promise.all([
    makeKeyPair(),
    makeKeyPair(),
    makeKeyPair(),
    makeKeyPair(),
    makeKeyPair(),
  ]);
  return { wechat, server, merchant, publicKey, other };
}

/** Certificates of one run of the simulator, new at each start. Their validity uses real time, because TLS does. */
export class SimulatorCertificates {
  constructor(
    readonly all: Certificates,
    /** Certificate of the TLS endpoint. */
    readonly server: CertificateWithKey,
    readonly platform: PlatformKeys,
  ) {}

  /** @param keys default: new ones */
  static async generate(mchId: string, host: string, keys?: SimulatorKeys): Promise<SimulatorCertificates> {
    const {
      wechat: wechatKeys,
      server: serverKeys,
      merchant: merchantKeys,
      publicKey: publicKeyPair,
      other: otherKeys,
    } = keys ?? (await generateSimulatorKeys());
    const now = Date.now();
    const yesterday = new Date(now - DAY_MS);
    const inFiveYears = new Date(now + MERCHANT_YEARS * 365.25 * DAY_MS);
    const wechat = new CertificateAuthority(WECHAT_CA, wechatKeys);
    const untrusted = new CertificateAuthority(UNTRUSTED_CA, otherKeys);
    const times = { validFrom: yesterday, validUntil: inFiveYears };
    const merchant = { subject: { CN: mchId, O: MERCHANT_ORGANISATION, OU: '演示商城' }, keys: merchantKeys, ...times };
    const otherCertificate = { ...merchant, keys: otherKeys };
    const hosts = [...new Set(['127.0.0.1', '::1', 'localhost', ...WECHAT_HOSTS, host])];
    const server = wechat.issue({ subject: { CN: 'localhost', O: 'Tenpay.com' }, keys: serverKeys, hosts, ...times });
    const issued = wechat.issue(merchant);
    const renewed = wechat.issue(otherCertificate);
    const other = wechat.issue({ ...otherCertificate, subject: { CN: otherMchId(mchId), O: MERCHANT_ORGANISATION } });
    const inHalfAYear = new Date(now + 180 * DAY_MS);
    const platformCertificate = (keys: KeyPair, validity: Pick<CertificateInput, 'validFrom' | 'validUntil'>) => {
      const certificate = wechat.issue({ subject: PLATFORM, keys, ...validity });
      return { ...toPem(certificate, keys), serial: serialOf(certificate) };
    };
    const longAgo = { validFrom: new Date(now - 5 * 365.25 * DAY_MS), validUntil: yesterday };
    return new SimulatorCertificates(
      {
        ca: forge.pki.certificateToPem(wechat.createOwnCertificate(yesterday, inFiveYears)),
        merchant: withP12({ ...toPem(issued, merchantKeys), serial: serialOf(issued) }, () =>
          toP12(issued, merchantKeys, mchId),
        ),
        renewedMerchant: { ...toPem(renewed, otherKeys), serial: serialOf(renewed) },
        otherMerchant: toPem(other, otherKeys),
        foreign: toPem(untrusted.issue(otherCertificate), otherKeys),
        expired: toPem(wechat.issue({ ...otherCertificate, ...longAgo }), otherKeys),
      },
      toPem(server, serverKeys),
      {
        publicKeyId: `PUB_KEY_ID_01${mchId.padStart(10, '0')}2026080100000000000001`,
        publicKeyPair,
        // These two reuse WeChat's other key pairs: generating two more would slow down each start.
        oldCertificate: platformCertificate(wechatKeys, { validFrom: longAgo.validFrom, validUntil: inHalfAYear }),
        newCertificate: platformCertificate(serverKeys, times),
      },
    );
  }
}

/** The P12 file is written when it is first used, because its encryption takes as long as all certificates together. */
function withP12<T extends object>(certificate: T, write: () => Buffer): T & { readonly p12: Buffer } {
  let p12: Buffer | undefined;
  return Object.defineProperty(certificate, 'p12', { get: () => (p12 ??= write()), enumerable: true }) as T & {
    readonly p12: Buffer;
  };
}

function serialOf(certificate: forge.pki.Certificate): string {
  return certificate.serialNumber.toUpperCase();
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

/** Writes the merchant's files, and WeChat's public key with its id, under the names that the merchant platform uses. */
export async function writeCertificates(folder: string, { all, platform }: SimulatorCertificates): Promise<void> {
  const { ca, merchant } = all;
  await mkdir(folder, { recursive: true });
  const key = join(folder, 'apiclient_key.pem');
  const p12 = join(folder, 'apiclient_cert.p12');
  await writeFile(join(folder, 'ca.pem'), ca);
  await writeFile(join(folder, 'apiclient_cert.pem'), merchant.cert);
  await writeFile(join(folder, 'pub_key.pem'), platform.publicKeyPair.publicKey);
  await writeFile(join(folder, 'pub_key_id.txt'), platform.publicKeyId);
  await writeFile(key, merchant.key, { mode: 0o600 });
  await writeFile(p12, merchant.p12, { mode: 0o600 });
  for (const secret of [key, p12]) await chmod(secret, 0o600); // `mode` has no effect on a file that existed before
}
