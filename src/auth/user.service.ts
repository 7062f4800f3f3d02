import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { newId } from '../common/ids.js';
import { isUniqueViolation } from '../database/database-errors.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { WechatIdentity } from '../wechat/wechat-login.gateway.js';
import { User } from './user.entity.js';

/** What happens to everybody at their first login, in the very transaction that makes them; so it may run several times. */
export type UserCreatedHook = (tx: EntityManager, userId: string) => Promise<void>;

/** The people whom WeChat has introduced to us. */
@Injectable()
export class UserService {
  private readonly userCreatedHooks: UserCreatedHook[] = [];

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** For modules above: to be said before the first login. */
  onUserCreated(greeting: UserCreatedHook): void {
    this.userCreatedHooks.push(greeting);
  }

  /** The user with this openid, made on the first login. Two first logins at once end in one user. */
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

  /** @param sealedPhone sealed for this user. */
  async savePhone(id: string, sealedPhone: string): Promise<void> {
    await this.unitOfWork.run((tx) => tx.update(User, { id }, { sealedPhone }));
  }

  private findOrInsert({ openid, unionid }: WechatIdentity): Promise<User> {
    return this.unitOfWork.run(async (tx) => {
      const known = await tx.findOneBy(User, { openid });
      if (!known) {
        const user = tx.create(User, {
          ...{ id: newId(), openid, unionid, sealedPhone: null, createdAt: this.clock.now() },
          ...{ blockedAt: null, sessionEpoch: 0, orderTurn: 0 },
        });
        await tx.insert(User, user);
        for (const greeting of this.userCreatedHooks) await greeting(tx, user.id);
        return user;
      }
      if (unionid !== null && known.unionid !== unionid) await tx.update(User, { id: known.id }, { unionid });
      return known;
    });
  }
}
