import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { Settings } from '../config/settings.js';
import { earlyCheckDelaySeconds } from '../payment/early-check.js';
import { REFUND_INTERVAL_SECONDS } from '../payment/refund-holds.js';
import { Refund } from './refund.entity.js';

/** Sending, or a question before and after it, each at a host and perhaps its twin. */
const MAX_CALLS = 3;
const CONNECT_TIMEOUT_SECONDS = 2;
const LEASE_MARGIN_SECONDS = 4;
/** A look of the longest gap. */
const LAST_GAP = Number.MAX_SAFE_INTEGER;

/** When a refund is looked at next. */
@Injectable()
export class RefundSchedule {
  /** Milliseconds that one turn with a refund can take at the very most: so long it belongs to whoever took it. */
  readonly leaseMs: number;

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {
    const hosts = settings.WECHAT_PAY_BACKUP_BASE_URL === undefined ? 1 : 2;
    this.leaseMs =
      (MAX_CALLS * hosts * (settings.WECHAT_TIMEOUT_SECONDS + CONNECT_TIMEOUT_SECONDS) + LEASE_MARGIN_SECONDS) * 1000;
  }

  /** The end of a lease that begins now. */
  leaseEnd(): Date {
    return new Date(this.clock.now().getTime() + this.leaseMs);
  }

  /** Takes the refund for one turn, by compare-and-set on the date that was read: false when somebody else has taken it. */
  async takeLease(tx: EntityManager, { id, nextCheckAt }: Refund): Promise<boolean> {
    if (nextCheckAt === null) return false;
    const { affected } = await tx.update(
      Refund,
      { id, nextCheckAt },
      { nextCheckAt: this.leaseEnd(), earlyCheckAt: null },
    );
    return affected === 1;
  }

  /** After look number `looks` (from 0); the last gap repeats. */
  nextCheckAt(looks: number): Date {
    return this.clock.secondsFromNow(this.gapAfter(looks));
  }

  /**
   * From when on look number `looks` may be brought forward, after one without a usable answer. Not within a minute: what is
   * sent again then is not too fast for WeChat.
   */
  earlyCheckAt(looks: number): Date {
    return this.clock.secondsFromNow(Math.max(REFUND_INTERVAL_SECONDS, earlyCheckDelaySeconds(this.gapAfter(looks))));
  }

  /** For what a person has to end: WeChat may still tell that somebody did. */
  lastGapCheckAt(): Date {
    return this.nextCheckAt(LAST_GAP);
  }

  lastGapEarlyCheckAt(): Date {
    return this.earlyCheckAt(LAST_GAP);
  }

  private gapAfter(looks: number): number {
    const gaps = this.settings.REFUND_QUERY_BACKOFF_SECONDS;
    return gaps[Math.min(looks, gaps.length - 1)] ?? 86_400;
  }
}
