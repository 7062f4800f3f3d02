import { Injectable } from '@nestjs/common';
import { Transaction, WechatOrder } from './wechat-order.js';
import { SimulatorClock } from '../clock.js';
import { NoticeScheduler } from '../notices/notice-scheduler.js';
import { MerchantAccount } from './merchant-account.js';
import { OrderStore } from './order-store.js';
import { PaymentInput } from './payment-input.js';
import { UserStore, type WechatUser } from '../state/user-store.js';
import { TransactionFactory } from './transaction-factory.js';

export type PaymentResult =
  | { readonly kind: 'paid'; readonly transaction: Transaction; readonly noticeSent: Promise<void> }
  /** `reason` is a word for programs, `text` one for people. */
  | { readonly kind: 'refused'; readonly reason: string; readonly text: string };

/** The only place where an order becomes paid. */
@Injectable()
export class PaymentProcessor {
  constructor(
    private readonly orders: OrderStore,
    private readonly users: UserStore,
    private readonly account: MerchantAccount,
    private readonly notices: NoticeScheduler,
    private readonly transactions: TransactionFactory,
    private readonly clock: SimulatorClock,
  ) {}

  /** Changes everything or nothing. Only the notice is sent later. */
  pay(order: WechatOrder, input: PaymentInput): PaymentResult {
    if (order.state !== 'NOTPAY' && order.state !== 'USERPAYING') {
      return { kind: 'refused', reason: order.state, text: order.state === 'SUCCESS' ? '该订单已支付' : '订单已关闭' };
    }
    const user = this.payerOf(order, input);
    const openid = this.users.openidFor(order.appid, user);
    const transaction = this.transactions.createTransaction(order, openid, input, this.clock.now());
    if (user.balanceFen !== undefined && user.balanceFen < transaction.cashFen) {
      return { kind: 'refused', reason: 'NOTENOUGH', text: '余额不足' };
    }
    if (!this.orders.markPaid(order, transaction))
      return { kind: 'refused', reason: order.state, text: '订单状态错误' };
    if (user.balanceFen !== undefined) user.balanceFen -= transaction.cashFen;
    this.account.receivePayment(order, transaction);
    const notify = input.notify ?? (order.notifyUrl === '' ? 'lost' : 'normal'); // '': placed by another system
    const noticeSent = this.notices.scheduleNotice({ kind: 'payment', order, transaction }, notify);
    return { kind: 'paid', transaction, noticeSent };
  }

  /** By default the user of the order's openid, which is valid under the order's appid only. */
  private payerOf({ appid, openid }: WechatOrder, input: PaymentInput): WechatUser {
    const named =
      input.openid === undefined && openid !== undefined ? this.users.findByAppid(appid, openid) : undefined;
    return named ?? this.users.findOrAdd(input.openid ?? openid);
  }
}
