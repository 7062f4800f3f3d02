import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../common/time/clock.js';
import { DomainError } from '../../common/problem/domain-error.js';
import { newId } from '../../common/ids.js';
import { isUniqueViolation } from '../../database/database-errors.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { StaffAccount, type Role } from './staff-account.entity.js';
import { type CallerTrust, hashPassword, verifyPassword } from '../login/passwords.js';
import type { Actor } from '../../audit/audit-log.js';

/** Stores the accounts of the merchant's staff. */
@Injectable()
export class StaffAccountStore {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Returns null after the same time for a wrong password, an unknown username and a disabled account. */
  async authenticate(username: string, password: string, trust: CallerTrust): Promise<StaffAccount | null> {
    const account = await this.unitOfWork.read((manager) =>
      manager.findOneBy(StaffAccount, { username, isDisabled: false }),
    );
    return (await verifyPassword(account?.passwordHash ?? null, password, trust)) ? account : null;
  }

  /** Returns null when the account does not exist or is disabled. */
  findActive(id: string): Promise<StaffAccount | null> {
    return this.unitOfWork.read((manager) => manager.findOneBy(StaffAccount, { id, isDisabled: false }));
  }

  findByUsername(tx: EntityManager, username: string): Promise<StaffAccount | null> {
    return tx.findOneBy(StaffAccount, { username });
  }

  /**
   * Creates an account. `alsoInTransaction` runs in the same transaction.
   * @throws DomainError USERNAME_TAKEN.
   */
  async create(
    username: string,
    password: string,
    role: Role,
    alsoInTransaction?: (tx: EntityManager, account: StaffAccount) => Promise<void>,
  ): Promise<StaffAccount> {
    const account = Object.assign(new StaffAccount(), {
      id: newId(),
      username,
      passwordHash: await hashPassword(password),
      role,
      isDisabled: false,
      sessionEpoch: 0,
      keptSessionHash: null,
      changeCount: 0,
      createdAt: this.clock.now(),
    });
    try {
      await this.unitOfWork.run(async (tx) => {
        if (await tx.existsBy(StaffAccount, { id: account.id })) return; // an earlier commit succeeded, but its response was lost
        await tx.insert(StaffAccount, account);
        await alsoInTransaction?.(tx, account);
      });
    } catch (error) {
      if (isUniqueViolation(error)) throw new DomainError('USERNAME_TAKEN', { params: { username } });
      throw error;
    }
    return account;
  }

  isEmpty(): Promise<boolean> {
    return this.unitOfWork.read(async (manager) => !(await manager.exists(StaffAccount)));
  }
}

/**
 * Replaces the password of an account and ends all of its sessions except the kept one.
 * @throws DomainError UNAUTHENTICATED when the account was changed or disabled since it was read: the caller's session has
 * then ended too.
 */
export async function replacePassword(
  tx: EntityManager,
  { id, sessionEpoch }: StaffAccount,
  { passwordHash, keptSessionHash }: { passwordHash: string; keptSessionHash: string },
): Promise<void> {
  const changed = { passwordHash, keptSessionHash, sessionEpoch: sessionEpoch + 1 };
  const { affected } = await tx.update(StaffAccount, { id, sessionEpoch, isDisabled: false }, changed);
  if (affected === 1) return;
  const isDone = await tx.existsBy(StaffAccount, { id, passwordHash }); // an earlier commit succeeded, but its response was lost
  if (!isDone) throw new DomainError('UNAUTHENTICATED');
}

/**
 * Checks the actor's role again within the transaction, because it may have changed since the guard ran. The compare-and-set
 * serializes with concurrent account changes, so an account that is being disabled cannot create an API key.
 * @throws DomainError FORBIDDEN when the actor is no longer an administrator.
 */
export async function assertStillAdministrator(tx: EntityManager, actor: Actor): Promise<void> {
  const active = { id: actor.id, role: 'ADMIN', isDisabled: false };
  const { affected } = await tx.update(StaffAccount, active, { changeCount: () => 'change_count + 1' });
  if (affected !== 1) throw new DomainError('FORBIDDEN');
}
