import { Injectable } from '@nestjs/common';
import type { EntityManager, FindOptionsWhere } from 'typeorm';
import { Clock } from '../common/time/clock.js';
import { type CountedPage, mapPage } from '../common/paging/paging.js';
import { findPage, NEWEST_FIRST } from '../database/lists/find-page.js';
import { isBetween } from '../database/lists/search-conditions.js';
import { insertRow } from '../database/rows.js';
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
    await insertRow(tx, AuditEntry, {
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
  async list(query: AuditQuery): Promise<CountedPage<AuditView>> {
    const search = { where: searchConditions(query), order: NEWEST_FIRST };
    const page = await this.unitOfWork.read((manager) => findPage(manager, AuditEntry, query, search));
    return mapPage(page, auditView);
  }
}

/** The alternatives of a search, joined by OR. */
function searchConditions(query: AuditQuery): FindOptionsWhere<AuditEntry>[] {
  const { q, action } = query;
  const at = isBetween(query);
  const shared = { ...(action !== undefined && { action }), ...(at && { at }) };
  return q === undefined
    ? [shared]
    : [
        { ...shared, subject: q },
        { ...shared, actorUsername: q },
      ];
}
