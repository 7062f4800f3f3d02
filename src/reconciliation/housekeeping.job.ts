import { Injectable, Logger } from '@nestjs/common';
import { CallBudgets } from '../auth/call-budgets.js';
import { purgeLoginFailures } from '../auth/login-failure-purge.js';
import { SessionStore } from '../auth/session-store.js';
import { Clock } from '../common/clock.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { purgeIdempotencyKeys } from '../order/idempotency-purge.js';
import { purgeOutbox } from '../outbox/outbox-purge.js';

/** Seconds that an idempotency key is remembered: a week, longer than any client keeps trying. */
const KEY_LIFE_SECONDS = 7 * 86_400;
/** Failed logins older than a quarter of an hour count no more. */
const FAILURE_LIFE_SECONDS = 15 * 60;
/** What was delivered is of use while somebody may ask about it: a month. */
const DELIVERED_LIFE_SECONDS = 30 * 86_400;

/** Throws away what nobody can use any more. Never anything about money. */
@Injectable()
export class HousekeepingJob {
  private readonly log = new Logger(HousekeepingJob.name);

  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly sessions: SessionStore,
    private readonly callBudgets: CallBudgets,
  ) {}

  async tick(): Promise<void> {
    try {
      await this.sessions.purgeExpired();
      await this.callBudgets.purge();
      await purgeIdempotencyKeys(this.unitOfWork, this.clock.in(-KEY_LIFE_SECONDS));
      await purgeLoginFailures(this.unitOfWork, this.clock.in(-FAILURE_LIFE_SECONDS));
      await purgeOutbox(this.unitOfWork, this.clock.in(-DELIVERED_LIFE_SECONDS));
    } catch (error) {
      this.log.warn(`Housekeeping will be tried again: ${String(error)}`);
    }
  }
}
