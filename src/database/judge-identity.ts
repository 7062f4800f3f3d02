import type { Settings } from '../config/settings.js';
import type { ShopIdentity } from './shop-identity.entity.js';

type Known = Pick<ShopIdentity, 'mode' | 'mchId'>;
type Present = Pick<Settings, 'WECHAT_MODE' | 'WECHAT_MCH_ID' | 'ACCEPT_MERCHANT_CHANGE_FROM'>;

/** `SAME` nothing to do · `REMEMBER` the settings become what the database knows · `REFUSED` the service must not start. */
export type IdentityVerdict = { kind: 'SAME' | 'REMEMBER' } | { kind: 'REFUSED'; reason: string };

/** Decides whether a service with these settings may use this database. @param known null in a new database. */
export function judgeIdentity(known: Known | null, present: Present): IdentityVerdict {
  if (known === null) return { kind: 'REMEMBER' };
  const { WECHAT_MODE: mode, WECHAT_MCH_ID: mchId, ACCEPT_MERCHANT_CHANGE_FROM: accepted } = present;
  if (known.mode !== null && known.mode !== mode) return { kind: 'REFUSED', reason: otherMode(known, mode) };
  if (known.mchId === mchId) return { kind: known.mode === null ? 'REMEMBER' : 'SAME' };
  return accepted === known.mchId ? { kind: 'REMEMBER' } : { kind: 'REFUSED', reason: otherMerchant(known, mchId) };
}

function otherMode(known: Known, mode: 'simulator' | 'live'): string {
  return mode === 'simulator'
    ? `WECHAT_MODE must be live: the database in DATABASE_URL belongs to the live merchant ${known.mchId}, and the ` +
        'simulator lets anyone pay with invented money. Set NODE_ENV=production, or use another database for tests'
    : 'DATABASE_URL must be another database: this one belongs to the simulator, its orders were paid with invented ' +
        'money. Use a new database for real payments';
}

function otherMerchant(known: Known, mchId: string): string {
  return (
    `WECHAT_MCH_ID must be ${known.mchId}: the database in DATABASE_URL belongs to that merchant, not to ${mchId}. ` +
    `Correct WECHAT_MCH_ID or DATABASE_URL; if the shop changes its merchant number, set ` +
    `ACCEPT_MERCHANT_CHANGE_FROM=${known.mchId}`
  );
}
