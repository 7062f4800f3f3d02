import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../clock.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { IdentifierGenerator } from '../state/identifier-generator.js';
import { OrderStore } from '../book/order-store.js';
import { RefundStore } from '../book/refund-store.js';
import { Transaction, WechatOrder } from '../book/wechat-order.js';
import { NoticeSubject, PaymentNoticeSubject, RefundNoticeSubject } from './notice.js';

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
      ...(order.protocol !== 'v1'
        ? { transactionId: this.identifiers.transactionId() }
        : { transactionId: this.identifiers.v1TransactionId(this.settings.partner), v1: this.identifiers.v1Receipt() }),
      openid: order.openid ?? `o${this.identifiers.nonce(16)}${this.identifiers.nonce(16).slice(5)}`,
      bankType: 'OTHERS',
      totalFen: order.totalFen,
      cashFen: order.totalFen,
      coupons: [],
      feeFen: 0,
      feeBasisPoints: 0,
      paidAt: now,
      visibleAt: now,
    };
  }

  /** @returns the same subject for the self-test call, of which there is no other */
  findOther(subject: NoticeSubject): NoticeSubject {
    if (subject.kind === 'echo') return subject;
    return subject.kind === 'refund' ? this.findOtherRefund(subject) : this.findOtherPayment(subject);
  }

  findOtherPayment(payment: PaymentNoticeSubject): PaymentNoticeSubject {
    for (const order of this.orders.all()) {
      const isOfItsKind = order.protocol === payment.order.protocol;
      if (isOfItsKind && order !== payment.order && order.transaction !== undefined) {
        return { kind: 'payment', order, transaction: order.transaction };
      }
    }
    const invented = { ...payment.order, outTradeNo: 'OTHERORDER0001' };
    return { kind: 'payment', order: invented, transaction: this.inventTransaction(invented) };
  }

  findOtherRefund(subject: RefundNoticeSubject): RefundNoticeSubject {
    const other = this.refunds.all().find((refund) => {
      return refund !== subject.refund && refund.noticeProtocol === subject.refund.noticeProtocol;
    });
    const invented = { ...subject.refund, outRefundNo: 'OTHERREFUND0001', refundId: this.identifiers.refundId() };
    return { ...subject, refund: other ?? invented };
  }
}
