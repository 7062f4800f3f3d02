import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../clock.js';
import { Behaviours } from '../state/behaviours.js';
import { RateWindow } from '../state/rate-window.js';
import { ResetRegistry } from '../state/reset-registry.js';
import { RefundStore } from './refund-store.js';
import { Transaction, WechatOrder } from './wechat-order.js';

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const REFUNDABLE_DAYS = 365;
const OLD_ORDER_DAYS = 30;
const MAX_REFUNDS_PER_ORDER = 50;

/** Why a refund is refused. Each protocol has its own codes for these. */
export type RefundRefusal =
  'TOTAL_MISMATCH' | 'OVERDUE' | 'NOTHING_LEFT' | 'TOO_MUCH' | 'TOO_MANY_REFUNDS' | 'TOO_FREQUENT' | 'TOO_MANY_INVALID';

/** A new refund of a paid order. */
export interface RefundCheckInput {
  readonly order: WechatOrder;
  readonly transaction: Transaction;
  readonly totalFen: number;
  readonly refundFen: number;
}

/** WeChat's rules for new refunds and its rate limits, in virtual time. Source: WeChat Pay v2, refund, limits. */
@Injectable()
export class RefundRules {
  private readonly all: RateWindow;
  private readonly invalid: RateWindow;
  private readonly ofOldOrders: RateWindow;

  constructor(
    private readonly refunds: RefundStore,
    private readonly behaviours: Behaviours,
    private readonly clock: SimulatorClock,
    resets: ResetRegistry,
  ) {
    this.all = new RateWindow(clock, SECOND_MS);
    this.invalid = new RateWindow(clock, SECOND_MS);
    this.ofOldOrders = new RateWindow(clock, MINUTE_MS);
    resets.onReset(() => {
      for (const window of [this.all, this.invalid, this.ofOldOrders]) window.clear();
    });
  }

  /** Counts a call and refuses it above the limits. */
  countCall(): RefundRefusal | undefined {
    const { refundsPerSecond, invalidRefundsPerSecond } = this.behaviours.current;
    if (this.invalid.isFull(invalidRefundsPerSecond)) return 'TOO_MANY_INVALID';
    return this.all.tryAdd(refundsPerSecond) ? undefined : 'TOO_FREQUENT';
  }

  /** Counts a call that was refused for a reason that the client could have avoided. */
  countInvalidCall(): void {
    this.invalid.add();
  }

  /** Checks a refund against the order and its earlier refunds; undefined when it is accepted. */
  check(input: RefundCheckInput): RefundRefusal | undefined {
    const ageMs = this.clock.now().getTime() - input.transaction.paidAt.getTime();
    if (input.totalFen !== input.transaction.totalFen) return 'TOTAL_MISMATCH';
    if (ageMs > REFUNDABLE_DAYS * DAY_MS) return 'OVERDUE';
    const leftFen = this.refunds.refundableFen(input.order);
    if (leftFen === 0) return 'NOTHING_LEFT';
    if (input.refundFen > leftFen) return 'TOO_MUCH';
    return this.checkFrequency(input.order, ageMs);
  }

  /** At most 50 refunds of an order, including closed ones, at most one a minute, and a rate limit for old orders. */
  private checkFrequency(order: WechatOrder, ageMs: number): RefundRefusal | undefined {
    const { refundSpacingSeconds, oldOrderRefundsPerMinute } = this.behaviours.current;
    const earlier = this.refunds.listByOrder(order);
    if (earlier.length >= MAX_REFUNDS_PER_ORDER) return 'TOO_MANY_REFUNDS';
    const sinceLastMs = this.clock.now().getTime() - (earlier.at(-1)?.acceptedAt.getTime() ?? -Infinity);
    if (sinceLastMs < refundSpacingSeconds * SECOND_MS) return 'TOO_FREQUENT';
    const isOld = ageMs > OLD_ORDER_DAYS * DAY_MS;
    return isOld && !this.ofOldOrders.tryAdd(oldOrderRefundsPerMinute) ? 'TOO_FREQUENT' : undefined;
  }
}
