import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { DomainError } from '../common/domain-error.js';
import { newId } from '../common/ids.js';
import { isUniqueViolation } from '../database/database-errors.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Admin, type Role } from './admin.entity.js';
import type { CallerTrust } from './password-hash-queue.js';
import { hashPassword, verifyPassword } from './passwords.js';

/** Stores the accounts of the merchant's staff. */
@Injectable()
export class AdminStore {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Returns null after the same time for a wrong password, an unknown username and a disabled account. */
  async authenticate(username: string, password: string, trust: CallerTrust): Promise<Admin | null> {
    const admin = await this.unitOfWork.read((manager) => manager.findOneBy(Admin, { username, isDisabled: false }));
    return (await verifyPassword(admin?.passwordHash ?? null, password, trust)) ? admin : null;
  }

  /** Returns null when the account does not exist or is disabled. */
  findActive(id: string): Promise<Admin | null> {
    return this.unitOfWork.read((manager) => manager.findOneBy(Admin, { id, isDisabled: false }));
  }

  findByUsername(tx: EntityManager, username: string): Promise<Admin | null> {
    return tx.findOneBy(Admin, { username });
  }

  /**
   * Creates an account. `alsoInTransaction` runs in the same transaction.
   * @throws DomainError USERNAME_TAKEN.
   */
  async create(
    username: string,
    password: string,
    role: Role,
    alsoInTransaction?: (tx: EntityManager, admin: Admin) => Promise<void>,
  ): Promise<Admin> {
    const admin = Object.assign(new Admin(), {
      ...{ id: newId(), username, passwordHash: await hashPassword(password), role, isDisabled: false },
      ...{ sessionEpoch: 0, keptSessionHash: null, changeCount: 0, createdAt: this.clock.now() },
    });
    try {
      await this.unitOfWork.run(async (tx) => {
        if (await tx.existsBy(Admin, { id: admin.id })) return; // an earlier commit succeeded, but its response was lost
        await tx.insert(Admin, admin);
        await alsoInTransaction?.(tx, admin);
      });
    } catch (error) {
      if (isUniqueViolation(error)) throw new DomainError('USERNAME_TAKEN', { params: { username } });
      throw error;
    }
    return admin;
  }

  isEmpty(): Promise<boolean> {
    return this.unitOfWork.read(async (manager) => !(await manager.exists(Admin)));
  }
}
