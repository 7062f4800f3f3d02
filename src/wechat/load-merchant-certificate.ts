import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import type { Settings } from '../config/settings.js';
import { type LoadedCertificate, MerchantCertificate, type TlsIdentity } from './merchant-certificate.js';
import { P12Error, type UnpackedP12, unpackP12 } from './unpack-p12.js';

/** Certificate and key, each with the variable to blame. */
interface CertificateSource {
  identity: TlsIdentity;
  certificate: string;
  key: string;
}

/**
 * Loads the certificate that the settings name. One that has expired or is somebody else's is loaded all the same: the shop
 * must be able to take payments.
 * @throws Error naming the variable, and never its value, when it cannot be read, is not what it should be, or certificate
 * and key do not belong together.
 */
export async function loadMerchantCertificate(settings: Settings): Promise<MerchantCertificate> {
  return new MerchantCertificate(await readMerchantCertificate(settings));
}

/** As `loadMerchantCertificate`, without taking it into use. Null when the settings name none. */
export async function readMerchantCertificate(settings: Settings): Promise<LoadedCertificate | null> {
  const source = (await readPemSource(settings)) ?? (await readP12Source(settings));
  return source && validateSource(source);
}

async function readPemSource(settings: Settings): Promise<CertificateSource | null> {
  const cert = await readSetting(settings, 'WECHAT_MCH_CERT_FILE', 'WECHAT_MCH_CERT_BASE64');
  const key = await readSetting(settings, 'WECHAT_MCH_KEY_FILE', 'WECHAT_MCH_KEY_BASE64');
  if (!cert || !key) return null;
  const identity = { cert: cert.content.toString('utf8'), key: key.content.toString('utf8') };
  return { identity, certificate: cert.variable, key: key.variable };
}

async function readP12Source(settings: Settings): Promise<CertificateSource | null> {
  const p12 = await readSetting(settings, 'WECHAT_MCH_P12_FILE', 'WECHAT_MCH_P12_BASE64');
  if (!p12) return null;
  const { variable, content } = p12;
  const { certificates, key } = await unpackP12(content, settings.WECHAT_MCH_ID).catch(
    (error: unknown): UnpackedP12 => {
      throw startupError(`${variable} ${error instanceof P12Error ? error.message : 'must be a P12 file'}`);
    },
  );
  // Its own certificate first, as TLS wants it; in the file they lie in any order.
  const own = createPrivateKey(key);
  const isOwn = (pem: string): boolean => new X509Certificate(pem).checkPrivateKey(own);
  const cert = [...certificates].sort((one, other) => Number(isOwn(other)) - Number(isOwn(one))).join('');
  return { identity: { cert, key }, certificate: variable, key: variable };
}

async function readSetting(
  settings: Settings,
  file: 'WECHAT_MCH_CERT_FILE' | 'WECHAT_MCH_KEY_FILE' | 'WECHAT_MCH_P12_FILE',
  base64: 'WECHAT_MCH_CERT_BASE64' | 'WECHAT_MCH_KEY_BASE64' | 'WECHAT_MCH_P12_BASE64',
): Promise<{ variable: string; content: Buffer } | null> {
  const path = settings[file];
  if (path !== undefined) {
    const content = await readFile(path).catch(() => {
      throw startupError(`${file} must be the path of a file that this process may read`);
    });
    return { variable: file, content };
  }
  const text = settings[base64];
  return text === undefined ? null : { variable: base64, content: Buffer.from(text, 'base64') };
}

function validateSource({ identity, certificate, key }: CertificateSource): LoadedCertificate {
  const leaf = readOrRefuse(
    () => new X509Certificate(identity.cert),
    `${certificate} must be a certificate that can be read`,
  );
  const own = readOrRefuse<KeyObject>(
    () => createPrivateKey(identity.key),
    `${key} must be an unencrypted private key that can be read`,
  );
  if (!leaf.checkPrivateKey(own)) throw startupError(`${key} must be the key of the certificate in ${certificate}`);
  readOrRefuse(() => createSecureContext(identity), `${certificate} must be a certificate and key that TLS takes`);
  return { variable: certificate, leaf, identity };
}

/** What OpenSSL says of a bad key may quote it: its words go nowhere. */
function readOrRefuse<T>(read: () => T, complaint: string): T {
  try {
    return read();
  } catch {
    throw startupError(complaint);
  }
}

function startupError(complaint: string): Error {
  return new Error(`Cannot start:\n  ${complaint}`);
}
