import { Injectable } from '@nestjs/common';
import { SeededRandom } from '../random.js';
import { Behaviours } from '../state/behaviours.js';
import { Identifiers } from '../state/identifiers.js';
import { Transaction, UsedCoupon, WechatOrder } from '../state/wechat-order.js';
import { PaymentWish } from './payment-wish.js';

const BANK_TYPES = ['OTHERS', 'CMB_DEBIT', 'CMB_CREDIT', 'ICBC_DEBIT', 'PSBC_DEBIT', 'CCB_DEBIT', 'CFT'];

/** The particulars of a payment: number, bank, coupons. */
@Injectable()
export class PaymentDetails {
  constructor(
    private readonly identifiers: Identifiers,
    private readonly behaviours: Behaviours,
    private readonly random: SeededRandom,
  ) {}

  transactionOf(order: WechatOrder, openid: string, wish: PaymentWish, now: Date): Transaction {
    const couponFen = Math.min(wish.couponFen ?? 0, order.totalFen);
    const coupon: UsedCoupon = {
      id: this.identifiers.couponId(),
      type: wish.couponType ?? 'NO_CASH',
      feeFen: couponFen,
    };
    const bank = this.behaviours.current.varyShape ? this.random.below(BANK_TYPES.length) : 0;
    return {
      transactionId: this.identifiers.transactionId(),
      openid,
      bankType: BANK_TYPES[bank] ?? 'OTHERS',
      totalFen: order.totalFen,
      cashFen: order.totalFen - couponFen,
      coupons: couponFen === 0 ? [] : [coupon],
      paidAt: now,
      visibleAt: new Date(now.getTime() + (wish.visibleAfterSeconds ?? 0) * 1000),
    };
  }
}
