import { EventEmitter } from 'node:events';
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Keyv, type KeyvStoreAdapter, type StoredData } from 'keyv';
import { Clock } from '../../common/time/clock.js';
import { withTimeout } from '../../common/time/with-timeout.js';
import { DomainError } from '../../common/problem/domain-error.js';
import { newToken, sha256 } from '../../common/ids.js';
import { MAX_SESSION_TTL_SECONDS } from '../../config/settings.js';
import { findRow, insertRow } from '../../database/rows.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { REMOTE_SESSION_STORE, type RemoteSessionStore } from './remote-session-store.js';
import { MoreThan } from 'typeorm';
import { Session } from './session.entity.js';

/** Separates the sessions of mini-program users from those of the merchant's staff. */
export type SessionScope = 'user' | 'admin';

/** A session that has not expired. */
export interface ActiveSession {
  subject: string;
  /** The epoch given at creation. Incrementing the account's epoch ends all sessions with an older one. */
  epoch: number;
}

interface SessionContent {
  subject: string;
  /** Omitted when 0. */
  epoch?: number;
  /** Milliseconds since 1970. Checked by our own clock in addition to the store's expiry. */
  expiresAt: number;
}

/** The maximum of SESSION_TTL_SECONDS, plus a day for clock differences. */
const MAX_TTL_MS = (MAX_SESSION_TTL_SECONDS + 86_400) * 1000;
const COMMAND_TIMEOUT_MS = 2000;

/**
 * Stores opaque, expiring, revocable tokens in the database, Redis or memcached. Only the hash of a token is stored.
 * Every method throws DomainError SERVICE_UNAVAILABLE when the store does not respond, so that it is not mistaken for a
 * logout.
 */
@Injectable()
export class SessionStore implements OnApplicationShutdown {
  private readonly log = new Logger(SessionStore.name);
  private readonly database: DatabaseSessionStore | null;
  private readonly keyv: Keyv;

  constructor(
    @Inject(REMOTE_SESSION_STORE) private readonly remote: RemoteSessionStore | null,
    unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {
    this.database = remote ? null : new DatabaseSessionStore(unitOfWork, clock);
    this.keyv = new Keyv({
      store: remote?.store ?? this.database,
      throwOnErrors: true,
      useKeyPrefix: false,
    });
    // Failures are rejected promises; without a listener the event would end the process as well.
    this.keyv.on('error', () => undefined);
  }

  /** @returns the new token. */
  async create(scope: SessionScope, subject: string, ttlSeconds: number, epoch = 0): Promise<string> {
    const token = newToken();
    const expiresAt = this.clock.secondsFromNow(ttlSeconds).getTime();
    const content: SessionContent = { subject, expiresAt, ...(epoch !== 0 && { epoch }) };
    await this.runOrUnavailable(() => this.keyv.set(storeKeyOf(scope, token), content, ttlSeconds * 1000));
    return token;
  }

  /** Returns null when the token is unknown, revoked or expired. */
  async findSession(scope: SessionScope, token: string): Promise<ActiveSession | null> {
    const content = await this.runOrUnavailable(() => this.keyv.get<SessionContent>(storeKeyOf(scope, token)));
    if (!content || !isUnexpired(content.expiresAt, this.clock.now())) return null;
    return { subject: content.subject, epoch: content.epoch ?? 0 };
  }

  async revoke(scope: SessionScope, token: string): Promise<void> {
    await this.runOrUnavailable(() => this.keyv.delete(storeKeyOf(scope, token)));
  }

  async ping(): Promise<void> {
    await this.runOrUnavailable(() => this.keyv.get('ping'));
  }

  async onApplicationShutdown(): Promise<void> {
    try {
      await this.remote?.disconnect();
    } catch (error) {
      this.log.warn(`Could not disconnect from the session store: ${String(error)}`);
    }
  }

  private async runOrUnavailable<T>(command: () => Promise<T>): Promise<T> {
    try {
      // The database has its own timeouts.
      return await (this.database ? command() : withTimeout(command(), COMMAND_TIMEOUT_MS, throwTimeoutError));
    } catch (error) {
      if (error instanceof DomainError) throw error;
      throw new DomainError('SERVICE_UNAVAILABLE', { cause: error });
    }
  }
}

function throwTimeoutError(): never {
  throw new Error(`The session store did not respond within ${COMMAND_TIMEOUT_MS} ms`);
}

/** A session that ends later than the maximum was created by a wrong clock and does not count. */
function isUnexpired(expiresAtMs: number, now: Date): boolean {
  const remainingMs = expiresAtMs - now.getTime();
  return remainingMs > 0 && remainingMs <= MAX_TTL_MS;
}

function storeKeyOf(scope: SessionScope, token: string): string {
  return `wx-checkout:session:${scope}:${sha256(token)}`;
}

/** A Keyv storage adapter on our own table, so that a shop does not need Redis. */
class DatabaseSessionStore extends EventEmitter implements KeyvStoreAdapter {
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
    const session = await this.unitOfWork.read((manager) => findRow(manager, Session, ['content'], alive));
    return session?.content as StoredData<Value> | undefined;
  }

  /** @param ttl milliseconds. */
  async set(storeKey: string, content: string, ttl = 0): Promise<boolean> {
    const expiresAt = this.clock.secondsFromNow(ttl / 1000);
    await this.unitOfWork.runStatement((manager) => insertRow(manager, Session, { storeKey, content, expiresAt }));
    return true;
  }

  async delete(storeKey: string): Promise<boolean> {
    const { affected } = await this.unitOfWork.run((tx) => tx.delete(Session, { storeKey }));
    return affected === 1;
  }

  async clear(): Promise<void> {
    await this.unitOfWork.run((tx) => tx.clear(Session));
  }
}
