import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Actor, AuditLog } from '../../audit/audit-log.js';
import { SessionStore } from '../../auth/session/session-store.js';
import { networkOf } from '../../common/http/client-address.js';
import { Settings } from '../../config/settings.js';
import type { StaffAccount } from '../accounts/staff-account.entity.js';
import { KnownNetworkStore } from './limits/known-network-store.js';
import type { LoginOrigin } from './limits/staff-login-rate-limiter.js';
import { StaffLoginConcurrencyLimiter } from './limits/staff-login-concurrency-limiter.js';
import { hashPassword } from './passwords.js';
import { StaffPasswordVerifier } from './staff-password-verifier.js';
import { replacePassword } from '../accounts/staff-account-store.js';

type StaffAuthAction = 'auth.login' | 'auth.password';

/** Logs staff in and changes their passwords. */
@Injectable()
export class StaffLoginService {
  constructor(
    private readonly settings: Settings,
    private readonly verifier: StaffPasswordVerifier,
    private readonly throttle: StaffLoginConcurrencyLimiter,
    private readonly knownNetworks: KnownNetworkStore,
    private readonly sessions: SessionStore,
    private readonly audit: AuditLog,
  ) {}

  /** @throws DomainError BAD_CREDENTIALS, or TOO_MANY_ATTEMPTS. */
  async login(
    username: string,
    password: string,
    ip: string,
  ): Promise<{ token: string; expiresIn: number; account: StaffAccount }> {
    const lockoutKey = `${networkOf(ip)} ${username.toLowerCase()}`;
    const login = (origin: LoginOrigin): Promise<StaffAccount> =>
      this.verifier.verify(
        { username, password, ip, lockoutKey, trust: origin.trust, origin },
        async (tx, verified) => {
          await this.knownNetworks.add(tx, origin.network);
          await this.writeAuditEntry(tx, 'auth.login', verified, ip);
        },
      );
    const account = await this.verifier.countRefusal(this.throttle.run(ip, username, login));
    this.knownNetworks.addToCache(networkOf(ip));
    const expiresIn = this.settings.SESSION_TTL_SECONDS;
    // Uses the epoch in which the password was right: if the password was changed meanwhile, the session is invalid.
    const token = await this.sessions.create('admin', account.id, expiresIn, account.sessionEpoch);
    return { token, expiresIn, account };
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
    const change = this.verifier.verify(
      attempt,
      async (tx, account) => {
        if (passwordHash === undefined) throw new Error('prepare() must hash the new password first');
        await replacePassword(tx, account, { passwordHash, keptSessionHash: session });
        await this.writeAuditEntry(tx, 'auth.password', account, ip);
      },
      prepare,
    );
    await this.verifier.countRefusal(change);
  }

  private writeAuditEntry(
    tx: EntityManager,
    action: StaffAuthAction,
    { id, username }: StaffAccount,
    ip: string,
  ): Promise<void> {
    return this.audit.write(tx, { actor: { id, username, ip }, action, subject: id, before: null, after: null });
  }
}
