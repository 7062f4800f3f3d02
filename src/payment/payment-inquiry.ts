import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Clock } from '../common/clock.js';
import type { Resolver } from '../common/metric-words.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { WechatPayGateway } from '../wechat/wechat-pay.gateway.js';
import { factsOfFailure } from './event-facts.js';
import { PaymentJournal } from './payment-journal.js';
import { PaymentResults } from './payment-results.js';
import { type InquiryAnswer, OPEN_STATUSES, Payment } from './payment.entity.js';

/**
 * When a payment that its time alone has closed is asked about once more, after the last moment at which anybody can have
 * held a prepay_id of it: nobody can promise that it was not paid all the same, and its notice lost.
 */
export const LAST_LOOK_SECONDS = 2 * 3600;

/** Asks WeChat about a payment and applies the answer: job, sync, close and staff all ask here. */
@Injectable()
export class PaymentInquiry {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly gateway: WechatPayGateway,
    private readonly journal: PaymentJournal,
    private readonly results: PaymentResults,
  ) {}

  /**
   * Safe to repeat. Paid and closed are recorded before it returns.
   * @param by `sync` when a person had us ask.
   */
  async ask(
    { outTradeNo, orderNo, request }: Pick<Payment, 'outTradeNo' | 'orderNo' | 'request'>,
    by: Exclude<Resolver, 'notice'> = 'query',
  ): Promise<InquiryAnswer> {
    const outcome = await this.gateway.queryPayment(request);
    const entry = { type: 'QUERY' as const, orderNo, outTradeNo, facts: factsOfFailure(outcome), raw: outcome.raw };
    switch (outcome.kind) {
      case 'unknown':
        await this.journal.record({ ...entry, result: 'UNKNOWN' });
        return 'UNKNOWN';
      case 'refused':
        await this.journal.record({ ...entry, result: 'REFUSED' });
        return 'UNKNOWN';
      case 'done':
        break;
    }
    const answer = outcome.value;
    switch (answer.state) {
      case 'PAID': {
        const verdict = await this.results.apply(answer, { type: 'QUERY', by, raw: outcome.raw });
        return verdict === 'APPLIED' || verdict === 'OWED_BACK' || verdict === 'REPEATED' ? 'PAID' : 'UNKNOWN';
      }
      case 'CLOSED':
        await this.unitOfWork.run(async (tx) => {
          const nextCheckAt = answer.isByTime ? this.clock.in(LAST_LOOK_SECONDS) : null;
          const closed = { status: 'CLOSED' as const, closedAt: this.clock.now(), nextCheckAt, earlyCheckAt: null };
          await tx.update(Payment, { outTradeNo, status: In(OPEN_STATUSES) }, closed);
          await this.journal.write(tx, { ...entry, result: 'CLOSED' });
        });
        return 'CLOSED';
      case 'OPEN':
      case 'PAYING':
      case 'FAILED':
      case 'ABSENT':
        await this.journal.record({ ...entry, result: answer.state });
        return answer.state === 'PAYING' ? 'OPEN' : answer.state;
    }
  }
}
