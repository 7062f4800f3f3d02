import type { DataSource, EntityManager } from 'typeorm';
import type { Settings } from '../../config/settings.js';
import type { WechatSettings } from '../../config/wechat/wechat-settings.js';
import { isUniqueViolation } from '../database-errors.js';
import { type ShopIdentityCheck, checkShopIdentity } from './check-shop-identity.js';
import { ShopIdentity, SHOP_IDENTITY_ROW_ID } from './shop-identity.entity.js';
import { UnitOfWork } from '../unit-of-work.js';

/** Attempts when several instances start at once: an instance that loses the race reads the row that the other wrote. */
const MAX_ATTEMPTS = 5;

/** The settings belong to another shop than the database. A retry cannot succeed. */
export class ForeignDatabaseError extends Error {
  constructor(reason: string) {
    super(`Cannot start:\n  ${reason}`);
  }
}

/**
 * Stores the mode and the merchant number at the first start, and rejects others at every later start. Safe to repeat and to
 * run on several instances at once.
 * @throws ForeignDatabaseError with a text that names the variable to change.
 */
export async function ensureShopIdentity(dataSource: DataSource, settings: Settings): Promise<void> {
  const unitOfWork = new UnitOfWork(dataSource);
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    const check = await unitOfWork.run((tx) => saveIdentity(tx, settings.wechat)).catch(nullIfUniqueViolation);
    if (check?.kind === 'REFUSED') throw new ForeignDatabaseError(check.reason);
    if (check !== null) return;
  }
  throw new Error('The shop identity could not be stored in the database. Start the service again.');
}

/** @returns null if another instance was faster. */
async function saveIdentity(tx: EntityManager, settings: WechatSettings): Promise<ShopIdentityCheck | null> {
  const known = await tx.findOneBy(ShopIdentity, { id: SHOP_IDENTITY_ROW_ID });
  const check = checkShopIdentity(known, settings);
  if (check.kind !== 'STORE') return check;
  const row = { mode: settings.WECHAT_MODE, mchId: settings.WECHAT_MCH_ID };
  if (known === null) {
    await tx.insert(ShopIdentity, { id: SHOP_IDENTITY_ROW_ID, ...row, since: new Date() });
    return check;
  }
  const { affected } = await tx.update(
    ShopIdentity,
    { id: SHOP_IDENTITY_ROW_ID, mchId: known.mchId },
    { ...row, since: new Date() },
  );
  return affected === 1 ? check : null;
}

function nullIfUniqueViolation(error: unknown): null {
  if (isUniqueViolation(error)) return null;
  throw error;
}
