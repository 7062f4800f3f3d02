import { generateKeyPair, constants, privateEncrypt, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import forge from 'node-forge';
import { isIP } from 'node:net';

/** Both keys in PEM format. */
export interface KeyPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

const generate = promisify(generateKeyPair);

/**
 * RSA with 2048 bits, as in WeChat's certificates. Runs off the main thread, so several can be generated in parallel.
 */
export function makeKeyPair(): Promise<KeyPair> {
  return generate('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

/** DER of `DigestInfo` up to the hash; it states that the hash is SHA-256. Source: RFC 8017, 9.2. */
const SHA256_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex');

/** A key for forge that signs with Node's RSA: forge's own arithmetic would add one second to each start. */
function signingKey({ privateKey }: KeyPair): forge.pki.rsa.PrivateKey {
  const key = forge.pki.privateKeyFromPem(privateKey);
  key.sign = (hash: forge.md.MessageDigest) => {
    const info = Buffer.concat([SHA256_INFO, Buffer.from(hash.digest().getBytes(), 'binary')]);
    return privateEncrypt({ key: privateKey, padding: constants.RSA_PKCS1_PADDING }, info).toString('binary');
  };
  return key;
}

/** Names of the holder or the issuer of a certificate. */
export interface CertificateSubject {
  readonly CN: string;
  readonly O: string;
  readonly OU?: string;
}

export interface CertificateInput {
  readonly subject: CertificateSubject;
  readonly keys: KeyPair;
  readonly validFrom: Date;
  readonly validUntil: Date;
  /** Host names and addresses of a server. Without them it is a client certificate. */
  readonly hosts?: readonly string[];
}

/** Issues certificates, as Tenpay does for merchants. */
export class CertificateAuthority {
  constructor(
    private readonly name: CertificateSubject,
    private readonly keys: KeyPair,
  ) {}

  /** The certificate of the authority itself, which its clients trust. */
  createOwnCertificate(validFrom: Date, validUntil: Date): forge.pki.Certificate {
    const certificate = this.draft({ subject: this.name, keys: this.keys, validFrom, validUntil });
    certificate.setExtensions([
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ]);
    return this.sign(certificate);
  }

  issue(input: CertificateInput): forge.pki.Certificate {
    const certificate = this.draft(input);
    certificate.setExtensions([
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
      ...(input.hosts === undefined ? [{ name: 'extKeyUsage', clientAuth: true }] : serverExtensions(input.hosts)),
    ]);
    return this.sign(certificate);
  }

  private draft({ subject, keys, validFrom, validUntil }: CertificateInput): forge.pki.Certificate {
    const certificate = forge.pki.createCertificate();
    certificate.publicKey = forge.pki.publicKeyFromPem(keys.publicKey);
    certificate.serialNumber = `4a${randomBytes(19).toString('hex')}`; // a first bit of 1 would be read as a negative number
    certificate.validity.notBefore = validFrom;
    certificate.validity.notAfter = validUntil;
    certificate.setSubject(attributesOf(subject));
    certificate.setIssuer(attributesOf(this.name));
    return certificate;
  }

  private sign(certificate: forge.pki.Certificate): forge.pki.Certificate {
    certificate.sign(signingKey(this.keys), forge.md.sha256.create());
    return certificate;
  }
}

function attributesOf(subject: CertificateSubject): forge.pki.CertificateField[] {
  const utf8 = forge.asn1.Type.UTF8 as unknown as forge.asn1.Class; // the type definitions confuse tags and classes
  const names = [
    ['CN', subject.CN],
    ['OU', subject.OU],
    ['O', subject.O],
    ['L', 'Shenzhen'],
    ['C', 'CN'],
  ] as const;
  return names.flatMap(([shortName, value]) =>
    value === undefined ? [] : [{ shortName, value, ...(shortName === 'C' ? {} : { valueTagClass: utf8 }) }],
  );
}

function serverExtensions(hosts: readonly string[]): object[] {
  const altNames = hosts.map((host) => (isIP(host) === 0 ? { type: 2, value: host } : { type: 7, ip: host }));
  return [
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectAltName', altNames },
  ];
}
