import { type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { ThrottlerGuard, type ThrottlerLimitDetail } from '@nestjs/throttler';
import type { FastifyRequest } from 'fastify';
import { clientAddress, networkOf } from '../../common/http/client-address.js';
import { DomainError } from '../../common/problem/domain-error.js';
import { Metrics } from '../../common/metrics/metrics.js';
import { defineLimitCounter } from '../../common/metrics/metric-definitions.js';
import { CallRateLimiter } from './call-rate-limiter.js';

const LOGIN_RATE_LIMIT_REACHED = defineLimitCounter('login-rate');

const MS_PER_SECOND = 1000;

/**
 * Limits buyer logins per network, because each login costs a call to WeChat. The memory of this instance rejects
 * early; the database counts for all instances.
 */
@Injectable()
export class BuyerLoginRateGuard extends ThrottlerGuard {
  @Inject(Metrics)
  private readonly metrics!: Metrics;

  @Inject(CallRateLimiter)
  private readonly limiter!: CallRateLimiter;

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    if (!(await super.canActivate(context))) return false;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const route = context.getHandler().name; // each route has its own limit
    const waitMs = await this.limiter.consumeLogin(`${route} ${networkOf(clientAddress(request))}`);
    if (waitMs === 0) return true;
    this.metrics.increment(LOGIN_RATE_LIMIT_REACHED);
    throw new DomainError('TOO_MANY_REQUESTS', { retryAfterSeconds: Math.ceil(waitMs / MS_PER_SECOND) });
  }

  protected override getTracker(request: FastifyRequest): Promise<string> {
    return Promise.resolve(networkOf(clientAddress(request)));
  }

  protected override throwThrottlingException(
    context: ExecutionContext,
    limitDetail: ThrottlerLimitDetail,
  ): Promise<void> {
    this.metrics.increment(LOGIN_RATE_LIMIT_REACHED);
    return super.throwThrottlingException(context, limitDetail);
  }
}
