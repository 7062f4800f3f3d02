import { generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';

/** The keys of one run for API v3: they are generated, so that none is stored in the repository. */
export interface V3Keys {
  /** 32 characters. */
  apiV3Key: string;
  merchantSerial: string;
  merchantPrivateKey: KeyObject;
  wechatKeyId: string;
  wechatPrivateKey: KeyObject;
  wechatPublicKey: KeyObject;
}

export function generateV3Keys(): V3Keys {
  const [merchant, wechat] = [newKeyPair(), newKeyPair()];
  return {
    apiV3Key: randomBytes(16).toString('hex'),
    merchantSerial: randomBytes(20).toString('hex').toUpperCase(),
    merchantPrivateKey: merchant.privateKey,
    wechatKeyId: 'PUB_KEY_ID_0000000000000000000000000000000000',
    wechatPrivateKey: wechat.privateKey,
    wechatPublicKey: wechat.publicKey,
  };
}

function newKeyPair() {
  return generateKeyPairSync('rsa', { modulusLength: 2048 });
}

export function privatePem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** The environment of a live service that uses only API v3. */
export function v3Environment(keys: V3Keys): Record<string, string> {
  return {
    WECHAT_API_KEY: '',
    WECHAT_API_V3_KEY: keys.apiV3Key,
    WECHAT_MCH_KEY_BASE64: base64(privatePem(keys.merchantPrivateKey)),
    WECHAT_MCH_CERT_SERIAL: keys.merchantSerial,
    WECHAT_PAY_PUBLIC_KEY_BASE64: base64(keys.wechatPublicKey.export({ type: 'spki', format: 'pem' }).toString()),
    WECHAT_PAY_PUBLIC_KEY_ID: keys.wechatKeyId,
  };
}

export function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
