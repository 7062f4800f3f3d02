import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import type { Settings } from '../../../config/settings.js';
import type { CertificateSettings } from '../../../config/wechat/certificate-settings.js';
import { type LoadedCertificate, MerchantCertificate, type TlsIdentity } from './merchant-certificate.js';
import type { MerchantKey } from './merchant-key.js';
import { P12Error, type UnpackedP12, unpackP12 } from './unpack-p12.js';

/** Certificate and key, each with the variable that it was read from. */
interface CertificateSource {
  identity: TlsIdentity;
  certificate: string;
  key: string;
}

/**
 * Loads the certificate that the settings name. An expired certificate, or that of another merchant, is loaded too, because
 * the shop must still be able to take payments.
 * @throws Error naming the variable, never its value, when it cannot be read, has the wrong form, or certificate and key do
 * not match.
 */
export async function loadMerchantCertificate(settings: Settings): Promise<MerchantCertificate> {
  const { certificate, keyOnly } = await readMerchantIdentity(settings);
  return new MerchantCertificate(certificate, keyOnly);
}

/** Like `loadMerchantCertificate`, without putting it into use. At most one of both is not null. */
export async function readMerchantIdentity(
  settings: Settings,
): Promise<{ certificate: LoadedCertificate | null; keyOnly: MerchantKey | null }> {
  const source = (await readPemSource(settings.certificate)) ?? (await readP12Source(settings));
  const { WECHAT_MCH_CERT_SERIAL: serial } = settings.certificate;
  if (source === null) return { certificate: null, keyOnly: await readKeyOnly(settings.certificate) };
  const certificate = validateSource(source);
  if (serial !== undefined && serial.toUpperCase() !== certificate.key.serial)
    throw startupError(`WECHAT_MCH_CERT_SERIAL must be the serial number of ${certificate.variable}, or not be set`);
  return { certificate, keyOnly: null };
}

async function readKeyOnly(settings: CertificateSettings): Promise<MerchantKey | null> {
  const key = await readSetting(settings, 'WECHAT_MCH_KEY_FILE', 'WECHAT_MCH_KEY_BASE64');
  const serial = settings.WECHAT_MCH_CERT_SERIAL?.toUpperCase();
  if (key === null || serial === undefined) return null;
  return { privateKey: readPrivateKey(key.content.toString('utf8'), key.variable), serial };
}

async function readPemSource(settings: CertificateSettings): Promise<CertificateSource | null> {
  const cert = await readSetting(settings, 'WECHAT_MCH_CERT_FILE', 'WECHAT_MCH_CERT_BASE64');
  const key = await readSetting(settings, 'WECHAT_MCH_KEY_FILE', 'WECHAT_MCH_KEY_BASE64');
  if (!cert || !key) return null;
  const identity = { cert: cert.content.toString('utf8'), key: key.content.toString('utf8') };
  return { identity, certificate: cert.variable, key: key.variable };
}

async function readP12Source(settings: Settings): Promise<CertificateSource | null> {
  const p12 = await readSetting(settings.certificate, 'WECHAT_MCH_P12_FILE', 'WECHAT_MCH_P12_BASE64');
  if (!p12) return null;
  const { variable, content } = p12;
  const { certificates, key } = await unpackP12(content, settings.wechat.WECHAT_MCH_ID).catch(
    (error: unknown): UnpackedP12 => {
      throw startupError(`${variable} ${error instanceof P12Error ? error.message : 'must be a P12 file'}`);
    },
  );
  // TLS expects the own certificate first; the file may contain them in any order.
  const own = createPrivateKey(key);
  const isOwn = (pem: string): boolean => new X509Certificate(pem).checkPrivateKey(own);
  const cert = [...certificates].sort((one, other) => Number(isOwn(other)) - Number(isOwn(one))).join('');
  return { identity: { cert, key }, certificate: variable, key: variable };
}

async function readSetting(
  settings: CertificateSettings,
  file: 'WECHAT_MCH_CERT_FILE' | 'WECHAT_MCH_KEY_FILE' | 'WECHAT_MCH_P12_FILE',
  base64: 'WECHAT_MCH_CERT_BASE64' | 'WECHAT_MCH_KEY_BASE64' | 'WECHAT_MCH_P12_BASE64',
): Promise<{ variable: string; content: Buffer } | null> {
  const path = settings[file];
  if (path !== undefined) {
    const content = await readFile(path).catch(() => {
      throw startupError(`${file} must be the path of a file that this process can read`);
    });
    return { variable: file, content };
  }
  const text = settings[base64];
  return text === undefined ? null : { variable: base64, content: Buffer.from(text, 'base64') };
}

function validateSource({ identity, certificate, key }: CertificateSource): LoadedCertificate {
  const leaf = readOrRefuse(() => new X509Certificate(identity.cert), `${certificate} must be a readable certificate`);
  const own = readPrivateKey(identity.key, key);
  if (!leaf.checkPrivateKey(own)) throw startupError(`${key} must be the key of the certificate in ${certificate}`);
  readOrRefuse(() => createSecureContext(identity), `${certificate} must be a certificate and key that TLS accepts`);
  return { variable: certificate, leaf, identity, key: { privateKey: own, serial: leaf.serialNumber.toUpperCase() } };
}

function readPrivateKey(pem: string, variable: string): KeyObject {
  return readOrRefuse(() => createPrivateKey(pem), `${variable} must be a readable, unencrypted private key`);
}

/** OpenSSL's message about a bad key may quote the key, so it is dropped. */
function readOrRefuse<T>(read: () => T, message: string): T {
  try {
    return read();
  } catch {
    throw startupError(message);
  }
}

function startupError(message: string): Error {
  return new Error(`Cannot start:\n  ${message}`);
}
