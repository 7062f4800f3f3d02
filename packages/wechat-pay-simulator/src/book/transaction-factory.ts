import { Injectable } from '@nestjs/common';
import { feeOf } from '../account/fees.js';
import { SeededRandom } from '../random.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { Behaviours } from '../state/behaviours.js';
import { IdentifierGenerator } from '../state/identifier-generator.js';
import { Transaction, unsettledFen, UsedCoupon, WechatOrder } from './wechat-order.js';
import { PaymentInput } from './payment-input.js';

/** v1 uses numbers as bank types. Source: docs/wechat-protocol.md, v1 §5. */
const V1_BANK_TYPE = '2011';
const BANK_TYPES = ['OTHERS', 'CMB_DEBIT', 'CMB_CREDIT', 'ICBC_DEBIT', 'PSBC_DEBIT', 'CCB_DEBIT', 'CFT'];

/** Creates the data of a payment: transaction number, bank type, coupons. */
@Injectable()
export class TransactionFactory {
  constructor(
    private readonly identifiers: IdentifierGenerator,
    private readonly behaviours: Behaviours,
    private readonly random: SeededRandom,
    private readonly settings: SimulatorSettings,
  ) {}

  createTransaction(order: WechatOrder, openid: string, input: PaymentInput, now: Date): Transaction {
    const couponFen = Math.min(input.couponFen ?? 0, order.totalFen);
    const coupons = this.coupons(couponFen, input);
    const { feeBasisPoints } = this.behaviours.current;
    return {
      ...this.numbersOf(order),
      openid,
      totalFen: order.totalFen,
      cashFen: order.totalFen - couponFen,
      coupons,
      feeFen: feeOf(order.totalFen - unsettledFen(coupons), feeBasisPoints),
      feeBasisPoints,
      paidAt: now,
      visibleAt: new Date(now.getTime() + (input.visibleAfterSeconds ?? 0) * 1000),
    };
  }

  private numbersOf({ protocol }: WechatOrder): Pick<Transaction, 'transactionId' | 'bankType' | 'v1'> {
    if (protocol === 'v1') {
      const transactionId = this.identifiers.v1TransactionId(this.settings.partner);
      return { transactionId, bankType: V1_BANK_TYPE, v1: this.identifiers.v1Receipt() };
    }
    const bank = this.behaviours.current.varyShape ? this.random.integerBelow(BANK_TYPES.length) : 0;
    return { transactionId: this.identifiers.transactionId(), bankType: BANK_TYPES[bank] ?? 'OTHERS' };
  }

  /** Splits the sum into nearly equal parts; the first part takes the remainder and no part is empty. */
  private coupons(sumFen: number, { couponCount = 1, couponType = 'NO_CASH' }: PaymentInput): UsedCoupon[] {
    const count = Math.min(couponCount, sumFen);
    const shareFen = Math.floor(sumFen / Math.max(count, 1));
    return Array.from({ length: count }, (_none, n) => ({
      id: this.identifiers.couponId(),
      type: couponType,
      feeFen: n === 0 ? sumFen - shareFen * (count - 1) : shareFen,
    }));
  }
}
