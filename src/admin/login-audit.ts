import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog } from '../audit/audit-log.js';
import { Admins } from './admins.js';
import { LoginCounts, type Origin } from './login-counts.js';
import type { Guess } from './login-failures.js';

type FailureAction = 'auth.locked' | 'auth.slowed' | 'network.refuse';

/** Stands for a name that no account has: what was typed there may be a password. */
const NO_ACCOUNT = { id: '-', username: '-' };

/**
 * Writes failed logins into the audit log, in bounded number: when a name is locked for a network, when guesses at a name
 * are slowed, and when a network is refused; each once in its window. Names that exist and others cost the same, so that
 * the time of an answer does not tell them apart.
 */
@Injectable()
export class LoginAudit {
  constructor(
    private readonly admins: Admins,
    private readonly counts: LoginCounts,
    private readonly audit: AuditLog,
  ) {}

  /** In the transaction that keeps the failure. `origin` is null for a password that is changed. */
  async writeFailure(
    tx: EntityManager,
    guess: Guess,
    { username, ip, origin }: { username: string; ip: string; origin: Origin | null },
  ): Promise<void> {
    const isLocked = guess.isLast && (await this.counts.isFirst(tx, `locked ${guess.who}`));
    const reached = origin && (await this.counts.findReached(tx, origin));
    if (!isLocked && !reached?.isRefused && !reached?.isSlowed) return;
    const account = (await this.admins.named(tx, username)) ?? NO_ACCOUNT;
    const ofName = account === NO_ACCOUNT ? 'no account' : 'account';
    const actor = { id: account.id, username: account.username, ip };
    if (isLocked) await this.write(tx, ofName, { action: 'auth.locked', actor, subject: account.id });
    if (reached?.isSlowed) await this.write(tx, ofName, { action: 'auth.slowed', actor, subject: account.id });
    if (origin && reached?.isRefused) {
      const stranger = { ...NO_ACCOUNT, ip };
      await this.write(tx, 'network', { action: 'network.refuse', actor: stranger, subject: origin.network });
    }
  }

  private async write(
    tx: EntityManager,
    kind: string,
    line: { action: FailureAction; actor: { id: string; username: string; ip: string }; subject: string },
  ): Promise<void> {
    if (await this.counts.hasRoom(tx, kind)) await this.audit.write(tx, { ...line, before: null, after: null });
  }
}
