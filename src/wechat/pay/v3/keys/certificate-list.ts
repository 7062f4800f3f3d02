import { X509Certificate } from 'node:crypto';
import { fromRfc3339 } from '../messages/rfc3339.js';
import { type JsonObject, objectAt, parseObject, textAt } from '../messages/strict-json.js';
import { decryptResource } from './aead.js';
import type { PlatformCertificate } from './wechat-key-store.js';

/** Entries that are read. WeChat lists one certificate, and two during a replacement. */
const MAX_CERTIFICATES = 20;

/**
 * Decrypts the list of platform certificates. The APIv3 key authenticates each entry, so no authority is asked. The caller
 * verifies the signature of the whole list with one of them. Source: docs/wechat-protocol.md, v3 §1.5.
 * @returns null when it is no list, or when an entry is not authentic or contradicts its certificate.
 */
export function decryptCertificateList(body: Buffer, apiV3Key: string): PlatformCertificate[] | null {
  const data = parseObject(body)?.['data'];
  if (!Array.isArray(data) || data.length > MAX_CERTIFICATES) return null;
  const certificates = (data as unknown[]).map((entry) =>
    typeof entry === 'object' && entry !== null ? decryptEntry(entry as JsonObject, apiV3Key) : null,
  );
  return certificates.every((certificate) => certificate !== null) ? certificates : null;
}

function decryptEntry(entry: JsonObject, apiV3Key: string): PlatformCertificate | null {
  const serial = textAt(entry, 'serial_no')?.toUpperCase();
  const encrypted = objectAt(entry, 'encrypt_certificate');
  const [effectiveAt, expiresAt] = [fromRfc3339(entry['effective_time']), fromRfc3339(entry['expire_time'])];
  if (serial === undefined || encrypted === null || effectiveAt === null || expiresAt === null) return null;
  const { algorithm, nonce, associated_data, ciphertext } = encrypted;
  const pem = decryptResource({ algorithm, nonce, associated_data, ciphertext }, apiV3Key);
  const certificate = pem === null ? null : parseCertificate(pem);
  if (certificate?.serialNumber.toUpperCase() !== serial || certificate.publicKey.asymmetricKeyType !== 'rsa')
    return null;
  return { serial, key: certificate.publicKey, effectiveAt, expiresAt };
}

function parseCertificate(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem);
  } catch {
    return null;
  }
}
