import type { Settings } from '../../config/settings.js';
import type { Charset } from './charset.js';

/** A merchant's account in the app protocol of 2014. Source: v2.md §11. */
export interface AppV1Account {
  appid: string;
  /** 财付通商户号 (Tenpay merchant number), 10 digits. */
  partnerId: string;
  /** 32 characters, for MD5. */
  partnerKey: string;
  /** 128 characters, for SHA1. */
  paySignKey: string;
  /** The charset of new packages. Old ones keep theirs. */
  charset: Charset;
}

/**
 * Returns null when its keys are not configured. A shop that has moved to v2 keeps them for a while, because a payment
 * continues with the protocol it was created with.
 */
export function appV1AccountOf(settings: Settings): AppV1Account | null {
  const { WECHAT_V1_PARTNER_KEY: partnerKey, WECHAT_V1_PAY_SIGN_KEY: paySignKey } = settings;
  if (partnerKey === undefined || paySignKey === undefined) return null;
  const { WECHAT_MOBILE_APP_ID: appid, WECHAT_V1_PARTNER_ID: partnerId, WECHAT_V1_CHARSET: charset } = settings;
  return { appid, partnerId, partnerKey, paySignKey, charset };
}
