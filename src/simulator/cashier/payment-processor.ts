import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../clock.js';
import { NoticeLog } from '../notices/notice-log.js';
import { MerchantAccount } from '../state/merchant-account.js';
import { OrderStore } from '../state/order-store.js';
import { UserStore } from '../state/user-store.js';
import { settlementFen, Transaction, WechatOrder } from '../state/wechat-order.js';
import { TransactionFactory } from './transaction-factory.js';
import { PaymentInput } from './payment-input.js';

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
    private readonly notices: NoticeLog,
    private readonly transactions: TransactionFactory,
    private readonly clock: SimulatorClock,
  ) {}

  /** Changes everything or nothing. Only the notice is sent later. */
  pay(order: WechatOrder, input: PaymentInput): PaymentResult {
    if (order.state !== 'NOTPAY' && order.state !== 'USERPAYING') {
      return { kind: 'refused', reason: order.state, text: order.state === 'SUCCESS' ? '该订单已支付' : '订单已关闭' };
    }
    const user = this.users.findOrAdd(input.openid ?? order.parameters.get('openid'));
    const openid = this.users.openidFor(order.appid, user);
    const transaction = this.transactions.createTransaction(order, openid, input, this.clock.now());
    if (user.balanceFen !== undefined && user.balanceFen < transaction.cashFen) {
      return { kind: 'refused', reason: 'NOTENOUGH', text: '余额不足' };
    }
    if (!this.orders.pay(order, transaction)) return { kind: 'refused', reason: order.state, text: '订单状态错误' };
    if (user.balanceFen !== undefined) user.balanceFen -= transaction.cashFen;
    this.account.credit(settlementFen(transaction));
    const noticeSent = this.notices.schedule({ kind: 'payment', order, transaction }, input.notify ?? 'normal');
    return { kind: 'paid', transaction, noticeSent };
  }
}
