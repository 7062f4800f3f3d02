import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog } from '../audit/audit-log.js';
import { AdminStore } from './admin-store.js';
import { StaffLoginLimiter, type LoginOrigin } from './staff-login-limiter.js';
import type { CountedAttempt } from './login-lockout.service.js';

type LoginFailureAction = 'auth.locked' | 'auth.slowed' | 'network.refuse';

/** Stands for a name that no account has: what was typed there may be a password. */
const UNKNOWN_ACCOUNT = { id: '-', username: '-' };

/**
 * Writes failed logins into the audit log, in bounded number: when a name is locked for a network, when guesses at a name
 * are slowed, and when a network is refused; each once in its window. Names that exist and others cost the same, so that
 * the time of an answer does not tell them apart.
 */
@Injectable()
export class LoginFailureAuditService {
  constructor(
    private readonly admins: AdminStore,
    private readonly limiter: StaffLoginLimiter,
    private readonly audit: AuditLog,
  ) {}

  /** In the transaction that keeps the failure. `origin` is null for a password that is changed. */
  async writeLoginFailure(
    tx: EntityManager,
    guess: CountedAttempt,
    { username, ip, origin }: { username: string; ip: string; origin: LoginOrigin | null },
  ): Promise<void> {
    const isLocked = guess.isLastAllowed && (await this.limiter.markFirstInWindow(tx, `locked ${guess.who}`));
    const reached = origin && (await this.limiter.markReachedLimits(tx, origin));
    if (!isLocked && !reached?.isRefused && !reached?.isSlowed) return;
    const account = (await this.admins.findByUsername(tx, username)) ?? UNKNOWN_ACCOUNT;
    const ofName = account === UNKNOWN_ACCOUNT ? 'no account' : 'account';
    const actor = { id: account.id, username: account.username, ip };
    if (isLocked) await this.write(tx, ofName, { action: 'auth.locked', actor, subject: account.id });
    if (reached?.isSlowed) await this.write(tx, ofName, { action: 'auth.slowed', actor, subject: account.id });
    if (origin && reached?.isRefused) {
      const stranger = { ...UNKNOWN_ACCOUNT, ip };
      await this.write(tx, 'network', { action: 'network.refuse', actor: stranger, subject: origin.network });
    }
  }

  private async write(
    tx: EntityManager,
    kind: string,
    line: { action: LoginFailureAction; actor: { id: string; username: string; ip: string }; subject: string },
  ): Promise<void> {
    if (await this.limiter.takeAuditLine(tx, kind)) await this.audit.write(tx, { ...line, before: null, after: null });
  }
}
