import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { newId } from '../common/ids.js';
import { isUniqueViolation } from '../database/database-errors.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { WechatIdentity } from '../wechat/wechat-login.gateway.js';
import { User } from './user.entity.js';

/** Runs in the transaction that creates a user at the first login. May run several times, because transactions are retried. */
export type UserCreatedHook = (tx: EntityManager, userId: string) => Promise<void>;

/** Creates and finds mini-program users. */
@Injectable()
export class UserService {
  private readonly userCreatedHooks: UserCreatedHook[] = [];

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Registers a hook. Call it during module initialization, before the first login. */
  onUserCreated(hook: UserCreatedHook): void {
    this.userCreatedHooks.push(hook);
  }

  /** Returns the user with this openid and creates it at the first login. Concurrent first logins create one user. */
  async findOrCreate(identity: WechatIdentity): Promise<User> {
    try {
      return await this.findOrInsert(identity);
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      return this.findOrInsert(identity);
    }
  }

  findById(id: string): Promise<User | null> {
    return this.unitOfWork.read((manager) => manager.findOneBy(User, { id }));
  }

  /** @param encryptedPhone the number encrypted for this user. */
  async savePhone(id: string, encryptedPhone: string): Promise<void> {
    await this.unitOfWork.run((tx) => tx.update(User, { id }, { encryptedPhone }));
  }

  private findOrInsert({ openid, unionid }: WechatIdentity): Promise<User> {
    return this.unitOfWork.run(async (tx) => {
      const existing = await tx.findOneBy(User, { openid });
      if (!existing) {
        const user = tx.create(User, {
          ...{ id: newId(), openid, unionid, encryptedPhone: null, createdAt: this.clock.now() },
          ...{ blockedAt: null, sessionEpoch: 0, orderTurn: 0 },
        });
        await tx.insert(User, user);
        for (const hook of this.userCreatedHooks) await hook(tx, user.id);
        return user;
      }
      if (unionid !== null && existing.unionid !== unionid) await tx.update(User, { id: existing.id }, { unionid });
      return existing;
    });
  }
}
