import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog } from '../../../audit/audit-log.js';
import { StaffAccountStore } from '../../accounts/staff-account-store.js';
import { StaffLoginRateLimiter, type LoginOrigin } from './staff-login-rate-limiter.js';
import type { CountedAttempt } from './staff-lockout.service.js';

type LoginFailureAction = 'auth.locked' | 'auth.slowed' | 'network.refuse';

/** Replaces a username without an account, because a user may have typed a password there. */
const UNKNOWN_ACCOUNT = { id: '-', username: '-' };

/**
 * Writes a bounded number of failed logins to the audit log: when a username is locked for a network, when attempts at
 * a username are slowed down, and when a network is rejected. Each is written once per window. Existing and unknown
 * usernames take the same work, so that response times do not reveal which usernames exist.
 */
@Injectable()
export class LoginFailureAuditService {
  constructor(
    private readonly accounts: StaffAccountStore,
    private readonly limiter: StaffLoginRateLimiter,
    private readonly audit: AuditLog,
  ) {}

  /** Runs in the transaction that records the failure. `origin` is null for a password change. */
  async writeLoginFailure(
    tx: EntityManager,
    attempt: CountedAttempt,
    { username, ip, origin }: { username: string; ip: string; origin: LoginOrigin | null },
  ): Promise<void> {
    const isLocked =
      attempt.isLastAllowed && (await this.limiter.markFirstInWindow(tx, `locked ${attempt.lockoutKeyHash}`));
    const reached = origin && (await this.limiter.markReachedLimits(tx, origin));
    if (!isLocked && !reached?.isRefused && !reached?.isSlowed) return;
    const account = (await this.accounts.findByUsername(tx, username)) ?? UNKNOWN_ACCOUNT;
    const kindOfName = account === UNKNOWN_ACCOUNT ? 'no account' : 'account';
    const actor = { id: account.id, username: account.username, ip };
    if (isLocked) await this.writeAuditEntry(tx, kindOfName, { action: 'auth.locked', actor, subject: account.id });
    if (reached?.isSlowed)
      await this.writeAuditEntry(tx, kindOfName, { action: 'auth.slowed', actor, subject: account.id });
    if (origin && reached?.isRefused) {
      const unknownActor = { ...UNKNOWN_ACCOUNT, ip };
      await this.writeAuditEntry(tx, 'network', {
        action: 'network.refuse',
        actor: unknownActor,
        subject: origin.network,
      });
    }
  }

  private async writeAuditEntry(
    tx: EntityManager,
    kind: string,
    line: { action: LoginFailureAction; actor: { id: string; username: string; ip: string }; subject: string },
  ): Promise<void> {
    if (await this.limiter.consumeAuditLine(tx, kind))
      await this.audit.write(tx, { ...line, before: null, after: null });
  }
}
