import { Injectable } from '@nestjs/common';
import { And, type EntityManager, type FindOptionsWhere, LessThan, MoreThanOrEqual } from 'typeorm';
import { Clock } from '../common/clock.js';
import { toInstant } from '../common/instants.js';
import { beforeRowId, type Page, pageOf } from '../common/paging.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { AuditAction, AuditedFields, OnlyFields } from './audit-actions.js';
import { AuditEntry } from './audit-entry.entity.js';
import { AuditQuery, auditView, type AuditView } from './audit.dto.js';

/** Size of the column in characters. */
const MAX_IP_LENGTH = 64;

/** The authenticated caller of an action. */
export interface Actor {
  id: string;
  username: string;
  ip: string;
}

/** `before` and `after` hold the fields of the action; never a password, a hash or a token. */
export interface AuditEntryDraft<A extends AuditAction, Before, After> {
  actor: Actor;
  action: A;
  /** The number or id of the changed object, at most 64 characters. */
  subject: string;
  before: OnlyFields<Before, A> | null;
  after: OnlyFields<After, A> | null;
}

/** Records who did what and when, with the values before and after. Each entry is committed together with its change. */
@Injectable()
export class AuditLog {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Adds an entry within the transaction of the change. */
  async write<A extends AuditAction, Before extends AuditedFields<A>, After extends AuditedFields<A>>(
    tx: EntityManager,
    { actor, action, subject, before, after }: AuditEntryDraft<A, Before, After>,
  ): Promise<void> {
    await tx.insert(AuditEntry, {
      at: this.clock.now(),
      actorId: actor.id,
      actorUsername: actor.username,
      action,
      subject,
      before: before && JSON.stringify(before),
      after: after && JSON.stringify(after),
      ip: actor.ip.slice(0, MAX_IP_LENGTH),
    });
  }

  /** Newest first. @throws DomainError VALIDATION_FAILED for a cursor of another list. */
  async list(query: AuditQuery): Promise<Page<AuditView> & { total?: number }> {
    const row = beforeRowId(query);
    const wanted = searchConditions(query);
    const where = row === undefined ? wanted : wanted.map((only) => ({ ...only, id: LessThan(row) }));
    return this.unitOfWork.read(async (manager) => {
      const rows = await manager.find(AuditEntry, { where, order: { id: 'DESC' }, take: query.limit + 1 });
      const page = pageOf(rows, query, auditView);
      return query.withTotal ? { ...page, total: await manager.countBy(AuditEntry, wanted) } : page;
    });
  }
}

/** The alternatives of a search, joined by OR. */
function searchConditions({ q, action, from, to }: AuditQuery): FindOptionsWhere<AuditEntry>[] {
  const since = from === undefined ? [] : [MoreThanOrEqual(toInstant(from))];
  const until = to === undefined ? [] : [LessThan(toInstant(to))];
  const shared = {
    ...(action !== undefined && { action }),
    ...(since.length + until.length > 0 && { at: And(...since, ...until) }),
  };
  return q === undefined
    ? [shared]
    : [
        { ...shared, subject: q },
        { ...shared, actorUsername: q },
      ];
}
