import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import forge from 'node-forge';
import { KeyPair } from './key-pair.js';
import { signingKey } from './signing-key.js';

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
  certificate(validFrom: Date, validUntil: Date): forge.pki.Certificate {
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
    certificate.serialNumber = `4a${randomBytes(15).toString('hex')}`; // a first bit of 1 would be read as a negative number
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
