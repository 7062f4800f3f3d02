import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { Settings } from '../config/settings.js';
import { earlyCheckDelaySeconds } from '../payment/early-check.js';
import { REFUND_INTERVAL_SECONDS } from '../payment/refund-reservations.js';
import { Refund } from './refund.entity.js';

/** A query, the refund call and a second query. */
const MAX_CALLS = 3;
const CONNECT_TIMEOUT_SECONDS = 2;
const LEASE_MARGIN_SECONDS = 4;
/** Index of the last gap. */
const LAST_GAP = Number.MAX_SAFE_INTEGER;

/** Computes when a refund is checked next. */
@Injectable()
export class RefundSchedule {
  /** Milliseconds of a lease: longer than one run of the executor can take. */
  readonly leaseMs: number;

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {
    const hosts = settings.WECHAT_PAY_BACKUP_BASE_URL === undefined ? 1 : 2;
    this.leaseMs =
      (MAX_CALLS * hosts * (settings.WECHAT_TIMEOUT_SECONDS + CONNECT_TIMEOUT_SECONDS) + LEASE_MARGIN_SECONDS) * 1000;
  }

  /** End of a lease that begins now. */
  leaseEnd(): Date {
    return new Date(this.clock.now().getTime() + this.leaseMs);
  }

  /** Takes the lease by compare-and-set on the date as read. False when another worker has taken it. */
  async acquireLease(tx: EntityManager, { id, nextCheckAt }: Refund): Promise<boolean> {
    if (nextCheckAt === null) return false;
    const { affected } = await tx.update(
      Refund,
      { id, nextCheckAt },
      { nextCheckAt: this.leaseEnd(), earlyCheckAt: null },
    );
    return affected === 1;
  }

  /** Date of the next check after check number `checkCount` (from 0); the last gap repeats. */
  nextCheckAt(checkCount: number): Date {
    return this.clock.secondsFromNow(this.gapAfter(checkCount));
  }

  /**
   * From when on the next check may be brought forward, after check number `checkCount` without a usable answer. At least a
   * minute, because WeChat accepts one refund per minute.
   */
  earlyCheckAt(checkCount: number): Date {
    return this.clock.secondsFromNow(
      Math.max(REFUND_INTERVAL_SECONDS, earlyCheckDelaySeconds(this.gapAfter(checkCount))),
    );
  }

  /** For refunds that staff must complete: WeChat may report later that it was done in the merchant platform. */
  lastGapCheckAt(): Date {
    return this.nextCheckAt(LAST_GAP);
  }

  lastGapEarlyCheckAt(): Date {
    return this.earlyCheckAt(LAST_GAP);
  }

  private gapAfter(checkCount: number): number {
    const gaps = this.settings.REFUND_QUERY_BACKOFF_SECONDS;
    return gaps[Math.min(checkCount, gaps.length - 1)] ?? 86_400;
  }
}
