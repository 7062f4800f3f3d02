import { Injectable } from '@nestjs/common';
import { type EntityManager, Equal, type FindOptionsWhere, LessThan, Not } from 'typeorm';
import { type Actor, AuditLog } from '../../audit/audit-log.js';
import { Clock } from '../../common/time/clock.js';
import { DomainError } from '../../common/problem/domain-error.js';
import { validationFailed } from '../../common/validation/input.pipe.js';
import { type CountedPage, decodeCursor, encodeCursor, mapPage } from '../../common/paging/paging.js';
import { findPage, type ListOrder } from '../../database/lists/find-page.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { ApiKeyView } from '../../server-api/api-key.dto.js';
import { revokeOrTakeOverKeys } from '../../server-api/revoke-or-take-over-keys.js';
import { StaffAccount, ROLES, type Role } from './staff-account.entity.js';
import { StaffAccountStore, assertStillAdministrator } from './staff-account-store.js';
import { hashPassword } from '../login/passwords.js';
import {
  type ChangedStaffView,
  NewStaffBody,
  StaffChangeBody,
  StaffQuery,
  staffView,
  type StaffView,
} from './staff.dto.js';

/** Accounts have no row number, so the list is sorted by creation time and then by id, newest first. */
const NEWEST_ACCOUNT_FIRST: ListOrder<StaffAccount> = {
  sort: { createdAt: 'DESC', id: 'DESC' },
  after(query) {
    const [, milliseconds, id] = decodeCursor(query, /^([0-9a-z]{1,9})\.([0-9A-Z]{1,24})$/) ?? [];
    if (milliseconds === undefined || id === undefined) return [{}];
    const createdAt = new Date(Number.parseInt(milliseconds, 36));
    return [{ createdAt: LessThan(createdAt) }, { createdAt: Equal(createdAt), id: LessThan(id) }];
  },
  cursorOf: ({ createdAt, id }) => encodeCursor(`${createdAt.getTime().toString(36)}.${id}`),
};

/** Manages staff accounts for administrators. */
@Injectable()
export class StaffService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly accounts: StaffAccountStore,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Newest first. @throws DomainError VALIDATION_FAILED for a cursor of another list. */
  async list(query: StaffQuery): Promise<CountedPage<StaffView>> {
    const { q } = query;
    const where: FindOptionsWhere<StaffAccount>[] = q === undefined ? [{}] : [{ username: q }, { id: q }];
    const search = { where, order: NEWEST_ACCOUNT_FIRST };
    const page = await this.unitOfWork.read((manager) => findPage(manager, StaffAccount, query, search));
    return mapPage(page, staffView);
  }

  /** @throws DomainError ADMIN_NOT_FOUND. */
  async getAccount(id: string): Promise<StaffView> {
    return staffView(
      requireAccount(id, await this.unitOfWork.read((manager) => manager.findOneBy(StaffAccount, { id }))),
    );
  }

  /** @throws DomainError USERNAME_TAKEN; FORBIDDEN when the actor has lost the role since. */
  async create(actor: Actor, { username, password, role }: NewStaffBody): Promise<StaffView> {
    const account = await this.accounts.create(username, password, role, async (tx, created) => {
      await assertStillAdministrator(tx, actor);
      const after = staffView(created);
      await this.audit.write(tx, { actor, action: 'admin.create', subject: created.id, before: null, after });
    });
    return staffView(account);
  }

  /**
   * Takes effect at once, including on sessions.
   * @param session the hash of the actor's own token, which stays valid when actors change their own account, unless
   * they disable it.
   * @throws DomainError ADMIN_NOT_FOUND; LAST_ADMIN; VALIDATION_FAILED for taking over one's own keys; FORBIDDEN when the
   * actor has lost the role since.
   */
  async updateAccount(actor: Actor, session: string, id: string, body: StaffChangeBody): Promise<ChangedStaffView> {
    await this.getAccount(id); // fails early, before the expensive hash
    const passwordHash = body.password === undefined ? undefined : await hashPassword(body.password);
    return this.unitOfWork.run(async (tx) => {
      await lockAllAccounts(tx);
      const before = requireAccount(id, await tx.findOneBy(StaffAccount, { id }));
      const keptSessionHash = actor.id === id ? session : null;
      const after = applyStaffChange(before, { ...body, passwordHash, keptSessionHash });
      if (isAdministrator(before) && !isAdministrator(after)) await assertAnotherAdministrator(tx, id);
      await assertStillAdministrator(tx, actor);
      await tx.update(StaffAccount, { id }, after);
      await this.writeChange(tx, actor, before, after);
      return { ...staffView(after), apiKeys: await this.revokeOrTransferApiKeys(tx, actor, { before, after, body }) };
    });
  }

  /** An account that can no longer create API keys must not keep using its existing ones. */
  private async revokeOrTransferApiKeys(
    tx: EntityManager,
    actor: Actor,
    { before, after, body }: { before: StaffAccount; after: StaffAccount; body: StaffChangeBody },
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
    return revokeOrTakeOverKeys(tx, this.audit, { actor, accountId: before.id, keyAction, now: this.clock.now() });
  }

  /** Writes separate audit log lines for rights and for the password. */
  private async writeChange(tx: EntityManager, actor: Actor, before: StaffAccount, after: StaffAccount): Promise<void> {
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
  await tx.updateAll(StaffAccount, { changeCount: () => 'change_count + 1' });
}

async function assertAnotherAdministrator(tx: EntityManager, id: string): Promise<void> {
  const hasAnotherAdministrator = await tx.existsBy(StaffAccount, { id: Not(id), role: 'ADMIN', isDisabled: false });
  if (!hasAnotherAdministrator) throw new DomainError('LAST_ADMIN');
}

function isAdministrator({ role, isDisabled }: StaffAccount): boolean {
  return role === 'ADMIN' && !isDisabled;
}

function requireAccount(id: string, account: StaffAccount | null): StaffAccount {
  if (!account) throw new DomainError('ADMIN_NOT_FOUND', { params: { id } });
  return account;
}

/** The fields to change; undefined fields keep their values. */
interface StaffChange {
  role?: Role | undefined;
  disabled?: boolean | undefined;
  passwordHash?: string | undefined;
  /** The hash of the token that stays valid after the change; null ends all sessions. */
  keptSessionHash: string | null;
}

/** Returns the changed account. A new password, a lower role and disabling end its sessions. */
function applyStaffChange(
  before: StaffAccount,
  { role, disabled, passwordHash, keptSessionHash }: StaffChange,
): StaffAccount {
  const after = Object.assign(new StaffAccount(), before, {
    role: role ?? before.role,
    isDisabled: disabled ?? before.isDisabled,
    passwordHash: passwordHash ?? before.passwordHash,
  });
  const isLowered = ROLES.indexOf(after.role) < ROLES.indexOf(before.role);
  const isDisabledNow = after.isDisabled && !before.isDisabled;
  if (!isLowered && !isDisabledNow && passwordHash === undefined) return after;
  return Object.assign(after, {
    sessionEpoch: before.sessionEpoch + 1,
    keptSessionHash: isDisabledNow ? null : keptSessionHash,
  });
}
