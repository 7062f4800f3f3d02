import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../clock.js';
import { CallResult, fail, verdictOf } from '../pay/call-result.js';
import { Behaviours } from '../state/behaviours.js';
import { ResetRegistry } from '../state/reset-registry.js';
import { RateWindow } from './rate-window.js';

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
/** Results that are not caused by the request itself. */
const NOT_CLIENT_ERRORS = ['SUCCESS', 'FREQUENCY_LIMITED', 'INVALID_REQ_TOO_MUCH', 'NOTENOUGH', 'ORDER_NOT_READY'];

/** WeChat's rate limits for refunds, in virtual time. */
@Injectable()
export class RefundLimits {
  private readonly all: RateWindow;
  private readonly invalid: RateWindow;
  private readonly ofOldOrders: RateWindow;

  constructor(
    private readonly behaviours: Behaviours,
    clock: SimulatorClock,
    resets: ResetRegistry,
  ) {
    this.all = new RateWindow(clock, SECOND_MS);
    this.invalid = new RateWindow(clock, SECOND_MS);
    this.ofOldOrders = new RateWindow(clock, MINUTE_MS);
    resets.onReset(() => {
      for (const window of [this.all, this.invalid, this.ofOldOrders]) window.clear();
    });
  }

  /** Counts a request and returns the error if it is above the limits, otherwise undefined. */
  countAndCheckLimit(): CallResult | undefined {
    const { refundsPerSecond, invalidRefundsPerSecond } = this.behaviours.current;
    if (this.invalid.isFull(invalidRefundsPerSecond)) return fail('INVALID_REQ_TOO_MUCH', '无效请求过多');
    return this.all.tryAdd(refundsPerSecond) ? undefined : fail('FREQUENCY_LIMITED', '频率限制');
  }

  /** The same with the lower limit for orders paid more than 30 days ago. */
  countAndCheckOldOrderLimit(): CallResult | undefined {
    const { oldOrderRefundsPerMinute } = this.behaviours.current;
    return this.ofOldOrders.tryAdd(oldOrderRefundsPerMinute) ? undefined : fail('FREQUENCY_LIMITED', '频率限制');
  }

  /** Counts a result that the client could have avoided. */
  recordResult(result: CallResult): void {
    if (!NOT_CLIENT_ERRORS.includes(verdictOf(result))) this.invalid.add();
  }
}
