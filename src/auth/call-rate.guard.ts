import { type CanActivate, type ExecutionContext, Injectable, Logger } from '@nestjs/common';
import { DomainError } from '../common/domain-error.js';
import { Metrics } from '../common/metrics.js';
import { CallBudgets } from './call-budgets.js';
import { type UserRequest } from './user.guard.js';

/** A limit must not stop a payment: after this long without an answer the call goes on uncounted. */
const MAX_WAIT_MS = 1000;
const MS_PER_SECOND = 1000;
/** One line a minute says that calls go on uncounted. */
const LOG_GAP_MS = 60_000;

/** Refuses users who call too often. Stands behind `UserGuard`, on the routes that ask WeChat or that staff have to read. */
@Injectable()
export class CallRateGuard implements CanActivate {
  private readonly log = new Logger(CallRateGuard.name);
  private quietUntil = 0;

  constructor(
    private readonly budgets: CallBudgets,
    private readonly metrics: Metrics,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { userId } = context.switchToHttp().getRequest<UserRequest>();
    if (userId === undefined) throw new DomainError('UNAUTHENTICATED');
    const waitMs = await this.waitOf(userId);
    if (waitMs === 0) return true;
    this.metrics.limitReached('user-calls');
    throw new DomainError('RATE_LIMITED', { retryAfterSeconds: Math.ceil(waitMs / MS_PER_SECOND) });
  }

  /** 0 also when the budgets cannot be read: better uncounted than unpaid. */
  private async waitOf(userId: string): Promise<number> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<number>((resolve) => {
      timer = setTimeout(() => resolve(this.letThrough('no answer in time')), MAX_WAIT_MS);
    });
    const taken = this.budgets.take(userId).catch((error: unknown) => this.letThrough(error));
    try {
      return await Promise.race([taken, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  private letThrough(why: unknown): 0 {
    const now = performance.now();
    if (now >= this.quietUntil) this.log.warn(`Calls of users are not counted: ${String(why)}`);
    this.quietUntil = Math.max(this.quietUntil, now + LOG_GAP_MS);
    return 0;
  }
}
