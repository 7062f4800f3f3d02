import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../clock.js';
import { NoticeBoard } from '../notices/notice-board.js';
import { MerchantAccount } from '../state/merchant-account.js';
import { OrderBook } from '../state/order-book.js';
import { UserBook } from '../state/user-book.js';
import { settlementFen, Transaction, WechatOrder } from '../state/wechat-order.js';
import { PaymentDetails } from './payment-details.js';
import { PaymentWish } from './payment-wish.js';

export type PaymentOutcome =
  | { readonly kind: 'paid'; readonly transaction: Transaction; readonly noticeSent: Promise<void> }
  /** `reason` is a word for programs, `text` one for people. */
  | { readonly kind: 'refused'; readonly reason: string; readonly text: string };

/** Moves the money: the one place where an order becomes paid. */
@Injectable()
export class Payments {
  constructor(
    private readonly orders: OrderBook,
    private readonly users: UserBook,
    private readonly account: MerchantAccount,
    private readonly notices: NoticeBoard,
    private readonly details: PaymentDetails,
    private readonly clock: SimulatorClock,
  ) {}

  /** All at once or not at all; only the notice takes its time. */
  pay(order: WechatOrder, wish: PaymentWish): PaymentOutcome {
    if (order.state !== 'NOTPAY' && order.state !== 'USERPAYING') {
      return { kind: 'refused', reason: order.state, text: order.state === 'SUCCESS' ? '该订单已支付' : '订单已关闭' };
    }
    const user = this.users.findOrAdd(wish.openid ?? order.parameters.get('openid'));
    const openid = this.users.openidUnder(order.appid, user);
    const transaction = this.details.transactionOf(order, openid, wish, this.clock.now());
    if (user.balanceFen !== undefined && user.balanceFen < transaction.cashFen) {
      return { kind: 'refused', reason: 'NOTENOUGH', text: '余额不足' };
    }
    if (!this.orders.pay(order, transaction)) return { kind: 'refused', reason: order.state, text: '订单状态错误' };
    if (user.balanceFen !== undefined) user.balanceFen -= transaction.cashFen;
    this.account.put(settlementFen(transaction));
    const noticeSent = this.notices.announce({ kind: 'payment', order, transaction }, wish.notify ?? 'normal');
    return { kind: 'paid', transaction, noticeSent };
  }
}
