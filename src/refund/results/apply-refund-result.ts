import { type EntityManager, IsNull } from 'typeorm';
import { findRow } from '../../database/rows.js';
import { noteRefundChange } from '../../outbox/changes/note-change.js';
import { PaymentAttempt } from '../../payment/attempt/payment-attempt.entity.js';
import type { RefundResult } from '../../wechat/pay/payment-types.js';
import { moveRefund } from '../move-refund.js';
import type { RefundRecorder } from '../refund-recorder.js';
import { applyReturns } from '../refund-returns.js';
import { Refund } from '../refund.entity.js';
import {
  type ApplyRefundOutcome,
  decideResult,
  type RefundResultSource,
  type ResultDates,
} from '../rules/decide-result.js';
import { recipientOf } from '../rules/redirect.js';

/** The refund has changed since it was read: the result is applied again. */
export class RefundChangedError extends Error {}

/** A result of WeChat, where it comes from, and the dates that it may write. */
export interface AppliedRefundResult {
  result: RefundResult;
  source: RefundResultSource;
  dates: ResultDates;
}

/**
 * Applies a result by compare-and-set, with everything that follows from it, and records it.
 * @throws RefundChangedError, ReservedAmountExceededError; the transaction must not commit then.
 */
export async function applyRefundResult(
  tx: EntityManager,
  recorder: RefundRecorder,
  applied: AppliedRefundResult,
): Promise<ApplyRefundOutcome> {
  const refund = await tx.findOneBy(Refund, { refundNo: applied.result.outRefundNo });
  const outcome = refund ? await applyToRefund(tx, recorder, refund, applied) : 'REFUND_UNKNOWN';
  await recordResult(tx, recorder, applied, outcome, refund);
  return outcome;
}

/** Records a success whose amount other refunds have reserved, after the transaction that should apply it failed. */
export async function recordContradiction(
  tx: EntityManager,
  recorder: RefundRecorder,
  applied: Pick<AppliedRefundResult, 'result' | 'source'>,
): Promise<void> {
  const refund = await tx.findOneBy(Refund, { refundNo: applied.result.outRefundNo });
  await recordResult(tx, recorder, applied, 'CONTRADICTION', refund);
}

async function applyToRefund(
  tx: EntityManager,
  recorder: RefundRecorder,
  refund: Refund,
  { result, source, dates }: AppliedRefundResult,
): Promise<ApplyRefundOutcome> {
  const step = decideResult(refund, result, source, dates);
  switch (step.kind) {
    case 'NONE':
      break;
    case 'ACCEPTED':
      await tx.update(Refund, { id: refund.id, status: 'PROCESSING' }, step.changes);
      noteRefundChange(tx, refund.refundNo, 'UPDATED');
      break;
    case 'KNOWN': {
      const unchanged = { id: refund.id, status: 'ABNORMAL', wechatRefundId: IsNull() } as const;
      const { affected } = await tx.update(Refund, unchanged, step.changes);
      if (affected !== 1) throw new RefundChangedError();
      noteRefundChange(tx, refund.refundNo, 'UPDATED');
      break;
    }
    case 'MOVE':
      // The destination decides whether the buyer has the money, so it must be as it was read.
      if (!(await moveRefund(tx, refund, step.move, { redirectTo: refund.redirectTo ?? IsNull() })))
        throw new RefundChangedError();
      if (step.move.to === 'FAILED') await recorder.notifyBuyer(tx, 'refundFailed', refund);
      if (step.move.to === 'SUCCEEDED') {
        // No message says that money arrived which came back to the shop.
        if (recipientOf(refund) === 'BUYER') await recorder.notifyBuyer(tx, 'refundSucceeded', refund);
        if (await applyReturns(tx, refund, dates.now)) await recorder.recordReturnedCoupon(tx, refund);
      }
  }
  return step.outcome;
}

/**
 * A result of a refund that we do not have gets the order of the payment, so that the order is listed as
 * contradicted.
 */
async function recordResult(
  tx: EntityManager,
  recorder: RefundRecorder,
  { result, source }: Pick<AppliedRefundResult, 'result' | 'source'>,
  outcome: ApplyRefundOutcome,
  refund: Refund | null,
): Promise<void> {
  const { outTradeNo } = result;
  const owner = refund ?? (await findRow(tx, PaymentAttempt, ['orderNo'], { outTradeNo }));
  await recorder.recordResult(tx, source, outcome, result, owner?.orderNo ?? null);
}
