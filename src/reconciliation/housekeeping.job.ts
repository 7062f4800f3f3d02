import { Injectable, Logger } from '@nestjs/common';
import { CallBudgets } from '../auth/call-budgets.js';
import { purgeKnownNetworks, purgeLoginFailures } from '../auth/login-failure-purge.js';
import { SessionStore } from '../auth/session-store.js';
import { Clock } from '../common/clock.js';
import { ClockWatch } from '../common/clock-watch.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { purgeIdempotencyKeys } from '../order/idempotency-purge.js';
import { purgeOutbox } from '../outbox/outbox-purge.js';
import { purgeRefusedNotices } from '../payment/refused-notices.js';
import { ClockCheck } from './clock-check.js';

/** Seconds that an idempotency key is remembered: a week, longer than any client keeps trying. */
const KEY_LIFE_SECONDS = 7 * 86_400;
/** Failed logins older than a quarter of an hour count no more. */
const FAILURE_LIFE_SECONDS = 15 * 60;
/** What was delivered is of use while somebody may ask about it: a month. */
const DELIVERED_LIFE_SECONDS = 30 * 86_400;
/** A refused notice proves nothing: its count is kept for a quarter of a year. */
const REFUSED_LIFE_SECONDS = 90 * 86_400;

/** Deletes what is too old to be of use. Never anything about money, and nothing at all while the clock is in doubt. */
@Injectable()
export class HousekeepingJob {
  private readonly log = new Logger(HousekeepingJob.name);

  constructor(
    private readonly clock: Clock,
    private readonly clockWatch: ClockWatch,
    private readonly clockCheck: ClockCheck,
    private readonly unitOfWork: UnitOfWork,
    private readonly sessions: SessionStore,
    private readonly callBudgets: CallBudgets,
  ) {}

  /** Never throws: what failed is tried again at the next tick. */
  async tick(): Promise<void> {
    await this.clockCheck.run();
    if (this.clockWatch.doubt !== null) return;
    await this.purge('sessions', () => this.sessions.purgeExpired());
    await this.purge('call budgets', () => this.callBudgets.purge());
    await this.purge('idempotency keys', () => purgeIdempotencyKeys(this.unitOfWork, this.clock.in(-KEY_LIFE_SECONDS)));
    await this.purge('failed logins', () => purgeLoginFailures(this.unitOfWork, this.clock.in(-FAILURE_LIFE_SECONDS)));
    await this.purge('known networks', () => purgeKnownNetworks(this.unitOfWork, this.clock.now()));
    await this.purge('the outbox', () => purgeOutbox(this.unitOfWork, this.clock.in(-DELIVERED_LIFE_SECONDS)));
    await this.purge('refused notices', () =>
      purgeRefusedNotices(this.unitOfWork, this.clock.in(-REFUSED_LIFE_SECONDS)),
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
