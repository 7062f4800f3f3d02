import { type EntityManager, IsNull } from 'typeorm';
import type { Order } from '../../order/order.entity.js';
import type { PaymentAttempt } from '../../payment/attempt/payment-attempt.entity.js';
import type { ChannelAccount } from '../../wechat/pay/payment-channel.js';
import type { RefundResult } from '../../wechat/pay/payment-types.js';
import { assertOrderUnchanged } from '../with-order-snapshot.js';
import { createRefund } from '../create-refund.js';
import { moveRefund, unacceptedAsRead } from '../move-refund.js';
import type { RefundRecorder } from '../refund-recorder.js';
import { transferReturns } from '../refund-returns.js';
import { Refund } from '../refund.entity.js';
import { isOverpaymentOf } from '../rules/late-payment.js';

/** Reason shown to staff and to the buyer. */
const IMPORT_REASON = '在微信商户平台发起的退款';

/** A refund to be replaced has changed since it was read. The transaction must not commit. */
export class ReplacedRefundChangedError extends Error {}

/** A refund from the merchant platform, its payment, its order as read, and the refunds that it replaces. */
export interface MerchantPlatformRefundImport {
  result: RefundResult;
  payment: PaymentAttempt;
  /** Under which the refund is reported. */
  account: ChannelAccount;
  order: Order;
  replaced: Refund[];
}

/** Refunds of the payment that may be replaced: ABNORMAL ones that WeChat is not known to have accepted, oldest first. */
export function findReplaceableRefunds(manager: EntityManager, outTradeNo: string): Promise<Refund[]> {
  return manager.find(Refund, {
    where: { outTradeNo, status: 'ABNORMAL', wechatRefundId: IsNull(), acceptedAt: IsNull() },
    order: { id: 'ASC' },
  });
}

/**
 * Inserts a refund that was created in WeChat's merchant platform, as PROCESSING. It takes over the reserved amount and
 * the returns of the refunds that it replaces.
 * @throws ReplacedRefundChangedError when one of them has changed, or when the amount does not fit.
 */
export async function insertImportedRefund(
  tx: EntityManager,
  recorder: RefundRecorder,
  { result, payment, account, order, replaced }: MerchantPlatformRefundImport,
  now: Date,
): Promise<void> {
  const { outRefundNo: refundNo, refundFen: amountFen, wechatRefundId } = result;
  for (const refund of replaced) await replaceRefund(tx, recorder, refund, refundNo, now);
  const { returnStock = null, returnCoupon = null } = replaced[0] ?? {};
  const refund = await createRefund(
    tx,
    payment,
    {
      kind: 'MERCHANT',
      status: 'PROCESSING',
      refundNo,
      wechatRefundId,
      ...account,
      userId: order.userId,
      isOverpayment: isOverpaymentOf(order, payment),
      amountFen,
      reason: IMPORT_REASON,
      returnStock,
      returnCoupon,
      decidedAt: now,
      acceptedAt: now,
      nextCheckAt: now,
    },
    now,
  );
  if (!refund) throw new ReplacedRefundChangedError();
  await transferReturns(tx, refund, replaced);
  await recorder.recordRequest(tx, refund, 'MERCHANT_PLATFORM');
  await assertOrderUnchanged(tx, order);
}

/** Ends a refund that the imported one replaces. The buyer is not notified of its failure: the imported one pays. */
async function replaceRefund(
  tx: EntityManager,
  recorder: RefundRecorder,
  refund: Refund,
  by: string,
  completedAt: Date,
): Promise<void> {
  const errors = {
    errorCode: 'REPLACED',
    errorMessage: `Replaced by refund ${by}, created in WeChat's merchant platform`,
  };
  const failed = { from: 'ABNORMAL', to: 'FAILED', completedAt, ...errors } as const;
  if (!(await moveRefund(tx, refund, failed, unacceptedAsRead(refund)))) throw new ReplacedRefundChangedError();
  await recorder.recordReplacement(tx, refund);
}
