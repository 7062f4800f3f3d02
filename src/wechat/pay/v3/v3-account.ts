import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Settings } from '../../../config/settings.js';
import { type H5Site, h5SiteOf } from '../messages/h5-site.js';
import type { WechatPublicKey } from './keys/wechat-key-store.js';

/** A merchant's account in WeChat Pay API v3, and where its calls go. */
export interface V3Account {
  appId: string;
  /** The mobile app of payments with trade type APP. */
  mobileAppId: string;
  mchId: string;
  /** 32 characters. Decrypts notices and platform certificates. */
  apiV3Key: string;
  /** Tried in order. */
  baseUrls: readonly string[];
  h5: H5Site;
}

/** Returns null when its key is not configured. */
export function v3AccountOf(settings: Settings): V3Account | null {
  const { wechat, v3 } = settings;
  const { WECHAT_API_V3_KEY: apiV3Key } = v3;
  if (apiV3Key === undefined) return null;
  const { WECHAT_PAY_BASE_URL: first, WECHAT_PAY_BACKUP_BASE_URL: backup } = wechat;
  return {
    appId: wechat.WECHAT_APP_ID,
    mobileAppId: wechat.WECHAT_MOBILE_APP_ID,
    mchId: wechat.WECHAT_MCH_ID,
    apiV3Key,
    baseUrls: [first, ...(backup === undefined ? [] : [backup])],
    h5: h5SiteOf(settings),
  };
}

/**
 * WeChat Pay's public key; null when it is not configured.
 * @throws Error naming the variable when it is no RSA key.
 */
export function readWechatPublicKey({ v3 }: Settings): WechatPublicKey | null {
  const { WECHAT_PAY_PUBLIC_KEY_FILE: file, WECHAT_PAY_PUBLIC_KEY_BASE64: base64, WECHAT_PAY_PUBLIC_KEY_ID: id } = v3;
  if (id === undefined || (file === undefined && base64 === undefined)) return null;
  const variable = file === undefined ? 'WECHAT_PAY_PUBLIC_KEY_BASE64' : 'WECHAT_PAY_PUBLIC_KEY_FILE';
  const pem = file === undefined ? Buffer.from(base64 ?? '', 'base64').toString('utf8') : readFileSync(file, 'utf8');
  try {
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType === 'rsa') return { id, key };
  } catch {
    // OpenSSL's message may quote the text.
  }
  throw new Error(`Cannot start:\n  ${variable} must be the RSA public key of WeChat Pay, pub_key.pem`);
}
