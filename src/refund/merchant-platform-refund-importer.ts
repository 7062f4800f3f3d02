import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import { Clock } from '../common/clock.js';
import { isUniqueViolation } from '../database/database-errors.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { Order } from '../order/order.entity.js';
import { OrderQueryService } from '../order/order-query.service.js';
import { OrderEventLog } from '../payment/order-event-log.js';
import { PaymentAttempt } from '../payment/payment-attempt.entity.js';
import type { RefundResult } from '../wechat/wechat-pay.gateway.js';
import { createRefund } from './create-refund.js';
import { assertOrderUnchanged, withOrderSnapshot } from './with-order-snapshot.js';
import { RefundStatusSync } from './refund-status-sync.js';
import { moveRefund } from './refund-moves.js';
import { transferReturns } from './refund-returns.js';
import { mayStillAppear } from './refund-visibility.js';
import { Refund } from './refund.entity.js';
import { chooseReplaced } from './replaced-refunds.js';

/** Reason shown to staff. */
const IMPORT_REASON = '在微信商户平台发起的退款';

/** A refund to be replaced has changed since it was read. The transaction must not commit. */
class ReplacedRefundChangedError extends Error {}

/**
 * Imports refunds that were created in WeChat's merchant platform; WeChat sends a notice when they end. They become rows
 * like all other refunds, so that the same amount cannot be refunded again here.
 */
@Injectable()
export class MerchantPlatformRefundImporter {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: OrderQueryService,
    private readonly eventLog: OrderEventLog,
    private readonly statusSync: RefundStatusSync,
  ) {}

  /**
   * Inserts the refund once, as PROCESSING; the caller then applies its result. It takes over the reserved amount of
   * ABNORMAL refunds that WeChat has never accepted. Inserts nothing when the payment does not belong to this shop, or when
   * refunds in progress have reserved the amount: WeChat repeats the notice, and staff see it.
   */
  async importRefund(result: RefundResult, transactionId: string, paidFen: number): Promise<void> {
    const { outRefundNo: refundNo, outTradeNo } = result;
    const payment = await this.unitOfWork.read(async (manager) =>
      (await manager.existsBy(Refund, { refundNo }))
        ? null
        : manager.findOneBy(PaymentAttempt, { outTradeNo, transactionId }),
    );
    if (payment?.amountFen !== paidFen || refundNo.length > 64) return;
    const replaced = await this.findReplaced(result, payment);
    if (replaced === null) return;
    try {
      await withOrderSnapshot(this.orders, payment.orderNo, (order) =>
        this.insertImportedRefund({ result, payment, replaced }, order),
      );
    } catch (error) {
      // A concurrent call with the same notice has inserted it. Or staff changed a refund: WeChat repeats the notice.
      if (!isUniqueViolation(error) && !(error instanceof ReplacedRefundChangedError)) throw error;
    }
  }

  /** The refunds to replace; null when WeChat may have accepted one of them, or when all together are too small. */
  private async findReplaced({ refundFen }: RefundResult, payment: PaymentAttempt): Promise<Refund[] | null> {
    const { outTradeNo, amountFen, refundHeldFen } = payment;
    const candidates = await this.unitOfWork.read((manager) =>
      manager.find(Refund, {
        where: { outTradeNo, status: 'ABNORMAL', wechatRefundId: IsNull(), acceptedAt: IsNull() },
        order: { id: 'ASC' },
      }),
    );
    const queriedAt = this.clock.now();
    const replaceable = candidates.filter((refund) => !mayStillAppear(refund, queriedAt));
    const replaced = chooseReplaced(replaceable, refundFen, amountFen - refundHeldFen);
    for (const refund of replaced ?? []) {
      if ((await this.statusSync.syncWithWechat(refund)) !== 'ABSENT') return null;
    }
    return replaced;
  }

  private async insertImportedRefund(
    { result, payment, replaced }: MerchantPlatformRefundImport,
    order: Order,
  ): Promise<void> {
    const { outRefundNo: refundNo, refundFen: amountFen, wechatRefundId } = result;
    const { orderNo, outTradeNo, transactionId } = payment;
    const isOverpayment = order.status === 'PAID' && order.transactionId !== transactionId;
    const now = this.clock.now();
    await this.unitOfWork.run(async (tx) => {
      for (const refund of replaced) await this.replace(tx, refund, refundNo, now);
      const dates = { decidedAt: now, acceptedAt: now, nextCheckAt: now };
      const facts = {
        refundNo,
        wechatRefundId,
        userId: order.userId,
        isOverpayment,
        amountFen,
        reason: IMPORT_REASON,
        ...dates,
      };
      const { returnStock = null, returnCoupon = null } = replaced[0] ?? {};
      const refund = await createRefund(
        tx,
        payment,
        { kind: 'MERCHANT', status: 'PROCESSING', returnStock, returnCoupon, ...facts },
        now,
      );
      if (!refund) throw new ReplacedRefundChangedError();
      await transferReturns(tx, refund, replaced);
      await this.eventLog.write(tx, {
        ...{ type: 'REFUND_REQUEST', result: 'VENDOR_PLATFORM', orderNo, outTradeNo },
        facts: { refundNo, amountFen },
      });
      await assertOrderUnchanged(tx, order);
    });
  }

  /** Ends a refund that the imported one replaces. The buyer gets the money, so no failure is sent. */
  private async replace(tx: EntityManager, refund: Refund, by: string, completedAt: Date): Promise<void> {
    const unchanged = { sendCount: refund.sendCount, wechatRefundId: IsNull(), acceptedAt: IsNull() };
    const errors = {
      errorCode: 'REPLACED',
      errorMessage: `Replaced by refund ${by}, created in WeChat's merchant platform`,
    };
    const failed = { from: 'ABNORMAL', to: 'FAILED', completedAt, ...errors } as const;
    if (!(await moveRefund(tx, refund, failed, unchanged))) throw new ReplacedRefundChangedError();
    const { refundNo, orderNo, outTradeNo, amountFen } = refund;
    await this.eventLog.write(tx, {
      type: 'REFUND_DECISION',
      result: 'REPLACED',
      orderNo,
      outTradeNo,
      facts: { refundNo, amountFen },
    });
  }
}

/** A refund from the merchant platform, its payment, and the refunds that it replaces. */
interface MerchantPlatformRefundImport {
  result: RefundResult;
  payment: PaymentAttempt;
  replaced: Refund[];
}
