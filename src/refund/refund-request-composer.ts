import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Settings } from '../config/settings.js';
import type { PaymentAttempt } from '../payment/payment-attempt.entity.js';
import { WechatPayGateway } from '../wechat/wechat-pay.gateway.js';
import { Refund } from './refund.entity.js';

/** Writes the exact request to WeChat into the refund, before anybody sends it. */
@Injectable()
export class RefundRequestComposer {
  private readonly notifyUrl: string;

  constructor(
    settings: Settings,
    private readonly gateway: WechatPayGateway,
  ) {
    this.notifyUrl = `${settings.PUBLIC_BASE_URL}/wechat/notify/refund`;
  }

  /** What will be sent, word for word, however often. `paymentRequest` is what was written of the payment. */
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

  /** For a refund that is opened as decided: in the transaction that opens it. */
  async saveRequest(tx: EntityManager, refund: Refund, payment: PaymentAttempt): Promise<void> {
    await tx.update(Refund, { id: refund.id }, { request: this.composeText(refund, payment.request) });
  }
}
