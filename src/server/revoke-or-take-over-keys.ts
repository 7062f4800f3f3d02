import { type EntityManager, IsNull } from 'typeorm';
import { type Actor, AuditLog } from '../audit/audit-log.js';
import { type ApiKeyView, apiKeyView } from './api-key.dto.js';
import { ApiKey, isActive } from './api-key.entity.js';

/** What becomes of the live keys of an administrator who is disabled or demoted. */
export const API_KEY_ACTIONS = ['revoke', 'takeOver'] as const;
export type ApiKeyAction = (typeof API_KEY_ACTIONS)[number];

/**
 * Ends the live keys that this account answers for, or makes the actor answer for them, within the transaction that disables
 * or demotes the account. May be repeated.
 * @returns the keys as they are afterwards.
 */
export async function revokeOrTakeOverKeys(
  tx: EntityManager,
  audit: AuditLog,
  { actor, adminId, choice, now }: { actor: Actor; adminId: string; choice: ApiKeyAction; now: Date },
): Promise<ApiKeyView[]> {
  const keys = await tx.find(ApiKey, { where: { responsibleId: adminId, revokedAt: IsNull() }, order: { id: 'ASC' } });
  const settled: ApiKeyView[] = [];
  for (const key of keys.filter((one) => isActive(one, now))) {
    const { keyId: subject, responsibleId } = key;
    const change = choice === 'revoke' ? { revokedAt: now } : { responsibleId: actor.id };
    await tx.update(ApiKey, { keyId: subject, revokedAt: IsNull() }, change);
    if (choice === 'revoke') {
      const lines = { before: { revokedAt: null }, after: { revokedAt: now } };
      await audit.write(tx, { actor, action: 'api-key.revoke', subject, ...lines });
    } else {
      const lines = { before: { responsibleId }, after: { responsibleId: actor.id } };
      await audit.write(tx, { actor, action: 'api-key.take-over', subject, ...lines });
    }
    settled.push(apiKeyView(Object.assign(key, change), now));
  }
  return settled;
}
