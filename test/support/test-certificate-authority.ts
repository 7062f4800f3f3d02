import {
  constants,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  privateEncrypt,
  randomBytes,
} from 'node:crypto';
import { isIP } from 'node:net';
import forge from 'node-forge';

/** A certificate and its key, PEM. */
export interface CertificateAndKey {
  cert: string;
  key: string;
}

export interface TestCertificateInput {
  name: string;
  /** Makes it a server's. */
  host?: string;
  validFrom?: Date;
  validUntil?: Date;
  key?: string;
}

/** What says, in a signature by PKCS#1, that the digest is one of SHA-256. */
const SHA256_PREFIX = Buffer.from('3031300d060960864801650304020105000420', 'hex');
const DAY_MS = 86_400_000;

/** Somebody who issues certificates for tests, and whom nobody else trusts. */
export class TestCertificateAuthority {
  private readonly key = generateKey();
  /** Node signs a hundred times faster than the library, which only needs something that signs. */
  private readonly signer = {
    sign: (hash: forge.md.MessageDigest): string => {
      const digest = Buffer.concat([SHA256_PREFIX, Buffer.from(hash.digest().toHex(), 'hex')]);
      return privateEncrypt({ key: this.key, padding: constants.RSA_PKCS1_PADDING }, digest).toString('latin1');
    },
  };
  readonly cert: string;

  constructor(private readonly name = 'a test authority') {
    this.cert = this.signCertificate({ name, key: this.key }, [{ name: 'basicConstraints', cA: true, critical: true }]);
  }

  issueCertificate(wish: TestCertificateInput): CertificateAndKey {
    const { host, key = generateKey() } = wish;
    const altName = host !== undefined && (isIP(host) === 0 ? { type: 2, value: host } : { type: 7, ip: host });
    const extensions = altName
      ? [
          { name: 'extKeyUsage', serverAuth: true },
          { name: 'subjectAltName', altNames: [altName] },
        ]
      : [{ name: 'extKeyUsage', clientAuth: true }];
    return { cert: this.signCertificate({ ...wish, key }, extensions), key };
  }

  private signCertificate(wish: TestCertificateInput & { key: string }, extensions: object[]): string {
    const certificate = forge.pki.createCertificate();
    certificate.publicKey = forge.pki.publicKeyFromPem(publicKeyOf(wish.key));
    certificate.serialNumber = `4a${randomBytes(15).toString('hex')}`; // a first bit of 1 would read as a negative number
    certificate.validity.notBefore = wish.validFrom ?? new Date(Date.now() - DAY_MS);
    certificate.validity.notAfter = wish.validUntil ?? new Date(Date.now() + 365 * DAY_MS);
    certificate.setSubject([{ shortName: 'CN', value: wish.name }]);
    certificate.setIssuer([{ shortName: 'CN', value: this.name }]);
    certificate.setExtensions(extensions);
    certificate.sign(this.signer as unknown as forge.pki.rsa.PrivateKey, forge.md.sha256.create());
    return forge.pki.certificateToPem(certificate);
  }
}

/** RSA with 2048 bits, as WeChat's are, PEM. */
export function generateKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** Both in one P12 file. */
export function buildP12(
  { cert, key }: CertificateAndKey,
  password: string,
  algorithm: '3des' | 'aes256' = 'aes256',
): Buffer {
  const [certificate, own] = [forge.pki.certificateFromPem(cert), forge.pki.privateKeyFromPem(key)];
  const file = forge.pkcs12.toPkcs12Asn1(own, certificate, password, { algorithm });
  return Buffer.from(forge.asn1.toDer(file).getBytes(), 'latin1');
}

function publicKeyOf(key: string): string {
  return createPublicKey(createPrivateKey(key)).export({ type: 'spki', format: 'pem' }).toString();
}
