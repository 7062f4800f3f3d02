import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../../common/time/clock.js';
import { newId } from '../../../common/ids.js';
import { EncryptionKey } from '../../../common/encryption-key.js';
import { isUniqueViolation } from '../../../database/database-errors.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import {
  AccessTokenStore,
  AccessTokenStoreFactory,
  type AccessTokenLease,
  type AccessTokenSnapshot,
  type StoredAccessToken,
} from './access-token-store.js';
import type { TokenAccount } from './token-account.js';
import { AccessToken } from './access-token.entity.js';

/** Creates access token stores in the database that all instances share. */
@Injectable()
export class DatabaseAccessTokenStoreFactory extends AccessTokenStoreFactory {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
  ) {
    super();
  }

  override forAccount(account: TokenAccount): AccessTokenStore {
    return new DatabaseAccessTokenStore(account, this.clock, this.unitOfWork);
  }
}

/** Far longer than fetching a token takes. */
const MAX_LEASE_MS = 10 * 60_000;

/** Stores the token of one account in one row, changed by compare-and-set. */
class DatabaseAccessTokenStore extends AccessTokenStore {
  private readonly name: string;
  private readonly key: EncryptionKey;

  constructor(
    { mode, appid, secret }: TokenAccount,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
  ) {
    super();
    this.name = `${mode}:${appid}`;
    // The AppSecret already allows requesting a token, so a key derived from it adds no risk.
    this.key = EncryptionKey.derivedFrom(secret, 'access token');
  }

  override async get(): Promise<AccessTokenSnapshot> {
    const row = await this.unitOfWork.read((manager) => manager.findOneBy(AccessToken, { name: this.name }));
    return { token: row && this.decryptToken(row), serial: row?.serial ?? 0, forcedAt: row?.forcedAt ?? null };
  }

  override async claim({ serial }: AccessTokenSnapshot, until: Date): Promise<AccessTokenLease | null> {
    const lease = { id: newId(), serial: serial + 1 };
    try {
      return (await this.unitOfWork.run((tx) => this.tryTakeLease(tx, serial, lease.id, until))) ? lease : null;
    } catch (error) {
      if (isUniqueViolation(error)) return null; // another instance has inserted the row
      throw error;
    }
  }

  override save(lease: AccessTokenLease, token: StoredAccessToken, forcedAt: Date | null): Promise<boolean> {
    const { renewAt, expiresAt, serial } = token;
    const encryptedToken = this.key.encrypt(token.token, this.name);
    return this.unitOfWork.run(async (tx) => {
      const ownLease = { name: this.name, leaseId: lease.id };
      const next = { serial, encryptedToken, renewAt, expiresAt, forcedAt, leaseUntil: null };
      return (await tx.update(AccessToken, ownLease, next)).affected === 1;
    });
  }

  override async release({ id }: AccessTokenLease): Promise<void> {
    const ownLease = { name: this.name, leaseId: id };
    await this.unitOfWork.run((tx) => tx.update(AccessToken, ownLease, { leaseUntil: null }));
  }

  private decryptToken({ serial, encryptedToken, renewAt, expiresAt }: AccessToken): StoredAccessToken | null {
    const token = encryptedToken === null ? null : this.key.decrypt(encryptedToken, this.name);
    return token !== null && renewAt && expiresAt ? { token, serial, renewAt, expiresAt } : null;
  }

  private async tryTakeLease(tx: EntityManager, serial: number, leaseId: string, leaseUntil: Date): Promise<boolean> {
    const { name } = this;
    const row = await tx.findOneBy(AccessToken, { name });
    if (!row) {
      const emptyRow = { serial: 0, encryptedToken: null, renewAt: null, expiresAt: null, forcedAt: null };
      await tx.insert(AccessToken, { name, ...emptyRow, leaseId, leaseUntil });
      return true;
    }
    if (row.serial !== serial || isHeld(row.leaseUntil, this.clock.now())) return false;
    const expectedRow = { name, serial, leaseId: row.leaseId };
    return (await tx.update(AccessToken, expectedRow, { leaseId, leaseUntil })).affected === 1;
  }
}

/** A lease longer than the maximum was written by a wrong clock and does not count. */
function isHeld(until: Date | null, now: Date): boolean {
  const remainingMs = (until?.getTime() ?? 0) - now.getTime();
  return remainingMs > 0 && remainingMs <= MAX_LEASE_MS;
}
