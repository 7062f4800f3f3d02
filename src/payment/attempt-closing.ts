import { Injectable } from '@nestjs/common';
import { In, IsNull, LessThan } from 'typeorm';
import { Clock } from '../common/clock.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { WechatPayGateway } from '../wechat/wechat-pay.gateway.js';
import { type InquiryAnswer, PaymentInquiry } from './payment-inquiry.js';
import { PaymentJournal } from './payment-journal.js';
import { OPEN_STATUSES, Payment } from './payment.entity.js';

/** `STILL_OPEN`: not closed by WeChat's word, whatever we asked for. The user may be paying: give nothing back. */
export type AttemptEnd = 'CLOSED' | 'PAID' | 'STILL_OPEN';

/**
 * Makes sure that a payment can never be paid: query, closeorder, query. Closed is what WeChat calls closed; a close's own
 * "success" is not believed, because WeChat may ignore one younger than five minutes.
 */
@Injectable()
export class AttemptClosing {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly gateway: WechatPayGateway,
    private readonly inquiry: PaymentInquiry,
    private readonly journal: PaymentJournal,
  ) {}

  /** Safe to repeat and to run twice at once. */
  async close(payment: Payment): Promise<AttemptEnd> {
    const before = await this.inquiry.ask(payment);
    if (before === 'PAID' || before === 'CLOSED') return before;
    if (before === 'UNKNOWN') return 'STILL_OPEN';
    await this.askToClose(payment);
    return this.endOf(payment, await this.inquiry.ask(payment));
  }

  private async endOf(payment: Payment, after: InquiryAnswer): Promise<AttemptEnd> {
    switch (after) {
      case 'PAID':
      case 'CLOSED':
        return after;
      case 'FAILED': // cannot be paid any more, and WeChat will not say "closed" of it
      case 'ABSENT': // asked twice, with a refused close between
        return (await this.writeOff(payment, after)) ? 'CLOSED' : 'STILL_OPEN';
      case 'OPEN':
      case 'UNKNOWN':
        return 'STILL_OPEN';
    }
  }

  private async askToClose({ outTradeNo, orderNo }: Payment): Promise<void> {
    const outcome = await this.gateway.closePayment(outTradeNo);
    const entry = { type: 'CLOSE' as const, orderNo, outTradeNo, raw: outcome.raw };
    switch (outcome.kind) {
      case 'done':
        return this.journal.record({ ...entry, result: 'ACCEPTED' });
      case 'refused': // ORDERPAID, ORDERCLOSED, ORDERNOTEXIST …: the question that follows tells what is true
        return this.journal.record({ ...entry, result: 'REFUSED', detail: `${outcome.code} ${outcome.message}` });
      case 'unknown':
        return this.journal.record({ ...entry, result: 'UNKNOWN', detail: outcome.reason });
    }
  }

  /** Not while a prepay call may be under way: WeChat may be about to hear of the order it does not have. */
  private async writeOff({ outTradeNo, orderNo }: Payment, why: 'FAILED' | 'ABSENT'): Promise<boolean> {
    const now = this.clock.now();
    const open = { outTradeNo, status: In(OPEN_STATUSES) };
    return this.unitOfWork.run(async (tx) => {
      const { affected } = await tx
        .createQueryBuilder()
        .update(Payment)
        .set({ status: 'CLOSED', closedAt: now, nextCheckAt: null })
        .where([
          { ...open, callingUntil: IsNull() },
          { ...open, callingUntil: LessThan(now) },
        ])
        .execute();
      if (affected === 1)
        await this.journal.write(tx, { type: 'CLOSE', result: 'WRITTEN_OFF', orderNo, outTradeNo, detail: why });
      return affected === 1;
    });
  }
}
