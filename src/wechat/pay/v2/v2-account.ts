import type { Settings } from '../../../config/settings.js';
import { type H5Site, h5SiteOf } from '../messages/h5-site.js';
import type { ChannelAccount, StoredRequest } from '../payment-channel.js';
import type { Fields, SignType } from './signature.js';

/** A merchant's account in WeChat Pay v2, and where its calls go. */
export interface V2Account {
  appId: string;
  /** The mobile app of payments with trade type APP. */
  mobileAppId: string;
  mchId: string;
  apiKey: string;
  /** The sign type of new requests. Stored ones keep theirs. */
  signType: SignType;
  /** Tried in order. */
  baseUrls: readonly string[];
  /** Same for refunds, which need the client certificate. */
  mutualTlsBaseUrls: readonly string[];
  h5: H5Site;
}

/** Returns null when its key is not configured. */
export function v2AccountOf(settings: Settings): V2Account | null {
  const { wechat, v2 } = settings;
  const { WECHAT_API_KEY: apiKey, WECHAT_SIGN_TYPE: signType, WECHAT_PAY_CERT_BASE_URL: mutualTls } = v2;
  if (apiKey === undefined) return null;
  const { WECHAT_PAY_BASE_URL: first, WECHAT_PAY_BACKUP_BASE_URL: backup } = wechat;
  const backups = backup === undefined ? [] : [backup];
  return {
    appId: wechat.WECHAT_APP_ID,
    mobileAppId: wechat.WECHAT_MOBILE_APP_ID,
    mchId: wechat.WECHAT_MCH_ID,
    apiKey,
    signType,
    baseUrls: [first, ...backups],
    // The backup host belongs to WECHAT_PAY_BASE_URL: it accepts refunds only where that host does.
    mutualTlsBaseUrls: [mutualTls, ...(mutualTls === first ? backups : [])],
    h5: h5SiteOf(settings),
  };
}

/** The fields that every request has, without nonce and signature. */
export function merchantFields({ appId: appid, mchId: mch_id }: ChannelAccount, sign_type: SignType): Fields {
  return { appid, mch_id, sign_type };
}

export function parseRequest({ request }: StoredRequest): Fields {
  return JSON.parse(request) as Fields;
}
