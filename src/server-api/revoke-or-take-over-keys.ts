import { type EntityManager, IsNull } from 'typeorm';
import { type Actor, AuditLog } from '../audit/audit-log.js';
import { type ApiKeyView, apiKeyView } from './api-key.dto.js';
import { ApiKey, isActive } from './api-key.entity.js';

/** What happens to the active keys of an administrator who is disabled or demoted. */
export const API_KEY_ACTIONS = ['revoke', 'takeOver'] as const;
export type ApiKeyAction = (typeof API_KEY_ACTIONS)[number];

/**
 * Revokes the active keys of a responsible account, or makes the actor responsible for them, within the transaction that
 * disables or demotes the account. Safe to repeat.
 * @returns the changed keys.
 */
export async function revokeOrTakeOverKeys(
  tx: EntityManager,
  audit: AuditLog,
  { actor, accountId, keyAction, now }: { actor: Actor; accountId: string; keyAction: ApiKeyAction; now: Date },
): Promise<ApiKeyView[]> {
  const keys = await tx.find(ApiKey, {
    where: { responsibleId: accountId, revokedAt: IsNull() },
    order: { id: 'ASC' },
  });
  const changedKeys: ApiKeyView[] = [];
  for (const key of keys.filter((each) => isActive(each, now))) {
    const { keyId: subject, responsibleId } = key;
    const change = keyAction === 'revoke' ? { revokedAt: now } : { responsibleId: actor.id };
    await tx.update(ApiKey, { keyId: subject, revokedAt: IsNull() }, change);
    if (keyAction === 'revoke') {
      const values = { before: { revokedAt: null }, after: { revokedAt: now } };
      await audit.write(tx, { actor, action: 'api-key.revoke', subject, ...values });
    } else {
      const values = { before: { responsibleId }, after: { responsibleId: actor.id } };
      await audit.write(tx, { actor, action: 'api-key.take-over', subject, ...values });
    }
    changedKeys.push(apiKeyView(Object.assign(key, change), now));
  }
  return changedKeys;
}
