import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Clock } from '../common/clock.js';
import type { ResolutionSource } from '../common/metric-labels.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { WechatPayGateway } from '../wechat/wechat-pay.gateway.js';
import { failureFactsOf } from './order-event-types.js';
import { OrderEventLog } from './order-event-log.js';
import { PaymentResultService } from './payment-result.service.js';
import { type PaymentSyncResult, OPEN_STATUSES, PaymentAttempt } from './payment-attempt.entity.js';

/**
 * Seconds after which an attempt that is closed only by its time limit is queried a last time. All of its prepay_ids have
 * expired by then. The query finds a payment whose notice was lost.
 */
export const FINAL_CHECK_DELAY_SECONDS = 2 * 3600;

/** Queries WeChat for an attempt and applies the answer. Used by the job, sync, close and staff. */
@Injectable()
export class PaymentStatusSync {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly gateway: WechatPayGateway,
    private readonly eventLog: OrderEventLog,
    private readonly results: PaymentResultService,
  ) {}

  /**
   * May be repeated. Paid and closed are committed before it returns.
   * @param by `sync` when a person requested it.
   */
  async syncWithWechat(
    { outTradeNo, orderNo, request }: Pick<PaymentAttempt, 'outTradeNo' | 'orderNo' | 'request'>,
    by: Exclude<ResolutionSource, 'notice'> = 'query',
  ): Promise<PaymentSyncResult> {
    const outcome = await this.gateway.queryPayment(request);
    const entry = { type: 'QUERY' as const, orderNo, outTradeNo, facts: failureFactsOf(outcome), raw: outcome.raw };
    switch (outcome.kind) {
      case 'unknown':
        await this.eventLog.record({ ...entry, result: 'UNKNOWN' });
        return 'UNKNOWN';
      case 'refused':
        await this.eventLog.record({ ...entry, result: 'REFUSED' });
        return 'UNKNOWN';
      case 'done':
        break;
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
          const closed = { status: 'CLOSED' as const, closedAt: this.clock.now(), nextCheckAt, earlyCheckAt: null };
          await tx.update(PaymentAttempt, { outTradeNo, status: In(OPEN_STATUSES) }, closed);
          await this.eventLog.write(tx, { ...entry, result: 'CLOSED' });
        });
        return 'CLOSED';
      case 'OPEN':
      case 'PAYING':
      case 'FAILED':
      case 'ABSENT':
        await this.eventLog.record({ ...entry, result: answer.state });
        return answer.state === 'PAYING' ? 'OPEN' : answer.state;
    }
  }
}
