import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { DomainError } from '../../common/problem/domain-error.js';
import { Metrics } from '../../common/metrics/metrics.js';
import { defineLimitCounter } from '../../common/metrics/metric-definitions.js';
import { CallRateLimiter } from './call-rate-limiter.js';
import { type UserRequest } from '../user.guard.js';

const USER_CALL_LIMIT_REACHED = defineLimitCounter('user-calls');

const MS_PER_SECOND = 1000;

/** Rejects users who call too often. Runs after `UserGuard`, on routes that call WeChat or create work for staff. */
@Injectable()
export class CallRateGuard implements CanActivate {
  constructor(
    private readonly limiter: CallRateLimiter,
    private readonly metrics: Metrics,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { userId } = context.switchToHttp().getRequest<UserRequest>();
    if (userId === undefined) throw new DomainError('UNAUTHENTICATED');
    const waitMs = await this.limiter.consumeCall(userId);
    if (waitMs === 0) return true;
    this.metrics.increment(USER_CALL_LIMIT_REACHED);
    throw new DomainError('RATE_LIMITED', { retryAfterSeconds: Math.ceil(waitMs / MS_PER_SECOND) });
  }
}
