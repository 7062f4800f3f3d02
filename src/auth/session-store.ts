import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Keyv } from 'keyv';
import { Clock } from '../common/clock.js';
import { DomainError } from '../common/domain-error.js';
import { newToken, sha256 } from '../common/ids.js';
import { MAX_SESSION_TTL_SECONDS } from '../config/settings.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { DatabaseSessionStore } from './database-session-store.js';
import { REMOTE_SESSION_STORE, type RemoteSessionStore } from './remote-session-store.js';

/** Who a token speaks for: users of the mini-program and the merchant's staff live in separate rooms. */
export type SessionScope = 'user' | 'admin';

/** Whose session it is. */
export interface ActiveSession {
  subject: string;
  /** What the opener gave along: who counts up their own number ends all sessions with an older one. */
  epoch: number;
}

interface SessionContent {
  subject: string;
  /** Absent for 0. */
  epoch?: number;
  /** Milliseconds since 1970: checked by our own clock, whatever the store does. */
  expiresAt: number;
}

/** The longest SESSION_TTL_SECONDS, and a day for clocks that differ. */
const MAX_TTL_MS = (MAX_SESSION_TTL_SECONDS + 86_400) * 1000;
const COMMAND_TIMEOUT_MS = 2000;

/**
 * Opaque, expiring, revocable tokens in the database, Redis or memcached. Only a token's hash is stored.
 * Every method throws DomainError SERVICE_UNAVAILABLE when the store does not answer: "logged out" would be a lie.
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
    // Failures reach the caller as rejections; without a listener they would end the process as well.
    this.keyv.on('error', () => undefined);
  }

  /** @returns the token, shown to its owner and nobody else. */
  async create(room: SessionScope, subject: string, ttlSeconds: number, epoch = 0): Promise<string> {
    const token = newToken();
    const expiresAt = this.clock.secondsFromNow(ttlSeconds).getTime();
    const content: SessionContent = { subject, expiresAt, ...(epoch !== 0 && { epoch }) };
    await this.runOrUnavailable(() => this.keyv.set(storeKeyOf(room, token), content, ttlSeconds * 1000));
    return token;
  }

  /** @returns whose token it is, or null when it is unknown, revoked or expired. */
  async findSubject(room: SessionScope, token: string): Promise<string | null> {
    return (await this.findSession(room, token))?.subject ?? null;
  }

  /** As `subjectOf`, with the epoch in which it was opened. */
  async findSession(room: SessionScope, token: string): Promise<ActiveSession | null> {
    const content = await this.runOrUnavailable(() => this.keyv.get<SessionContent>(storeKeyOf(room, token)));
    if (!content || !isUnexpired(content.expiresAt, this.clock.now())) return null;
    return { subject: content.subject, epoch: content.epoch ?? 0 };
  }

  async revoke(room: SessionScope, token: string): Promise<void> {
    await this.runOrUnavailable(() => this.keyv.delete(storeKeyOf(room, token)));
  }

  /** Throws when the store does not answer. */
  async ping(): Promise<void> {
    await this.runOrUnavailable(() => this.keyv.get('ping'));
  }

  /** Redis and memcached forget by themselves; the table has to be told. */
  async purgeExpired(): Promise<void> {
    await this.database?.purge();
  }

  async onApplicationShutdown(): Promise<void> {
    try {
      await this.remote?.disconnect();
    } catch (error) {
      this.log.warn(`The session store could not be left in peace: ${String(error)}`);
    }
  }

  private async runOrUnavailable<T>(command: () => Promise<T>): Promise<T> {
    try {
      // The database has limits of its own. A limit here that nobody waited for would end the process as it passed.
      return await (this.database ? command() : Promise.race([command(), rejectAfterTimeout()]));
    } catch (error) {
      if (error instanceof DomainError) throw error;
      throw new DomainError('SERVICE_UNAVAILABLE', { cause: error });
    }
  }
}

/** Rejects when a command's time is up. Always race it: its rejection must have somebody to hear it. */
function rejectAfterTimeout(): Promise<never> {
  const timeout = AbortSignal.timeout(COMMAND_TIMEOUT_MS);
  return new Promise((_resolve, reject) => {
    timeout.addEventListener('abort', () => {
      reject(new Error('the session store did not answer in time'));
    });
  });
}

/** One that ends later than any session can was opened while the clock was wrong. */
function isUnexpired(expiresAtMs: number, now: Date): boolean {
  const restMs = expiresAtMs - now.getTime();
  return restMs > 0 && restMs <= MAX_TTL_MS;
}

function storeKeyOf(room: SessionScope, token: string): string {
  return `wx-checkout:session:${room}:${sha256(token)}`;
}
