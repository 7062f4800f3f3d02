import { Injectable, Logger } from '@nestjs/common';
import { CallRateLimiter } from '../auth/call-rate-limiter.js';
import { purgeKnownNetworks, purgeLoginFailures } from '../auth/purge-login-failures.js';
import { SessionStore } from '../auth/session-store.js';
import { Clock } from '../common/clock.js';
import { ClockMonitor } from '../common/clock-monitor.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { purgeIdempotencyKeys } from '../order/purge-idempotency-keys.js';
import { purgeOutbox } from '../outbox/purge-outbox.js';
import { purgeRefusedNotices } from '../payment/refused-notice-log.js';
import { ClockCheck } from './clock-check.js';

/** Seconds for which an idempotency key is kept: a week, longer than any client retries. */
const IDEMPOTENCY_KEY_TTL_SECONDS = 7 * 86_400;
/** Failed logins count for 15 minutes. */
const LOGIN_FAILURE_TTL_SECONDS = 15 * 60;
/** Delivered outbox entries are kept for 30 days, for questions about them. */
const DELIVERED_ENTRY_TTL_SECONDS = 30 * 86_400;
/** Counts of refused notices are kept for 90 days. */
const REFUSED_NOTICE_TTL_SECONDS = 90 * 86_400;

/** Deletes old rows. It never deletes rows about payments or refunds, and deletes nothing while the clock is not trusted. */
@Injectable()
export class HousekeepingJob {
  private readonly log = new Logger(HousekeepingJob.name);

  constructor(
    private readonly clock: Clock,
    private readonly clockWatch: ClockMonitor,
    private readonly clockCheck: ClockCheck,
    private readonly unitOfWork: UnitOfWork,
    private readonly sessions: SessionStore,
    private readonly callRateLimiter: CallRateLimiter,
  ) {}

  /** Never throws: a failed step is repeated at the next tick. */
  async tick(): Promise<void> {
    await this.clockCheck.run();
    if (this.clockWatch.untrustedReason !== null) return;
    await this.purge('sessions', () => this.sessions.purgeExpired());
    await this.purge('call budgets', () => this.callRateLimiter.purge());
    await this.purge('idempotency keys', () =>
      purgeIdempotencyKeys(this.unitOfWork, this.clock.secondsFromNow(-IDEMPOTENCY_KEY_TTL_SECONDS)),
    );
    await this.purge('failed logins', () =>
      purgeLoginFailures(this.unitOfWork, this.clock.secondsFromNow(-LOGIN_FAILURE_TTL_SECONDS)),
    );
    await this.purge('known networks', () => purgeKnownNetworks(this.unitOfWork, this.clock.now()));
    await this.purge('the outbox', () =>
      purgeOutbox(this.unitOfWork, this.clock.secondsFromNow(-DELIVERED_ENTRY_TTL_SECONDS)),
    );
    await this.purge('refused notices', () =>
      purgeRefusedNotices(this.unitOfWork, this.clock.secondsFromNow(-REFUSED_NOTICE_TTL_SECONDS)),
    );
  }

  /** A failed step does not stop the others. */
  private async purge(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.log.warn(`Could not delete old rows of ${what}; the next tick tries again: ${String(error)}`);
    }
  }
}
