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
    const bank = this.behaviours.current.varyShape ? this.random.below(BANK_TYPES.length) : 0;
    return {
      transactionId: this.identifiers.transactionId(),
      openid,
      bankType: BANK_TYPES[bank] ?? 'OTHERS',
      totalFen: order.totalFen,
      cashFen: order.totalFen - couponFen,
      coupons: this.coupons(couponFen, wish),
      paidAt: now,
      visibleAt: new Date(now.getTime() + (wish.visibleAfterSeconds ?? 0) * 1000),
    };
  }

  /** The sum in nearly equal parts, the first taking the rest; none is empty. */
  private coupons(sumFen: number, { couponCount = 1, couponType = 'NO_CASH' }: PaymentWish): UsedCoupon[] {
    const count = Math.min(couponCount, sumFen);
    const shareFen = Math.floor(sumFen / Math.max(count, 1));
    return Array.from({ length: count }, (_none, n) => ({
      id: this.identifiers.couponId(),
      type: couponType,
      feeFen: n === 0 ? sumFen - shareFen * (count - 1) : shareFen,
    }));
  }
}
