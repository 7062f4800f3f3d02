import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { Settings } from '../config/settings.js';
import { earlyAfterSeconds } from '../payment/early-check.js';
import { REFUND_SPACING_SECONDS } from '../payment/refundable.js';
import { Refund } from './refund.entity.js';

/** Sending, or a question before and after it, each at a host and perhaps its twin. */
const CALLS = 3;
const CONNECT_SECONDS = 2;
const AIR_SECONDS = 4;
/** A look of the longest gap. */
const RARELY = Number.MAX_SAFE_INTEGER;

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
    this.leaseMs = (CALLS * hosts * (settings.WECHAT_TIMEOUT_SECONDS + CONNECT_SECONDS) + AIR_SECONDS) * 1000;
  }

  /** The end of a lease that begins now. */
  leaseEnd(): Date {
    return new Date(this.clock.now().getTime() + this.leaseMs);
  }

  /** Takes the refund for one turn, by compare-and-set on the date that was read: false when somebody else has taken it. */
  async take(tx: EntityManager, { id, nextCheckAt }: Refund): Promise<boolean> {
    if (nextCheckAt === null) return false;
    const { affected } = await tx.update(
      Refund,
      { id, nextCheckAt },
      { nextCheckAt: this.leaseEnd(), earlyCheckAt: null },
    );
    return affected === 1;
  }

  /** After look number `looks` (from 0); the last gap repeats. */
  after(looks: number): Date {
    return this.clock.in(this.gapAfter(looks));
  }

  /**
   * From when on look number `looks` may be brought forward, after one without a usable answer. Not within a minute: what is
   * sent again then is not too fast for WeChat.
   */
  earlyAfter(looks: number): Date {
    return this.clock.in(Math.max(REFUND_SPACING_SECONDS, earlyAfterSeconds(this.gapAfter(looks))));
  }

  /** For what a person has to end: WeChat may still tell that somebody did. */
  rarely(): Date {
    return this.after(RARELY);
  }

  earlyRarely(): Date {
    return this.earlyAfter(RARELY);
  }

  private gapAfter(looks: number): number {
    const gaps = this.settings.REFUND_QUERY_BACKOFF_SECONDS;
    return gaps[Math.min(looks, gaps.length - 1)] ?? 86_400;
  }
}
