import type { Settings } from '../../config/settings.js';
import type { Charset } from './charset.js';

/** What the app protocol of 2014 knows a merchant by. Source: v2.md §11. */
export interface AppV1Account {
  appid: string;
  /** 财付通商户号, 10 digits. */
  partnerId: string;
  /** 32 characters, for MD5. */
  partnerKey: string;
  /** 128 characters, for SHA1. */
  paySignKey: string;
  /** What new packages are written in; old ones keep theirs. */
  charset: Charset;
}

/**
 * Null without its keys. A shop that has gone over to v2 keeps them for a while: payments that were begun by this protocol
 * go on by it, whatever new ones are made by.
 */
export function appV1AccountOf(settings: Settings): AppV1Account | null {
  const { WECHAT_V1_PARTNER_KEY: partnerKey, WECHAT_V1_PAY_SIGN_KEY: paySignKey } = settings;
  if (partnerKey === undefined || paySignKey === undefined) return null;
  const { WECHAT_MOBILE_APP_ID: appid, WECHAT_V1_PARTNER_ID: partnerId, WECHAT_V1_CHARSET: charset } = settings;
  return { appid, partnerId, partnerKey, paySignKey, charset };
}
