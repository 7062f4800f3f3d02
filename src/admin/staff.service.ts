import { Injectable } from '@nestjs/common';
import { type EntityManager, type FindOptionsWhere, Not } from 'typeorm';
import { type Actor, AuditLog } from '../audit/audit-log.js';
import { Clock } from '../common/clock.js';
import { DomainError } from '../common/domain-error.js';
import { validationFailed } from '../common/input.pipe.js';
import type { Page } from '../common/paging.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { ApiKeyView } from '../server/api-key.dto.js';
import { revokeOrTakeOverKeys } from '../server/revoke-or-take-over-keys.js';
import { Admin } from './admin.entity.js';
import { AdminStore } from './admin-store.js';
import { hashPassword } from './passwords.js';
import { applyStaffChange } from './apply-staff-change.js';
import { assertStillAdministrator } from './assert-still-administrator.js';
import {
  type ChangedStaffView,
  NewStaffBody,
  StaffChangeBody,
  StaffQuery,
  staffView,
  type StaffView,
} from './staff.dto.js';
import { afterCursor, NEWEST_FIRST, staffPage } from './staff-page.js';

/** Manages staff accounts for administrators. */
@Injectable()
export class StaffService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly admins: AdminStore,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Newest first. @throws DomainError VALIDATION_FAILED for a cursor of another list. */
  async list(query: StaffQuery): Promise<Page<StaffView> & { total?: number }> {
    const { q } = query;
    const wanted: FindOptionsWhere<Admin>[] = q === undefined ? [{}] : [{ username: q }, { id: q }];
    // An id matches at most one account, which is on the first page.
    const listed = query.cursor === undefined ? wanted : wanted.filter((only) => !('id' in only));
    const where = afterCursor(query).flatMap((after) => listed.map((only) => ({ ...after, ...only })));
    return this.unitOfWork.read(async (manager) => {
      const rows = await manager.find(Admin, { where, order: NEWEST_FIRST, take: query.limit + 1 });
      const page = staffPage(rows, query);
      return query.withTotal ? { ...page, total: await manager.countBy(Admin, wanted) } : page;
    });
  }

  /** @throws DomainError ADMIN_NOT_FOUND. */
  async show(id: string): Promise<StaffView> {
    return staffView(requireAdmin(id, await this.unitOfWork.read((manager) => manager.findOneBy(Admin, { id }))));
  }

  /** @throws DomainError USERNAME_TAKEN; FORBIDDEN when the actor has lost the role since. */
  async create(actor: Actor, { username, password, role }: NewStaffBody): Promise<StaffView> {
    const admin = await this.admins.create(username, password, role, async (tx, created) => {
      await assertStillAdministrator(tx, actor);
      const after = staffView(created);
      await this.audit.write(tx, { actor, action: 'admin.create', subject: created.id, before: null, after });
    });
    return staffView(admin);
  }

  /**
   * Takes effect at once, including on sessions.
   * @param session the hash of the actor's own token, which stays valid when actors change their own account.
   * @throws DomainError ADMIN_NOT_FOUND; LAST_ADMIN; VALIDATION_FAILED for taking over one's own keys; FORBIDDEN when the
   * actor has lost the role since.
   */
  async change(actor: Actor, session: string, id: string, body: StaffChangeBody): Promise<ChangedStaffView> {
    await this.show(id); // fails early, before the expensive hash
    const passwordHash = body.password === undefined ? undefined : await hashPassword(body.password);
    return this.unitOfWork.run(async (tx) => {
      await lockAllAccounts(tx);
      const before = requireAdmin(id, await tx.findOneBy(Admin, { id }));
      const keptSessionHash = actor.id === id ? session : null;
      const after = applyStaffChange(before, { ...body, passwordHash, keptSessionHash });
      if (isAdministrator(before) && !isAdministrator(after)) await assertAnotherAdministrator(tx, id);
      await assertStillAdministrator(tx, actor);
      await tx.update(Admin, { id }, after);
      await this.writeChange(tx, actor, before, after);
      return { ...staffView(after), apiKeys: await this.revokeOrTransferApiKeys(tx, actor, { before, after, body }) };
    });
  }

  /** An account that can no longer create API keys must not keep using its existing ones. */
  private async revokeOrTransferApiKeys(
    tx: EntityManager,
    actor: Actor,
    { before, after, body }: { before: Admin; after: Admin; body: StaffChangeBody },
  ): Promise<ApiKeyView[]> {
    const isDisabledNow = after.isDisabled && !before.isDisabled;
    const isDemoted = before.role === 'ADMIN' && after.role !== 'ADMIN';
    if (!isDisabledNow && !isDemoted) return [];
    const { apiKeys: keyAction = 'revoke' } = body;
    if (keyAction === 'takeOver' && actor.id === before.id) {
      throw validationFailed([
        { field: 'apiKeys', message: 'apiKeys must be revoke when you change your own account' },
      ]);
    }
    return revokeOrTakeOverKeys(tx, this.audit, { actor, adminId: before.id, keyAction, now: this.clock.now() });
  }

  /** Writes separate audit log lines for rights and for the password. */
  private async writeChange(tx: EntityManager, actor: Actor, before: Admin, after: Admin): Promise<void> {
    const subject = before.id;
    if (after.role !== before.role || after.isDisabled !== before.isDisabled) {
      const change = { before: staffView(before), after: staffView(after) };
      await this.audit.write(tx, { actor, action: 'admin.update', subject, ...change });
    }
    if (after.passwordHash !== before.passwordHash) {
      await this.audit.write(tx, { actor, action: 'admin.password', subject, before: null, after: null });
    }
  }
}

/**
 * Serializes account changes: if two administrators demote each other, one of the changes must fail. Call it before any read,
 * because MySQL's snapshot is fixed by the first read. The update must really change the rows: Galera nodes share no locks,
 * and certification at commit compares changed rows only.
 */
async function lockAllAccounts(tx: EntityManager): Promise<void> {
  await tx
    .createQueryBuilder()
    .update(Admin)
    .set({ changeCount: () => 'change_count + 1' })
    .execute();
}

async function assertAnotherAdministrator(tx: EntityManager, id: string): Promise<void> {
  const hasAnotherAdministrator = await tx.existsBy(Admin, { id: Not(id), role: 'ADMIN', isDisabled: false });
  if (!hasAnotherAdministrator) throw new DomainError('LAST_ADMIN');
}

function isAdministrator({ role, isDisabled }: Admin): boolean {
  return role === 'ADMIN' && !isDisabled;
}

function requireAdmin(id: string, admin: Admin | null): Admin {
  if (!admin) throw new DomainError('ADMIN_NOT_FOUND', { params: { id } });
  return admin;
}
