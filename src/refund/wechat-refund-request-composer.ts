import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Settings } from '../config/settings.js';
import type { PaymentAttempt } from '../payment/payment-attempt.entity.js';
import { WechatPayGateway } from '../wechat/wechat-pay.gateway.js';
import { Refund } from './refund.entity.js';

/** Composes the exact request to WeChat and stores it in the refund before it is sent. */
@Injectable()
export class WechatRefundRequestComposer {
  private readonly notifyUrl: string;

  constructor(
    settings: Settings,
    private readonly gateway: WechatPayGateway,
  ) {
    this.notifyUrl = `${settings.PUBLIC_BASE_URL}/wechat/notify/refund`;
  }

  /** The text that is sent, unchanged on every repetition. @param paymentRequest the payment's stored request. */
  composeText(refund: Refund, paymentRequest: string): string {
    const { refundNo: outRefundNo, outTradeNo, transactionId, paidFen, amountFen: refundFen, reason } = refund;
    const { notifyUrl } = this;
    return this.gateway.composeRefund({
      outRefundNo,
      outTradeNo,
      transactionId,
      paidFen,
      refundFen,
      reason,
      notifyUrl,
      paymentRequest,
    });
  }

  /** Stores the request of a refund that is created as approved, in the same transaction. */
  async saveRequest(tx: EntityManager, refund: Refund, payment: PaymentAttempt): Promise<void> {
    await tx.update(Refund, { id: refund.id }, { request: this.composeText(refund, payment.request) });
  }
}
