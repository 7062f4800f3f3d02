import { Injectable } from '@nestjs/common';
import { type EntityManager, type FindOptionsWhere, IsNull, LessThanOrEqual, Or } from 'typeorm';
import { type Actor, AuditLog } from '../audit/audit-log.js';
import { Clock } from '../common/time/clock.js';
import { DomainError } from '../common/problem/domain-error.js';
import { isEqualInConstantTime } from '../common/constant-time.js';
import { sha256 } from '../common/ids.js';
import { validationFailed } from '../common/validation/input.pipe.js';
import { toInstant } from '../common/time/instants.js';
import { type CountedPage, mapPage } from '../common/paging/paging.js';
import { Settings } from '../config/settings.js';
import { findPage, NEWEST_FIRST } from '../database/lists/find-page.js';
import { findRows } from '../database/rows.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { parseKeyId, generateApiKey } from './api-key-format.js';
import { ApiKeyQuery, apiKeyView, type ApiKeyView, NewApiKeyBody, type NewApiKeyView } from './api-key.dto.js';
import { ApiKey, isActive, SCOPES } from './api-key.entity.js';

/** Minimum time between two updates of `lastUsedAt`. */
const LAST_USED_PRECISION_SECONDS = 60;
/** One year: the lifetime of a key without `expiresAt`. */
const DEFAULT_TTL_MS = 365 * 86_400_000;

/** Creates, authenticates and revokes the API keys of the merchant's own programs. */
@Injectable()
export class ApiKeyService {
  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Newest first, including expired and revoked keys. @throws DomainError VALIDATION_FAILED for a cursor of another
   * list.
   */
  async list(query: ApiKeyQuery): Promise<CountedPage<ApiKeyView>> {
    const search = { where: searchConditions(query), order: NEWEST_FIRST };
    const page = await this.unitOfWork.read((manager) => findPage(manager, ApiKey, query, search));
    return mapPage(page, (key) => apiKeyView(key, this.clock.now()));
  }

  /**
   * Creates a key. Only this response contains the key itself. If the response is lost, revoke the key and create
   * another one.
   * @param assertAllowed runs in the same transaction and rejects by throwing.
   * @throws DomainError VALIDATION_FAILED for an `expiresAt` in the past.
   */
  async create(
    actor: Actor,
    body: NewApiKeyBody,
    assertAllowed: (tx: EntityManager) => Promise<void>,
  ): Promise<NewApiKeyView> {
    const now = this.clock.now();
    const { name, scopes, maxRefundFenPerDay } = body;
    const { key, ...text } = generateApiKey(this.settings.wechat.WECHAT_MODE === 'live');
    const row = Object.assign(new ApiKey(), {
      ...text,
      keyHash: sha256(key),
      name,
      scopes: SCOPES.filter((scope) => scopes.includes(scope)).join(' '),
      maxRefundFenPerDay,
      expiresAt: expiryOf(body, now),
      createdBy: actor.username,
      createdById: actor.id,
      responsibleId: actor.id,
      refundDay: null,
      refundDayFen: 0,
      createdAt: now,
      lastUsedAt: null,
      revokedAt: null,
    });
    const after = apiKeyView(row, now);
    await this.unitOfWork.run(async (tx) => {
      if (await tx.existsBy(ApiKey, { keyId: text.keyId })) return; // an earlier commit succeeded, but its response was lost
      await assertAllowed(tx);
      await tx.insert(ApiKey, { ...row });
      await this.audit.write(tx, { actor, action: 'api-key.create', subject: text.keyId, before: null, after });
    });
    return { ...after, key };
  }

  /** Revokes the key at once on every instance. Safe to repeat. @throws DomainError API_KEY_NOT_FOUND. */
  async revoke(actor: Actor, keyId: string): Promise<ApiKeyView> {
    const revokedAt = this.clock.now();
    return this.unitOfWork.run(async (tx) => {
      const { affected } = await tx.update(ApiKey, { keyId, revokedAt: IsNull() }, { revokedAt });
      const key = await tx.findOneBy(ApiKey, { keyId });
      if (!key) throw new DomainError('API_KEY_NOT_FOUND', { params: { id: keyId } });
      if (affected === 1) {
        const change = { before: { revokedAt: null }, after: { revokedAt } };
        await this.audit.write(tx, { actor, action: 'api-key.revoke', subject: keyId, ...change });
      }
      return apiKeyView(key, revokedAt);
    });
  }

  /**
   * Makes the actor the responsible account of a key, such as a key of an administrator who no longer works there. Safe
   * to repeat.
   * @param assertAllowed runs in the same transaction and rejects by throwing.
   * @throws DomainError API_KEY_NOT_FOUND.
   */
  async takeOver(
    actor: Actor,
    keyId: string,
    assertAllowed: (tx: EntityManager) => Promise<void>,
  ): Promise<ApiKeyView> {
    return this.unitOfWork.run(async (tx) => {
      await assertAllowed(tx);
      const key = await tx.findOneBy(ApiKey, { keyId });
      if (!key) throw new DomainError('API_KEY_NOT_FOUND', { params: { id: keyId } });
      const { responsibleId } = key;
      if (responsibleId !== actor.id) {
        const after = { responsibleId: actor.id };
        await tx.update(ApiKey, { keyId }, after);
        const before = { responsibleId };
        await this.audit.write(tx, { actor, action: 'api-key.take-over', subject: keyId, before, after });
      }
      return apiKeyView(Object.assign(key, { responsibleId: actor.id }), this.clock.now());
    });
  }

  /** Returns the API key of this text. Null when it is wrong, unknown, revoked or expired. */
  async authenticate(text: string): Promise<ApiKey | null> {
    const keyId = parseKeyId(text);
    if (keyId === null) return null;
    const [key] = await this.unitOfWork.read((manager) => findRows(manager, ApiKey, { keyId }, 'id'));
    return key && isEqualInConstantTime(key.keyHash, sha256(text)) && isActive(key, this.clock.now()) ? key : null;
  }

  /** Updates `lastUsedAt` at most once a minute, for any number of calls and instances. */
  async recordUse({ keyId, lastUsedAt }: ApiKey): Promise<void> {
    const now = this.clock.now();
    const updateBefore = this.clock.secondsFromNow(-LAST_USED_PRECISION_SECONDS);
    if (lastUsedAt !== null && lastUsedAt > updateBefore) return;
    const where = { keyId, lastUsedAt: Or(IsNull(), LessThanOrEqual(updateBefore)) };
    await this.unitOfWork.run((tx) => tx.update(ApiKey, where, { lastUsedAt: now }));
  }
}

/** The alternatives of a search, joined by OR. */
function searchConditions({ q, responsibleId }: ApiKeyQuery): FindOptionsWhere<ApiKey>[] {
  const shared = responsibleId === undefined ? {} : { responsibleId };
  return q === undefined ? [shared] : [{ keyId: q }, { name: q }].map((match) => ({ ...shared, ...match }));
}

function expiryOf({ expiresAt }: NewApiKeyBody, now: Date): Date {
  if (expiresAt === undefined) return new Date(now.getTime() + DEFAULT_TTL_MS);
  const end = toInstant(expiresAt);
  if (end > now) return end;
  throw validationFailed([{ field: 'expiresAt', message: 'expiresAt must be in the future' }]);
}
