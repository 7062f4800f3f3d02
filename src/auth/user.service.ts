import { Injectable } from '@nestjs/common';
import { type EntityManager, type FindOperator, In, IsNull, Not } from 'typeorm';
import { Clock } from '../common/time/clock.js';
import { newId } from '../common/ids.js';
import { isUniqueViolation } from '../database/database-errors.js';
import { findRows, incrementRows, insertRow } from '../database/rows.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { WechatIdentity } from '../wechat/mini-program/wechat-login.client.js';
import { User } from './user.entity.js';
import { DomainError } from '../common/problem/domain-error.js';

/** Runs in the transaction that creates a user at the first login. May run several times, because transactions are retried. */
export type UserCreatedHook = (tx: EntityManager, userId: string) => Promise<void>;

/** `User.appId` of users from before the column existed. They are the shop's own, because no other app could log in. */
const APP_UNKNOWN = '';

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

  /** Returns the user with this openid under this app and creates it at the first login. Concurrent first logins create one user. */
  async findOrCreate(identity: WechatIdentity): Promise<User> {
    try {
      return await this.findOrInsert(identity);
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      return this.findOrInsert(identity);
    }
  }

  findById(id: string): Promise<User | null> {
    return this.unitOfWork.read(async (manager) => (await findRows(manager, User, { id }, 'id'))[0] ?? null);
  }

  /** @param encryptedPhone the number encrypted for this user. */
  async savePhone(id: string, encryptedPhone: string): Promise<void> {
    await this.unitOfWork.run((tx) => tx.update(User, { id }, { encryptedPhone }));
  }

  private findOrInsert({ appId, openid, unionid }: WechatIdentity): Promise<User> {
    return this.unitOfWork.run(async (tx) => {
      const known = await findRows(tx, User, { openid, appId: In([appId, APP_UNKNOWN]) }, 'appId');
      const existing = known.at(-1); // the one of this app, if there is one
      if (!existing) {
        const user = tx.create(User, {
          id: newId(),
          appId,
          openid,
          unionid,
          encryptedPhone: null,
          createdAt: this.clock.now(),
          blockedAt: null,
          sessionEpoch: 0,
          orderTurn: 0,
        });
        await insertRow(tx, User, user);
        for (const hook of this.userCreatedHooks) await hook(tx, user.id);
        return user;
      }
      const changes = {
        ...(existing.appId !== appId && { appId }),
        ...(unionid !== null && existing.unionid !== unionid && { unionid }),
      };
      if (Object.keys(changes).length > 0) await tx.update(User, { id: existing.id }, changes);
      return existing;
    });
  }
}

/**
 * Locks the user's row until the transaction ends, so that concurrent orders of one user cannot exceed the order limits. The
 * value must really change, because Galera compares changed rows only.
 * @throws DomainError USER_BLOCKED.
 */
export async function lockUserForOrder(tx: EntityManager, userId: string): Promise<void> {
  const affected = await incrementRows(
    tx,
    User,
    { id: userId, blockedAt: IsNull() as FindOperator<Date> },
    'orderTurn',
  );
  if (affected !== 1) throw new DomainError('USER_BLOCKED');
}

/**
 * Blocks the user and ends all sessions of this user, in any session store. Safe to repeat.
 * @param at in UTC.
 * @returns false when the user was already blocked or does not exist.
 */
export async function blockUser(tx: EntityManager, id: string, at: Date): Promise<boolean> {
  const blocked = { blockedAt: at, sessionEpoch: () => 'session_epoch + 1' };
  const { affected } = await tx.update(User, { id, blockedAt: IsNull() }, blocked);
  return affected === 1;
}

/** Lets the user log in again; earlier sessions stay ended. @returns false when the user was not blocked. */
export async function unblockUser(tx: EntityManager, id: string): Promise<boolean> {
  const { affected } = await tx.update(User, { id, blockedAt: Not(IsNull()) }, { blockedAt: null });
  return affected === 1;
}
