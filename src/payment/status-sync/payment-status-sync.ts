import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Clock } from '../../common/time/clock.js';
import { type ResolutionSource, PaymentResultService } from '../payment-result.service.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { PaymentProviderRegistry } from '../../wechat/pay/payment-provider-registry.js';
import type { StoredRequest } from '../../wechat/pay/payment-channel.js';
import { PREPAY_TTL_SECONDS } from '../../wechat/pay/payment-types.js';
import { OrderEventLog } from '../event-log/order-event-log.js';
import { callEvent } from '../event-log/wechat-events.js';
import { type PaymentSyncResult, OPEN_ATTEMPT_STATUSES, PaymentAttempt } from '../attempt/payment-attempt.entity.js';

/**
 * Seconds after which an attempt that is closed only by its time limit is queried a last time. All of its prepay_ids
 * have expired by then. The query finds a payment whose notice was lost.
 */
export const FINAL_CHECK_DELAY_SECONDS = PREPAY_TTL_SECONDS;

/** What a query needs of an attempt. */
export type SyncedAttempt = Pick<PaymentAttempt, 'outTradeNo' | 'orderNo' | keyof StoredRequest>;

/** Queries WeChat for an attempt and applies the response. Used by the job, sync, close and staff. */
@Injectable()
export class PaymentStatusSync {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly providers: PaymentProviderRegistry,
    private readonly eventLog: OrderEventLog,
    private readonly results: PaymentResultService,
  ) {}

  /**
   * May be repeated. Paid and closed are committed before it returns.
   * @param by `sync` when a person requested it.
   */
  async syncWithWechat(
    payment: SyncedAttempt,
    by: Exclude<ResolutionSource, 'notice'> = 'query',
  ): Promise<PaymentSyncResult> {
    const { orderNo, outTradeNo } = payment;
    const outcome = await this.providers.of(payment.channel).queryPayment(payment);
    const subject = { orderNo, outTradeNo };
    if (outcome.kind !== 'done') {
      await this.eventLog.record(callEvent('QUERY', subject, outcome));
      return 'UNKNOWN';
    }
    const answer = outcome.value;
    switch (answer.state) {
      case 'PAID': {
        const applied = await this.results.apply(answer, { type: 'QUERY', by, raw: outcome.raw });
        return applied === 'APPLIED' || applied === 'LATE_OR_DUPLICATE' || applied === 'REPEATED' ? 'PAID' : 'UNKNOWN';
      }
      case 'CLOSED':
        await this.unitOfWork.run(async (tx) => {
          const nextCheckAt = answer.isByExpiry ? this.clock.secondsFromNow(FINAL_CHECK_DELAY_SECONDS) : null;
          const closed = { status: 'CLOSED' as const, closedAt: this.clock.now(), nextCheckAt, earliestCheckAt: null };
          await tx.update(PaymentAttempt, { outTradeNo, status: In(OPEN_ATTEMPT_STATUSES) }, closed);
          await this.eventLog.write(tx, callEvent('QUERY', subject, outcome, 'CLOSED'));
        });
        return 'CLOSED';
      case 'OPEN':
      case 'PAYING':
      case 'FAILED':
      case 'NOT_FOUND':
        await this.eventLog.record(callEvent('QUERY', subject, outcome, answer.state));
        return answer.state === 'PAYING' ? 'OPEN' : answer.state;
    }
  }
}
