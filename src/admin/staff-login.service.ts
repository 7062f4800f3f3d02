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
import type { LoginOrigin } from './staff-login-rate-limiter.js';
import { StaffLoginConcurrencyLimiter } from './staff-login-concurrency-limiter.js';
import { type CountedAttempt, StaffLockoutService } from './staff-lockout.service.js';
import type { CallerTrust } from './password-hash-queue.js';
import { hashPassword } from './passwords.js';
import { replacePassword } from './replace-password.js';

/** A username and password, and where they come from. */
interface LoginAttempt {
  username: string;
  password: string;
  ip: string;
  /** Failures with the same key are counted together. */
  lockoutKey: string;
  trust: CallerTrust;
  /** Also counted by network and username. Null for a password change. */
  origin: LoginOrigin | null;
}

type StaffAuthAction = 'auth.login' | 'auth.password';

/** Verifies staff passwords at login and before a password change. */
@Injectable()
export class StaffLoginService {
  constructor(
    private readonly settings: Settings,
    private readonly unitOfWork: UnitOfWork,
    private readonly admins: AdminStore,
    private readonly lockout: StaffLockoutService,
    private readonly throttle: StaffLoginConcurrencyLimiter,
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
    const lockoutKey = `${networkOf(ip)} ${username.toLowerCase()}`;
    const login = (origin: LoginOrigin): Promise<Admin> =>
      this.verifyAttempt({ username, password, ip, lockoutKey, trust: origin.trust, origin }, async (tx, verified) => {
        await this.knownNetworks.add(tx, origin.network);
        await this.writeAuditEntry(tx, 'auth.login', verified, ip);
      });
    const admin = await this.countRefusal(this.throttle.run(ip, username, login));
    this.knownNetworks.addToCache(networkOf(ip));
    const expiresIn = this.settings.SESSION_TTL_SECONDS;
    // Uses the epoch in which the password was right: if the password was changed meanwhile, the session is invalid.
    const token = await this.sessions.create('admin', admin.id, expiresIn, admin.sessionEpoch);
    return { token, expiresIn, admin };
  }

  /**
   * Ends every other session of this account.
   * @param session the hash of the token that stays valid.
   * @throws DomainError BAD_CREDENTIALS, TOO_MANY_ATTEMPTS; UNAUTHENTICATED when the account was changed concurrently.
   */
  async changePassword(actor: Actor, session: string, passwords: { old: string; new: string }): Promise<void> {
    const { id, username, ip } = actor;
    const lockoutKey = `password ${id}`;
    const attempt = { username, password: passwords.old, ip, lockoutKey, trust: 'KNOWN' as const, origin: null };
    let passwordHash: string | undefined;
    const prepare = async (): Promise<void> => void (passwordHash = await hashPassword(passwords.new));
    const change = this.verifyAttempt(
      attempt,
      async (tx, admin) => {
        if (passwordHash === undefined) throw new Error('prepare() must hash the new password first');
        await replacePassword(tx, admin, { passwordHash, keptSessionHash: session });
        await this.writeAuditEntry(tx, 'auth.password', admin, ip);
      },
      prepare,
    );
    await this.countRefusal(change);
  }

  /** Counts a refusal in the metrics. */
  private async countRefusal<T>(attempt: Promise<T>): Promise<T> {
    try {
      return await attempt;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'TOO_MANY_ATTEMPTS')
        this.metrics.limitReached('failed-logins');
      throw error;
    }
  }

  /** `onSuccess` runs in the transaction that clears earlier failures. `prepare` runs before it, for slow work. */
  private verifyAttempt(
    attempt: LoginAttempt,
    onSuccess: (tx: EntityManager, admin: Admin) => Promise<void>,
    prepare?: () => Promise<void>,
  ): Promise<Admin> {
    return this.lockout.runInTurn(attempt.lockoutKey, async () => {
      const counted = await this.lockout.beginAttempt(attempt.lockoutKey, attempt.origin);
      const admin = await this.checkPassword(counted, attempt, prepare);
      if (!admin) {
        this.metrics.staffLoginFailed();
        await this.recordFailure(counted, attempt);
        throw new DomainError('BAD_CREDENTIALS');
      }
      await this.unitOfWork.run(async (tx) => {
        await this.lockout.clearFailures(tx, counted);
        await onSuccess(tx, admin);
      });
      return admin;
    });
  }

  /** An attempt whose password could not be checked does not count as a failure. */
  private async checkPassword(
    counted: CountedAttempt,
    attempt: LoginAttempt,
    prepare?: () => Promise<void>,
  ): Promise<Admin | null> {
    try {
      const admin = await this.admins.authenticate(attempt.username, attempt.password, attempt.trust);
      if (admin) await prepare?.();
      return admin;
    } catch (error) {
      await this.lockout.cancelAttempt(counted);
      throw error;
    }
  }

  private async recordFailure(counted: CountedAttempt, attempt: LoginAttempt): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.lockout.recordFailure(tx, counted);
      await this.failureAudit.writeLoginFailure(tx, counted, attempt);
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
