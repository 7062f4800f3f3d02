import type { Settings } from '../../../config/settings.js';
import type { Charset } from './charset.js';

/** A merchant's account in the app protocol of 2014. Source: docs/wechat-protocol.md, v1 §1. */
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
  /** Whether new APP payments begin with this protocol. */
  beginsAppPayments: boolean;
}

/**
 * Returns null when its keys are not configured. A shop that has moved to v2 keeps them for a while, because a payment
 * continues with the protocol it was created with.
 */
export function appV1AccountOf({ wechat, appV1 }: Settings): AppV1Account | null {
  const { WECHAT_V1_PARTNER_KEY: partnerKey, WECHAT_V1_PAY_SIGN_KEY: paySignKey } = appV1;
  if (partnerKey === undefined || paySignKey === undefined) return null;
  const { WECHAT_V1_PARTNER_ID: partnerId, WECHAT_V1_CHARSET: charset } = appV1;
  const beginsAppPayments = appV1.WECHAT_APP_PROTOCOL === 'v1';
  return { appid: wechat.WECHAT_MOBILE_APP_ID, partnerId, partnerKey, paySignKey, charset, beginsAppPayments };
}
