import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { defineLimitCounter, defineSimpleCounter } from '../../common/metrics/metric-definitions.js';
import { Metrics } from '../../common/metrics/metrics.js';
import { DomainError } from '../../common/problem/domain-error.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { StaffAccount } from '../accounts/staff-account.entity.js';
import { StaffAccountStore } from '../accounts/staff-account-store.js';
import { LoginFailureAuditService } from './limits/login-failure-audit.service.js';
import type { LoginOrigin } from './limits/staff-login-rate-limiter.js';
import { type CountedAttempt, StaffLockoutService } from './limits/staff-lockout.service.js';
import type { CallerTrust } from './passwords.js';

const FAILED_LOGIN_LIMIT_REACHED = defineLimitCounter('failed-logins');
const STAFF_LOGIN_FAILURES = defineSimpleCounter(
  'staff_login_failures_total',
  'Staff logins with a wrong username or password (401)',
);

/** A username and password, and where they come from. */
export interface PasswordAttempt {
  username: string;
  password: string;
  ip: string;
  /** Failures with the same key are counted together. */
  lockoutKey: string;
  trust: CallerTrust;
  /** Also counted by network and username. Null for a password change. */
  origin: LoginOrigin | null;
}

/** Verifies a staff password, counts failures and rejects attempts after too many of them. */
@Injectable()
export class StaffPasswordVerifier {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly accounts: StaffAccountStore,
    private readonly lockout: StaffLockoutService,
    private readonly failureAudit: LoginFailureAuditService,
    private readonly metrics: Metrics,
  ) {}

  /**
   * `onSuccess` runs in the transaction that clears earlier failures. `prepare` runs before it, for slow work.
   * @throws DomainError BAD_CREDENTIALS, or TOO_MANY_ATTEMPTS.
   */
  verify(
    attempt: PasswordAttempt,
    onSuccess: (tx: EntityManager, account: StaffAccount) => Promise<void>,
    prepare?: () => Promise<void>,
  ): Promise<StaffAccount> {
    return this.lockout.runInTurn(attempt.lockoutKey, async () => {
      const counted = await this.lockout.beginAttempt(attempt.lockoutKey, attempt.origin);
      const account = await this.checkPassword(counted, attempt, prepare);
      if (!account) {
        this.metrics.increment(STAFF_LOGIN_FAILURES);
        await this.recordFailure(counted, attempt);
        throw new DomainError('BAD_CREDENTIALS');
      }
      await this.unitOfWork.run(async (tx) => {
        await this.lockout.clearFailures(tx, counted);
        await onSuccess(tx, account);
      });
      return account;
    });
  }

  /** Counts a rejection in the metrics. */
  async countRefusal<T>(attempt: Promise<T>): Promise<T> {
    try {
      return await attempt;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'TOO_MANY_ATTEMPTS')
        this.metrics.increment(FAILED_LOGIN_LIMIT_REACHED);
      throw error;
    }
  }

  /** An attempt whose password could not be checked does not count as a failure. */
  private async checkPassword(
    counted: CountedAttempt,
    attempt: PasswordAttempt,
    prepare?: () => Promise<void>,
  ): Promise<StaffAccount | null> {
    try {
      const account = await this.accounts.authenticate(attempt.username, attempt.password, attempt.trust);
      if (account) await prepare?.();
      return account;
    } catch (error) {
      await this.lockout.cancelAttempt(counted);
      throw error;
    }
  }

  private async recordFailure(counted: CountedAttempt, attempt: PasswordAttempt): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.lockout.recordFailure(tx, counted);
      await this.failureAudit.writeLoginFailure(tx, counted, attempt);
    });
  }
}
