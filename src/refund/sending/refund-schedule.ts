import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/time/clock.js';
import { Settings } from '../../config/settings.js';
import { backOffSeconds, earliestCheckDelaySeconds } from '../../jobs/back-off.js';
import { REFUND_INTERVAL_SECONDS } from '../../payment/attempt/refund-reservations.js';
import { maxCallDurationMs } from '../../wechat/max-call-duration.js';

/** A query, the refund call and a second query, each of one call to a host. */
const MAX_CALLS = 3;
const LEASE_MARGIN_SECONDS = 4;
/** Index of the last delay of the back-off. */
const LAST_DELAY = Number.MAX_SAFE_INTEGER;

/** Computes when a refund is checked next. */
@Injectable()
export class RefundSchedule {
  /**
   * Milliseconds of a lease: longer than a usual run of `RefundSender` takes. The query of a payment with more than ten
   * refunds needs several calls, so slow responses may outlast the lease. A second worker then repeats the same call under
   * the same refund number, which cannot refund twice.
   */
  readonly leaseMs: number;

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {
    const hosts = settings.wechat.WECHAT_PAY_BACKUP_BASE_URL === undefined ? 1 : 2;
    this.leaseMs = maxCallDurationMs(settings, MAX_CALLS * hosts, LEASE_MARGIN_SECONDS);
  }

  /** Date of the next check after check number `checkCount` (from 0); the last delay repeats. */
  nextCheckAt(checkCount: number): Date {
    return this.clock.secondsFromNow(this.delayAfter(checkCount));
  }

  /**
   * From when on the next check may be brought forward, after check number `checkCount` without a usable response. At
   * least a minute, because WeChat accepts one refund per minute.
   */
  earliestCheckAt(checkCount: number): Date {
    return this.clock.secondsFromNow(
      Math.max(REFUND_INTERVAL_SECONDS, earliestCheckDelaySeconds(this.delayAfter(checkCount))),
    );
  }

  /** After WeChat's rate limit: at least a minute later. */
  rateLimitedCheckAt(checkCount: number): Date {
    return this.clock.secondsFromNow(Math.max(REFUND_INTERVAL_SECONDS, this.delayAfter(checkCount)));
  }

  /** For refunds that staff must complete: WeChat may report later that it was done in the merchant platform. */
  longestDelayCheckAt(): Date {
    return this.nextCheckAt(LAST_DELAY);
  }

  lastDelayEarliestCheckAt(): Date {
    return this.earliestCheckAt(LAST_DELAY);
  }

  private delayAfter(checkCount: number): number {
    return backOffSeconds(this.settings.REFUND_QUERY_BACKOFF_SECONDS, checkCount);
  }
}
