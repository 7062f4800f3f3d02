import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../clock.js';
import { NoticeScheduler } from '../notices/notice-scheduler.js';
import { RefundNoticeSubject } from '../notices/notice.js';
import { Behaviours } from '../state/behaviours.js';
import { MerchantAccount } from './merchant-account.js';
import { OrderStore } from './order-store.js';
import { RefundStore } from './refund-store.js';
import { FinalRefundStatus, WechatRefund } from './wechat-refund.js';
import { RefundCalculator, AcceptRefundInput } from './refund-calculator.js';

export type FinishRefundResult =
  { readonly kind: 'ended'; readonly noticeSent: Promise<void> } | { readonly kind: 'illegal' };

/** The only place where refunds are accepted and finished. */
@Injectable()
export class WechatRefundProcessor {
  constructor(
    private readonly refunds: RefundStore,
    private readonly orders: OrderStore,
    private readonly account: MerchantAccount,
    private readonly calculator: RefundCalculator,
    private readonly notices: NoticeScheduler,
    private readonly behaviours: Behaviours,
    private readonly clock: SimulatorClock,
  ) {}

  /** Changes everything or nothing: undefined when the merchant's balance is too low. */
  acceptRefund(input: AcceptRefundInput): WechatRefund | undefined {
    const refund = this.calculator.calculate(input, this.refunds.listByOrder(input.order));
    if (!this.account.payRefund(refund)) return undefined;
    this.refunds.add(refund);
    this.orders.transition(refund.order, 'REFUND'); // false for the second refund of an order, which is already in this state
    this.scheduleFinish(refund);
    return refund;
  }

  /** Finishes a refund, or finishes an abnormal one by hand, and sends the notice. */
  finishRefund(
    refund: WechatRefund,
    status: FinalRefundStatus,
    mode: 'normal' | 'before-answer' = 'normal',
  ): FinishRefundResult {
    if (!this.refunds.canTransition(refund, status)) return { kind: 'illegal' };
    // An abnormal refund returned its money to the merchant, so finishing it takes the money again.
    if (refund.status === 'CHANGE' && !this.account.payAbnormalRefund(refund)) return { kind: 'illegal' };
    refund.status = status;
    refund.endedAt = this.clock.now();
    if (status !== 'SUCCESS') this.account.takeBackRefund(refund);
    if (refund.notifyUrl === undefined) return { kind: 'ended', noticeSent: Promise.resolve() };
    const subject: RefundNoticeSubject = { kind: 'refund', refund, status, endedAt: refund.endedAt };
    return { kind: 'ended', noticeSent: this.notices.scheduleNotice(subject, mode) };
  }

  /** Sends an abnormal refund to a bank card. False when the merchant's balance is too low. */
  retryAbnormalRefund(refund: WechatRefund, receiver: string): boolean {
    if (!this.refunds.canTransition(refund, 'PROCESSING') || !this.account.payAbnormalRefund(refund)) return false;
    Object.assign(refund, { status: 'PROCESSING', receiver, channel: 'OTHER_BANKCARD' });
    delete refund.endedAt;
    const { refundProcessingSeconds } = this.behaviours.current;
    const endsAt = new Date(this.clock.now().getTime() + refundProcessingSeconds * 1000);
    this.clock.schedule(endsAt, () => this.finishRefund(refund, 'SUCCESS'));
    return true;
  }

  /** The final status that `refundEnds` sets; undefined for PROCESSING. */
  configuredFinalStatus(): FinalRefundStatus | undefined {
    const { refundEnds } = this.behaviours.current;
    return refundEnds === 'PROCESSING' ? undefined : refundEnds;
  }

  private scheduleFinish(refund: WechatRefund): void {
    const { refundProcessingSeconds } = this.behaviours.current;
    const endsAt = new Date(refund.acceptedAt.getTime() + refundProcessingSeconds * 1000);
    this.clock.schedule(endsAt, () => {
      const end = this.configuredFinalStatus();
      if (refund.status === 'PROCESSING' && end !== undefined) this.finishRefund(refund, end);
    });
  }
}
