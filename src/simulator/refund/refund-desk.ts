import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../clock.js';
import { NoticeBoard } from '../notices/notice-board.js';
import { RefundNews } from '../notices/notice-subject.js';
import { Behaviours } from '../state/behaviours.js';
import { MerchantAccount } from '../state/merchant-account.js';
import { OrderBook } from '../state/order-book.js';
import { RefundBook } from '../state/refund-book.js';
import { RefundEnd, WechatRefund } from '../state/wechat-refund.js';
import { RefundSplit, RefundWish } from './refund-split.js';

export type Ending = { readonly kind: 'ended'; readonly noticeSent: Promise<void> } | { readonly kind: 'illegal' };

/** Moves the money of refunds: the one place where one is accepted, and where it ends. */
@Injectable()
export class RefundDesk {
  constructor(
    private readonly refunds: RefundBook,
    private readonly orders: OrderBook,
    private readonly account: MerchantAccount,
    private readonly split: RefundSplit,
    private readonly notices: NoticeBoard,
    private readonly behaviours: Behaviours,
    private readonly clock: SimulatorClock,
  ) {}

  /** All at once or not at all: undefined, with nothing done, when the merchant's balance does not reach. */
  accept(wish: RefundWish): WechatRefund | undefined {
    const refund = this.split.refundOf(wish, this.refunds.of(wish.order));
    if (!this.account.take(refund.settlementFen)) return undefined;
    this.refunds.add(refund);
    this.orders.move(refund.order, 'REFUND'); // false for the second refund of an order: it is there already
    this.planEnd(refund);
    return refund;
  }

  /** Ends a refund, or finishes an abnormal one by hand, and tells the merchant. */
  end(refund: WechatRefund, status: RefundEnd, way: 'normal' | 'before-answer' = 'normal'): Ending {
    if (!this.refunds.mayBecome(refund, status)) return { kind: 'illegal' };
    // An abnormal refund has laid its money down with the merchant, so finishing it takes the money once more.
    if (refund.status === 'CHANGE' && !this.account.take(refund.settlementFen)) return { kind: 'illegal' };
    refund.status = status;
    refund.endedAt = this.clock.now();
    if (status !== 'SUCCESS') this.account.put(refund.settlementFen);
    if (refund.notifyUrl === undefined) return { kind: 'ended', noticeSent: Promise.resolve() };
    const news: RefundNews = { kind: 'refund', refund, status, endedAt: refund.endedAt };
    return { kind: 'ended', noticeSent: this.notices.announce(news, way) };
  }

  /** The end that refunds come to at the moment. */
  usualEnd(): RefundEnd | undefined {
    const { refundEnds } = this.behaviours.current;
    return refundEnds === 'PROCESSING' ? undefined : refundEnds;
  }

  private planEnd(refund: WechatRefund): void {
    const { refundProcessingSeconds } = this.behaviours.current;
    const endsAt = new Date(refund.acceptedAt.getTime() + refundProcessingSeconds * 1000);
    this.clock.at(endsAt, () => {
      const end = this.usualEnd();
      if (refund.status === 'PROCESSING' && end !== undefined) this.end(refund, end);
    });
  }
}
