import { EventEmitter } from 'node:events';
import type { KeyvStoreAdapter, StoredData } from 'keyv';
import { LessThan, MoreThan } from 'typeorm';
import type { Clock } from '../common/clock.js';
import type { UnitOfWork } from '../database/unit-of-work.js';
import { Session } from './session.entity.js';

const PURGE_BATCH = 500;

/** Keyv's storage in our own table, so that a shop needs no Redis before it wants one. */
export class DatabaseSessionStore extends EventEmitter implements KeyvStoreAdapter {
  readonly opts = {};
  namespace?: string | undefined;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super();
  }

  async get<Value>(storeKey: string): Promise<StoredData<Value> | undefined> {
    const alive = { storeKey, expiresAt: MoreThan(this.clock.now()) };
    const session = await this.unitOfWork.read((manager) => manager.findOneBy(Session, alive));
    return session?.content as StoredData<Value> | undefined;
  }

  /** @param ttl milliseconds. */
  async set(storeKey: string, content: string, ttl = 0): Promise<boolean> {
    const expiresAt = this.clock.in(ttl / 1000);
    await this.unitOfWork.run((tx) => tx.insert(Session, { storeKey, content, expiresAt }));
    return true;
  }

  async delete(storeKey: string): Promise<boolean> {
    const { affected } = await this.unitOfWork.run((tx) => tx.delete(Session, { storeKey }));
    return affected === 1;
  }

  async clear(): Promise<void> {
    await this.unitOfWork.run((tx) => tx.clear(Session));
  }

  /** Removes a handful of what has expired: small bites, so that nobody waits for the table. */
  async purge(): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      const expired = { expiresAt: LessThan(this.clock.now()) };
      const dead = await tx.find(Session, { select: { storeKey: true }, where: expired, take: PURGE_BATCH });
      if (dead.length > 0)
        await tx.delete(
          Session,
          dead.map(({ storeKey }) => storeKey),
        );
      return dead.length;
    });
  }
}
