import { EventEmitter } from 'node:events';
import type { KeyvStoreAdapter, StoredData } from 'keyv';
import { MoreThan } from 'typeorm';
import type { Clock } from '../common/clock.js';
import { purgeOldRows } from '../database/purge-old-rows.js';
import type { UnitOfWork } from '../database/unit-of-work.js';
import { Session } from './session.entity.js';

/** A Keyv storage adapter on our own table, so that a shop does not need Redis. */
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
    const expiresAt = this.clock.secondsFromNow(ttl / 1000);
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

  /** Deletes expired sessions. */
  async purge(): Promise<void> {
    await purgeOldRows(this.unitOfWork, { entity: Session, ageProperty: 'expiresAt', before: this.clock.now() });
  }
}
