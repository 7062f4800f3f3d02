import type { WechatSettings } from '../../config/wechat/wechat-settings.js';
import type { ShopIdentity } from './shop-identity.entity.js';

type StoredIdentity = Pick<ShopIdentity, 'mode' | 'mchId'>;
type CurrentIdentity = Pick<WechatSettings, 'WECHAT_MODE' | 'WECHAT_MCH_ID' | 'ACCEPT_MERCHANT_CHANGE_FROM'>;

/** `SAME`: nothing to do. `STORE`: store the current settings. `REFUSED`: the service must not start. */
export type ShopIdentityCheck = { kind: 'SAME' | 'STORE' } | { kind: 'REFUSED'; reason: string };

/** Checks whether a service with these settings may use this database. @param known null in a new database. */
export function checkShopIdentity(known: StoredIdentity | null, present: CurrentIdentity): ShopIdentityCheck {
  if (known === null) return { kind: 'STORE' };
  const { WECHAT_MODE: mode, WECHAT_MCH_ID: mchId, ACCEPT_MERCHANT_CHANGE_FROM: accepted } = present;
  if (known.mode !== null && known.mode !== mode) return { kind: 'REFUSED', reason: otherModeReason(known, mode) };
  if (known.mchId === mchId) return { kind: known.mode === null ? 'STORE' : 'SAME' };
  return accepted === known.mchId ? { kind: 'STORE' } : { kind: 'REFUSED', reason: otherMerchantReason(known, mchId) };
}

function otherModeReason(known: StoredIdentity, mode: 'simulator' | 'live'): string {
  return mode === 'simulator'
    ? `WECHAT_MODE must be live: the database in DATABASE_URL belongs to the live merchant ${known.mchId}, and the ` +
        'simulator accepts payments without real money. Set NODE_ENV=production, or use another database for tests'
    : 'DATABASE_URL must be another database: this one belongs to the simulator, and its orders were paid without real ' +
        'money. Use a new database for real payments';
}

function otherMerchantReason(known: StoredIdentity, mchId: string): string {
  return (
    `WECHAT_MCH_ID must be ${known.mchId}: the database in DATABASE_URL belongs to that merchant, not to ${mchId}. ` +
    `Correct WECHAT_MCH_ID or DATABASE_URL; if the shop changes its merchant number, set ` +
    `ACCEPT_MERCHANT_CHANGE_FROM=${known.mchId}`
  );
}
