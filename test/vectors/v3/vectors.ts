import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** A request to sign. `authorization` or `signature` is the expected result. */
interface RequestVector {
  method: 'GET' | 'POST';
  url: string;
  timestamp: string;
  nonce: string;
  body: string;
  signature?: string;
  authorization?: string;
}

/** A message of WeChat with its signature headers. `plain` is the decrypted resource of a notice. */
export interface SignedVector {
  timestamp: string;
  nonce: string;
  serial: string;
  signature: string;
  body: string;
  plain?: string;
}

interface PayVector {
  timestamp: string;
  nonce: string;
  prepayId: string;
  signature: string;
}

interface Vectors {
  mchid: string;
  appid: string;
  merchantSerial: string;
  publicKeyId: string;
  certificateSerial: string;
  oldCertificateSerial: string;
  apiV3Key: string;
  keys: Record<
    | ('merchantPrivate' | 'merchantPublic' | 'wechatPrivate' | 'wechatPublic')
    | ('oldWechatPublic' | 'oldWechatPrivate'),
    string
  >;
  requests: Record<'V1' | 'V2' | 'V12' | 'V15' | 'V15download' | 'V20', RequestVector>;
  answers: Record<
    ('V3' | 'V4' | 'V12' | 'V15' | 'V16' | 'V17' | 'V18') | ('V20accepted' | 'V20notEnough' | 'V20paramError'),
    SignedVector
  >;
  /** Lines end with CRLF. `V15gzip` is base64 of the compressed V15. */
  bills: Record<'V10' | 'V15' | 'V15gzip', string>;
  notices: Record<'V6' | 'V7' | 'V14' | 'V19first' | 'V19repeat', SignedVector>;
  clientParameters: { V5mini: PayVector; V5app: PayVector; V13: Record<string, string> };
  certificate: { nonce: string; associatedData: string; ciphertext: string; plainSha256: string };
  sensitive: { plain: string; ciphertext: string };
  officialAnswer: SignedVector & { publicKey: string };
  officialRequests: { publicKey: string; samples: { text: string; signature: string }[] };
}

/**
 * The vectors V1 to V21 of API v3: two key pairs that are used nowhere else, and samples of WeChat's own pages.
 * RSA signatures of this kind are deterministic, so they must match byte for byte.
 */
export const VECTORS = JSON.parse(readFileSync(new URL('vectors.json', import.meta.url), 'utf8')) as Vectors;

export function privateKeyOf(base64: string): KeyObject {
  return createPrivateKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'pkcs8' });
}

export function publicKeyOf(base64: string): KeyObject {
  return createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' });
}

/** WeChat's key by its id, as a merchant holds it during a change from certificates to the public key. */
export function findWechatKey(serial: string): KeyObject | null {
  const { keys, publicKeyId, certificateSerial, oldCertificateSerial } = VECTORS;
  if (serial === publicKeyId || serial === certificateSerial) return publicKeyOf(keys.wechatPublic);
  return serial === oldCertificateSerial ? publicKeyOf(keys.oldWechatPublic) : null;
}

/** The headers of a signed message, by lower-case name. */
export function headersOf({ timestamp, nonce, serial, signature }: SignedVector): Record<string, string> {
  return {
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': nonce,
    'wechatpay-serial': serial,
    'wechatpay-signature': signature,
  };
}

/** The instant of a vector, a moment after it was signed. */
export function momentOf({ timestamp }: { timestamp: string }): Date {
  return new Date(Number(timestamp) * 1000 + 400);
}
