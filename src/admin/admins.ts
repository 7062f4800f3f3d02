import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { DomainError } from '../common/domain-error.js';
import { newId } from '../common/ids.js';
import { isUniqueViolation } from '../database/database-errors.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Admin, type Role } from './admin.entity.js';
import { hashPassword, isPassword } from './passwords.js';

/** The accounts of the merchant's staff. */
@Injectable()
export class Admins {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Null for a wrong password, an unknown name and a disabled account alike, after the same time. */
  async authenticate(username: string, password: string): Promise<Admin | null> {
    const admin = await this.unitOfWork.read((manager) => manager.findOneBy(Admin, { username, isDisabled: false }));
    return (await isPassword(admin?.passwordHash ?? null, password)) ? admin : null;
  }

  /** Null when there is no such account or it is disabled: its sessions die with it. */
  findActive(id: string): Promise<Admin | null> {
    return this.unitOfWork.read((manager) => manager.findOneBy(Admin, { id, isDisabled: false }));
  }

  /** @throws DomainError USERNAME_TAKEN. */
  async add(username: string, password: string, role: Role): Promise<Admin> {
    const passwordHash = await hashPassword(password);
    const facts = { id: newId(), username, passwordHash, role, isDisabled: false, createdAt: this.clock.now() };
    try {
      await this.unitOfWork.run((tx) => tx.insert(Admin, facts));
    } catch (error) {
      if (isUniqueViolation(error)) throw new DomainError('USERNAME_TAKEN', { facts: { username } });
      throw error;
    }
    return Object.assign(new Admin(), facts);
  }

  async changePassword(id: string, password: string): Promise<void> {
    const passwordHash = await hashPassword(password);
    await this.unitOfWork.run((tx) => tx.update(Admin, { id }, { passwordHash }));
  }

  isEmpty(): Promise<boolean> {
    return this.unitOfWork.read(async (manager) => !(await manager.exists(Admin)));
  }
}
