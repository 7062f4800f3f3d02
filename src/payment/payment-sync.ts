import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { IsNull, LessThanOrEqual, MoreThan } from 'typeorm';
import { Clock } from '../common/clock.js';
import { Settings } from '../config/settings.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { callLimitMs } from './payment-attempts.js';
import { LONGEST_CALL_MS } from './call-limit.js';
import { PaymentInquiry } from './payment-inquiry.js';
import { type InquiryAnswer, Payment } from './payment.entity.js';

/** How often a call looks whether the question of another instance has its answer. */
const LOOK_AGAIN_MS = 100;

/**
 * Asks WeChat about a payment because a person wants to know now. Whoever asks while a question is under way, on this
 * instance or another, waits for its answer: a hundred calls at once are one question.
 */
@Injectable()
export class PaymentSync {
  private readonly running = new Map<string, Promise<InquiryAnswer>>();

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly inquiry: PaymentInquiry,
  ) {}

  /** Safe to repeat. Paid and closed are recorded before it returns. */
  ask(payment: Payment): Promise<InquiryAnswer> {
    const { outTradeNo } = payment;
    const running = this.running.get(outTradeNo);
    if (running) return running;
    const question = this.askOrWait(payment).finally(() => this.running.delete(outTradeNo));
    this.running.set(outTradeNo, question);
    return question;
  }

  private async askOrWait(payment: Payment): Promise<InquiryAnswer> {
    const { outTradeNo } = payment;
    const deadline = performance.now() + callLimitMs(this.settings);
    for (;;) {
      const until = await this.takeLease(outTradeNo);
      if (until) return this.askWithLease(payment, until);
      const answer = await this.answerOfOther(outTradeNo, deadline);
      if (answer !== null) return answer;
      if (performance.now() > deadline) return 'UNKNOWN';
    }
  }

  private async askWithLease(payment: Payment, until: Date): Promise<InquiryAnswer> {
    let answer: InquiryAnswer = 'UNKNOWN';
    try {
      answer = await this.inquiry.ask(payment, 'sync');
      return answer;
    } finally {
      await this.endLease(payment.outTradeNo, until, answer);
    }
  }

  /** Compare-and-set: the end of the lease, or null while another instance is asking. A dead instance's lease lapses. */
  private takeLease(outTradeNo: string): Promise<Date | null> {
    const now = this.clock.now();
    const syncUntil = new Date(now.getTime() + callLimitMs(this.settings));
    const free = [
      { outTradeNo, syncUntil: IsNull() },
      { outTradeNo, syncUntil: LessThanOrEqual(now) },
      { outTradeNo, syncUntil: MoreThan(new Date(now.getTime() + LONGEST_CALL_MS)) }, // a wrong clock's
    ];
    return this.unitOfWork.run(async (tx) => {
      const lease = { syncUntil, syncAnswer: null };
      const { affected } = await tx.createQueryBuilder().update(Payment).set(lease).where(free).execute();
      return affected === 1 ? syncUntil : null;
    });
  }

  private async endLease(outTradeNo: string, syncUntil: Date, syncAnswer: InquiryAnswer): Promise<void> {
    await this.unitOfWork.run((tx) => tx.update(Payment, { outTradeNo, syncUntil }, { syncUntil: null, syncAnswer }));
  }

  /** What the other instance was answered; null when its lease lapsed without an answer, or the deadline has passed. */
  private async answerOfOther(outTradeNo: string, deadline: number): Promise<InquiryAnswer | null> {
    while (performance.now() <= deadline) {
      await pause(LOOK_AGAIN_MS);
      const { syncUntil, syncAnswer } = await this.unitOfWork.read((manager) =>
        manager.findOneOrFail(Payment, {
          where: { outTradeNo },
          select: { id: true, syncUntil: true, syncAnswer: true },
        }),
      );
      if (syncUntil === null) return syncAnswer;
      if (syncUntil <= this.clock.now()) return null;
    }
    return null;
  }
}
