import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../clock.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { IdentifierGenerator } from '../state/identifier-generator.js';
import { OrderStore } from '../state/order-store.js';
import { RefundStore } from '../state/refund-store.js';
import { Transaction, WechatOrder } from '../state/wechat-order.js';
import { PaymentNoticeSubject, RefundNoticeSubject } from './notice-subject.js';

/** Finds a genuine payment or refund other than the given one, or invents one. Forgeries use it. */
@Injectable()
export class OtherSubjectFinder {
  constructor(
    private readonly orders: OrderStore,
    private readonly refunds: RefundStore,
    private readonly identifiers: IdentifierGenerator,
    private readonly clock: SimulatorClock,
    private readonly settings: SimulatorSettings,
  ) {}

  /** An invented payment, for forged notices of unpaid orders. */
  inventTransaction(order: WechatOrder): Transaction {
    const now = this.clock.now();
    return {
      ...(order.v1 === undefined
        ? { transactionId: this.identifiers.transactionId() }
        : { transactionId: this.identifiers.v1TransactionId(this.settings.partner), v1: this.identifiers.v1Receipt() }),
      openid: order.parameters.get('openid') ?? `o${this.identifiers.nonce(16)}${this.identifiers.nonce(16).slice(5)}`,
      bankType: 'OTHERS',
      totalFen: order.totalFen,
      cashFen: order.totalFen,
      coupons: [],
      paidAt: now,
      visibleAt: now,
    };
  }

  findOtherPayment(payment: PaymentNoticeSubject): PaymentNoticeSubject {
    for (const order of this.orders.all()) {
      const isOfItsKind = (order.v1 === undefined) === (payment.order.v1 === undefined);
      if (isOfItsKind && order !== payment.order && order.transaction !== undefined) {
        return { kind: 'payment', order, transaction: order.transaction };
      }
    }
    const invented = { ...payment.order, outTradeNo: 'OTHERORDER0001' };
    return { kind: 'payment', order: invented, transaction: this.inventTransaction(invented) };
  }

  findOtherRefund(subject: RefundNoticeSubject): RefundNoticeSubject {
    const other = this.refunds.all().find((refund) => refund !== subject.refund);
    const invented = { ...subject.refund, outRefundNo: 'OTHERREFUND0001', refundId: this.identifiers.refundId() };
    return { ...subject, refund: other ?? invented };
  }
}
