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

/** Seconds that an idempotency key is remembered: a week, longer than any client keeps trying. */
const IDEMPOTENCY_KEY_TTL_SECONDS = 7 * 86_400;
/** Failed logins older than a quarter of an hour count no more. */
const LOGIN_FAILURE_TTL_SECONDS = 15 * 60;
/** What was delivered is of use while somebody may ask about it: a month. */
const DELIVERED_ENTRY_TTL_SECONDS = 30 * 86_400;
/** A refused notice proves nothing: its count is kept for a quarter of a year. */
const REFUSED_NOTICE_TTL_SECONDS = 90 * 86_400;

/** Deletes what is too old to be of use. Never anything about money, and nothing at all while the clock is in doubt. */
@Injectable()
export class HousekeepingJob {
  private readonly log = new Logger(HousekeepingJob.name);

  constructor(
    private readonly clock: Clock,
    private readonly clockWatch: ClockMonitor,
    private readonly clockCheck: ClockCheck,
    private readonly unitOfWork: UnitOfWork,
    private readonly sessions: SessionStore,
    private readonly callBudgets: CallRateLimiter,
  ) {}

  /** Never throws: what failed is tried again at the next tick. */
  async tick(): Promise<void> {
    await this.clockCheck.run();
    if (this.clockWatch.untrustedReason !== null) return;
    await this.purge('sessions', () => this.sessions.purgeExpired());
    await this.purge('call budgets', () => this.callBudgets.purge());
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

  /** One that fails keeps none of the others from running. */
  private async purge(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.log.warn(`Old rows of ${what} stay until the next tick: ${String(error)}`);
    }
  }
}
