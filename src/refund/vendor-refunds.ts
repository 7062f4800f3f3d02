import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { isUniqueViolation } from '../database/database-errors.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { Order } from '../order/order.entity.js';
import { Orders } from '../order/orders.js';
import { PaymentJournal } from '../payment/payment-journal.js';
import { Payment } from '../payment/payment.entity.js';
import type { RefundResult } from '../wechat/wechat-pay.gateway.js';
import { openRefund } from './opening.js';
import { ensureAsRead, withOrderAsRead } from './order-as-read.js';
import { Refund } from './refund.entity.js';

/** What staff read as the reason. */
const REASON = '在微信商户平台发起的退款';

/**
 * Refunds that somebody made by hand in WeChat's merchant platform: we hear of them when they end. They become rows like
 * any other, so that the same money is not given back again here.
 */
@Injectable()
export class VendorRefunds {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: Orders,
    private readonly journal: PaymentJournal,
  ) {}

  /**
   * Writes the refund down as on its way, once; how it ended is then applied like any other result. Writes nothing when
   * the payment is not ours, or when other refunds have reserved the money: WeChat repeats the notice, and staff see it.
   */
  async adopt(result: RefundResult, transactionId: string, paidFen: number): Promise<void> {
    const { outRefundNo: refundNo, outTradeNo } = result;
    const payment = await this.unitOfWork.read(async (manager) =>
      (await manager.existsBy(Refund, { refundNo })) ? null : manager.findOneBy(Payment, { outTradeNo, transactionId }),
    );
    if (payment?.amountFen !== paidFen || refundNo.length > 64) return;
    try {
      await withOrderAsRead(this.orders, payment.orderNo, (order) => this.open(result, payment, order));
    } catch (error) {
      if (!isUniqueViolation(error)) throw error; // the same notice twice at once: the other one has written it
    }
  }

  private async open(
    { outRefundNo: refundNo, refundFen: amountFen, wechatRefundId }: RefundResult,
    payment: Payment,
    order: Order,
  ): Promise<void> {
    const { orderNo, outTradeNo, transactionId } = payment;
    const isSurplus = order.status === 'PAID' && order.transactionId !== transactionId;
    const now = this.clock.now();
    await this.unitOfWork.run(async (tx) => {
      const dates = { decidedAt: now, acceptedAt: now, nextCheckAt: now };
      const facts = { refundNo, wechatRefundId, userId: order.userId, isSurplus, amountFen, reason: REASON, ...dates };
      const refund = await openRefund(tx, payment, { kind: 'MERCHANT', status: 'PROCESSING', ...facts }, now);
      if (!refund) return;
      await this.journal.write(tx, {
        ...{ type: 'REFUND_REQUEST', result: 'VENDOR_PLATFORM', orderNo, outTradeNo },
        facts: { refundNo, amountFen },
      });
      await ensureAsRead(tx, order);
    });
  }
}
