import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type EntityManager, type FindOptionsWhere, IsNull, LessThan, LessThanOrEqual } from 'typeorm';
import { type Actor, AuditLog } from '../audit/audit-log.js';
import { Clock } from '../common/clock.js';
import { DomainError } from '../common/domain-error.js';
import { sha256 } from '../common/ids.js';
import { validationFailed } from '../common/input.pipe.js';
import { toInstant } from '../common/instants.js';
import { beforeRowId, type Page, pageOf } from '../common/paging.js';
import { Settings } from '../config/settings.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { parseKeyId, generateApiKey } from './api-key-format.js';
import { ApiKeyQuery, apiKeyView, type ApiKeyView, NewApiKeyBody, type NewApiKeyView } from './api-key.dto.js';
import { ApiKey, isActive, SCOPES } from './api-key.entity.js';

/** How coarse `lastUsedAt` is. */
const LAST_USED_PRECISION_SECONDS = 60;
/** Milliseconds of a year: the life of a key that names no end. */
const DEFAULT_TTL_MS = 365 * 86_400_000;

/** The keys of the shop's own programs: made, looked up and revoked. */
@Injectable()
export class ApiKeyService {
  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditLog,
  ) {}

  /** Newest first, the dead ones too. @throws DomainError VALIDATION_FAILED for a cursor of another list. */
  async list(query: ApiKeyQuery): Promise<Page<ApiKeyView> & { total?: number }> {
    const before = beforeRowId(query);
    const wanted = searchConditions(query);
    const where = before === undefined ? wanted : wanted.map((only) => ({ ...only, id: LessThan(before) }));
    return this.unitOfWork.read(async (manager) => {
      const rows = await manager.find(ApiKey, { where, order: { id: 'DESC' }, take: query.limit + 1 });
      const page = pageOf(rows, query, (key) => apiKeyView(key, this.clock.now()));
      return query.withTotal ? { ...page, total: await manager.countBy(ApiKey, wanted) } : page;
    });
  }

  /**
   * The only moment at which the key itself is known here. One whose answer was lost is of no use to anybody; it stands in
   * the list, and can be revoked.
   * @param ensureAllowed runs in the same transaction, and refuses by throwing.
   * @throws DomainError VALIDATION_FAILED for an end that has passed.
   */
  async create(
    actor: Actor,
    body: NewApiKeyBody,
    ensureAllowed: (tx: EntityManager) => Promise<void>,
  ): Promise<NewApiKeyView> {
    const now = this.clock.now();
    const { key, ...text } = generateApiKey(this.settings.WECHAT_MODE === 'live');
    const row = Object.assign(new ApiKey(), {
      ...{
        ...text,
        keyHash: sha256(key),
        ...storedFieldsOf(body),
        expiresAt: expiryOf(body, now),
        createdBy: actor.username,
      },
      ...{ createdById: actor.id, responsibleId: actor.id },
      ...{ refundDay: null, refundDayFen: 0, createdAt: now, lastUsedAt: null, revokedAt: null },
    });
    const after = apiKeyView(row, now);
    await this.unitOfWork.run(async (tx) => {
      if (await tx.existsBy(ApiKey, { keyId: text.keyId })) return; // a commit whose answer was lost
      await ensureAllowed(tx);
      await tx.insert(ApiKey, { ...row });
      await this.audit.write(tx, { actor, action: 'api-key.create', subject: text.keyId, before: null, after });
    });
    return { ...after, key };
  }

  /** Ends the key at once, on every instance. Revoking again is no error. @throws DomainError API_KEY_NOT_FOUND. */
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
   * Makes the actor answer for a key, such as one of an administrator who has left. Repeating it is no error.
   * @param ensureAllowed runs in the same transaction, and refuses by throwing.
   * @throws DomainError API_KEY_NOT_FOUND.
   */
  async takeOver(
    actor: Actor,
    keyId: string,
    ensureAllowed: (tx: EntityManager) => Promise<void>,
  ): Promise<ApiKeyView> {
    return this.unitOfWork.run(async (tx) => {
      await ensureAllowed(tx);
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

  /** The key as it stands this moment. Null for a wrong, an unknown, a revoked and an expired one alike. */
  async authenticate(text: string): Promise<ApiKey | null> {
    const keyId = parseKeyId(text);
    if (keyId === null) return null;
    const key = await this.unitOfWork.read((manager) => manager.findOneBy(ApiKey, { keyId }));
    return key && isSameHash(key.keyHash, sha256(text)) && isActive(key, this.clock.now()) ? key : null;
  }

  /** Notes that the key is in use, once a minute at most, whatever the number of calls and of instances. */
  async recordUse({ keyId, lastUsedAt }: ApiKey): Promise<void> {
    const now = this.clock.now();
    const due = this.clock.secondsFromNow(-LAST_USED_PRECISION_SECONDS);
    if (lastUsedAt !== null && lastUsedAt > due) return;
    const where = [
      { keyId, lastUsedAt: IsNull() },
      { keyId, lastUsedAt: LessThanOrEqual(due) },
    ];
    await this.unitOfWork.run((tx) =>
      tx.createQueryBuilder().update(ApiKey).set({ lastUsedAt: now }).where(where).execute(),
    );
  }
}

/** Any of these. */
function searchConditions({ q, responsibleId }: ApiKeyQuery): FindOptionsWhere<ApiKey>[] {
  const shared = responsibleId === undefined ? {} : { responsibleId };
  return q === undefined
    ? [shared]
    : [
        { ...shared, keyId: q },
        { ...shared, name: q },
      ];
}

function isSameHash(hash: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(hash), Buffer.from(other));
}

function storedFieldsOf({
  name,
  scopes,
  maxRefundFenPerDay,
}: NewApiKeyBody): Pick<ApiKey, 'name' | 'scopes' | 'maxRefundFenPerDay'> {
  return { name, scopes: SCOPES.filter((scope) => scopes.includes(scope)).join(' '), maxRefundFenPerDay };
}

function expiryOf({ expiresAt }: NewApiKeyBody, now: Date): Date {
  if (expiresAt === undefined) return new Date(now.getTime() + DEFAULT_TTL_MS);
  const end = toInstant(expiresAt);
  if (end > now) return end;
  throw validationFailed([{ field: 'expiresAt', message: 'expiresAt must be in the future' }]);
}
