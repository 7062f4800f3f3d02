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
  /** Issues a server certificate for this host. */
  host?: string;
  validFrom?: Date;
  validUntil?: Date;
  key?: string;
}

/** DigestInfo prefix of SHA-256 in a PKCS#1 signature. */
const SHA256_PREFIX = Buffer.from('3031300d060960864801650304020105000420', 'hex');
const DAY_MS = 86_400_000;

/** Issues certificates that only the tests trust. */
export class TestCertificateAuthority {
  private readonly key = generateKey();
  /** Node signs a hundred times faster than node-forge, which accepts any object with a `sign` method. */
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

  issueCertificate(input: TestCertificateInput): CertificateAndKey {
    const { host, key = generateKey() } = input;
    const altName = host !== undefined && (isIP(host) === 0 ? { type: 2, value: host } : { type: 7, ip: host });
    const extensions = altName
      ? [
          { name: 'extKeyUsage', serverAuth: true },
          { name: 'subjectAltName', altNames: [altName] },
        ]
      : [{ name: 'extKeyUsage', clientAuth: true }];
    return { cert: this.signCertificate({ ...input, key }, extensions), key };
  }

  private signCertificate(input: TestCertificateInput & { key: string }, extensions: object[]): string {
    const certificate = forge.pki.createCertificate();
    certificate.publicKey = forge.pki.publicKeyFromPem(publicKeyOf(input.key));
    certificate.serialNumber = `4a${randomBytes(15).toString('hex')}`; // a first bit of 1 would be read as a negative number
    certificate.validity.notBefore = input.validFrom ?? new Date(Date.now() - DAY_MS);
    certificate.validity.notAfter = input.validUntil ?? new Date(Date.now() + 365 * DAY_MS);
    certificate.setSubject([{ shortName: 'CN', value: input.name }]);
    certificate.setIssuer([{ shortName: 'CN', value: this.name }]);
    certificate.setExtensions(extensions);
    certificate.sign(this.signer as unknown as forge.pki.rsa.PrivateKey, forge.md.sha256.create());
    return forge.pki.certificateToPem(certificate);
  }
}

/** Generates an RSA key of 2048 bits, as WeChat's are, PEM. */
export function generateKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** Builds a P12 file of both. */
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
