import { type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { ThrottlerGuard, type ThrottlerLimitDetail } from '@nestjs/throttler';
import type { FastifyRequest } from 'fastify';
import { clientAddress, networkOf } from '../common/client-address.js';
import { Metrics } from '../common/metrics.js';

/** Counts the buyers' logins by the address they come from, in the memory of this instance: each one costs a call to WeChat. */
@Injectable()
export class LoginRateGuard extends ThrottlerGuard {
  @Inject(Metrics)
  private readonly metrics!: Metrics;

  protected override getTracker(request: FastifyRequest): Promise<string> {
    return Promise.resolve(networkOf(clientAddress(request)));
  }

  protected override throwThrottlingException(
    context: ExecutionContext,
    limitDetail: ThrottlerLimitDetail,
  ): Promise<void> {
    this.metrics.limitReached('login-rate');
    return super.throwThrottlingException(context, limitDetail);
  }
}
