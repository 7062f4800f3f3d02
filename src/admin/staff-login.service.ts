import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Actor, AuditLog } from '../audit/audit-log.js';
import { SessionStore } from '../auth/session-store.js';
import { networkOf } from '../common/client-address.js';
import { DomainError } from '../common/domain-error.js';
import { Metrics } from '../common/metrics.js';
import { Settings } from '../config/settings.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { Admin } from './admin.entity.js';
import { AdminStore } from './admin-store.js';
import { KnownNetworkStore } from './known-network-store.js';
import { LoginFailureAuditService } from './login-failure-audit.service.js';
import type { LoginOrigin } from './staff-login-limiter.js';
import { LoginThrottle } from './login-throttle.js';
import { type CountedAttempt, LoginLockoutService } from './login-lockout.service.js';
import type { CallerTrust } from './password-hash-queue.js';
import { hashPassword } from './passwords.js';
import { replacePassword } from './replace-password.js';

/** A name and a password, and from where. */
interface LoginAttempt {
  username: string;
  password: string;
  ip: string;
  /** Whose failures are counted together. */
  who: string;
  lane: CallerTrust;
  /** By what else they are counted; null for a password that is changed. */
  origin: LoginOrigin | null;
}

type StaffAuthAction = 'auth.login' | 'auth.password';

/** Where staff show who they are by a password: at the login, and before they change it. */
@Injectable()
export class StaffLoginService {
  constructor(
    private readonly settings: Settings,
    private readonly unitOfWork: UnitOfWork,
    private readonly admins: AdminStore,
    private readonly lockout: LoginLockoutService,
    private readonly throttle: LoginThrottle,
    private readonly knownNetworks: KnownNetworkStore,
    private readonly failureAudit: LoginFailureAuditService,
    private readonly metrics: Metrics,
    private readonly sessions: SessionStore,
    private readonly audit: AuditLog,
  ) {}

  /** @throws DomainError BAD_CREDENTIALS, or TOO_MANY_ATTEMPTS. */
  async login(
    username: string,
    password: string,
    ip: string,
  ): Promise<{ token: string; expiresIn: number; admin: Admin }> {
    const who = `${networkOf(ip)} ${username.toLowerCase()}`;
    const login = (origin: LoginOrigin): Promise<Admin> =>
      this.verifyAttempt({ username, password, ip, who, lane: origin.trust, origin }, async (tx, found) => {
        await this.knownNetworks.add(tx, origin.network);
        await this.writeAuditEntry(tx, 'auth.login', found, ip);
      });
    const admin = await this.countRefusal(this.throttle.run(ip, username, login));
    this.knownNetworks.addToCache(networkOf(ip));
    const expiresIn = this.settings.SESSION_TTL_SECONDS;
    // The epoch in which the password was right: a session begun with a password that was changed meanwhile is dead.
    const token = await this.sessions.create('admin', admin.id, expiresIn, admin.sessionEpoch);
    return { token, expiresIn, admin };
  }

  /**
   * Ends every other session of this person.
   * @param session the hash of the token that stays alive.
   * @throws DomainError BAD_CREDENTIALS, TOO_MANY_ATTEMPTS; UNAUTHENTICATED when somebody else has just changed the account.
   */
  async changePassword(actor: Actor, session: string, passwords: { old: string; new: string }): Promise<void> {
    const { id, username, ip } = actor;
    const who = `password ${id}`;
    const attempt = { username, password: passwords.old, ip, who, lane: 'KNOWN' as const, origin: null };
    let passwordHash: string | undefined;
    const prepare = async (): Promise<void> => void (passwordHash = await hashPassword(passwords.new));
    const change = this.verifyAttempt(
      attempt,
      async (tx, admin) => {
        if (passwordHash === undefined) throw new Error('The new password was not hashed.');
        await replacePassword(tx, admin, { passwordHash, keptSession: session });
        await this.writeAuditEntry(tx, 'auth.password', admin, ip);
      },
      prepare,
    );
    await this.countRefusal(change);
  }

  /** Counts a refusal for the metrics. */
  private async countRefusal<T>(attempt: Promise<T>): Promise<T> {
    try {
      return await attempt;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'TOO_MANY_ATTEMPTS')
        this.metrics.limitReached('failed-logins');
      throw error;
    }
  }

  /** `then` shares the transaction in which earlier failures are forgotten. `prepare` is what takes too long for one. */
  private verifyAttempt(
    attempt: LoginAttempt,
    then: (tx: EntityManager, admin: Admin) => Promise<void>,
    prepare?: () => Promise<void>,
  ): Promise<Admin> {
    return this.lockout.runInTurn(attempt.who, async () => {
      const guess = await this.lockout.beginAttempt(attempt.who, attempt.origin);
      const admin = await this.checkPassword(guess, attempt, prepare);
      if (!admin) {
        this.metrics.staffLoginFailed();
        await this.recordFailure(guess, attempt);
        throw new DomainError('BAD_CREDENTIALS');
      }
      await this.unitOfWork.run(async (tx) => {
        await this.lockout.clearFailures(tx, guess);
        await then(tx, admin);
      });
      return admin;
    });
  }

  /** What could not be looked at is no failure. */
  private async checkPassword(
    guess: CountedAttempt,
    attempt: LoginAttempt,
    prepare?: () => Promise<void>,
  ): Promise<Admin | null> {
    try {
      const admin = await this.admins.authenticate(attempt.username, attempt.password, attempt.lane);
      if (admin) await prepare?.();
      return admin;
    } catch (error) {
      await this.lockout.cancelAttempt(guess);
      throw error;
    }
  }

  private async recordFailure(guess: CountedAttempt, attempt: LoginAttempt): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.lockout.recordFailure(tx, guess);
      await this.failureAudit.writeLoginFailure(tx, guess, attempt);
    });
  }

  private writeAuditEntry(
    tx: EntityManager,
    action: StaffAuthAction,
    { id, username }: Admin,
    ip: string,
  ): Promise<void> {
    return this.audit.write(tx, { actor: { id, username, ip }, action, subject: id, before: null, after: null });
  }
}
