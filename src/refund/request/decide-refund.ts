import type { EntityManager } from 'typeorm';
import type { Actor } from '../../audit/audit-log.js';
import type { StoredRequest } from '../../wechat/pay/payment-channel.js';
import { moveRefund, unacceptedAsRead } from '../move-refund.js';
import type { RefundRecorder } from '../refund-recorder.js';
import { reserveReturns } from '../refund-returns.js';
import type { Refund } from '../refund.entity.js';
import { auditedReturnChoice, type ReturnChoice } from '../rules/decide-return.js';
import { abandonedErrorOf } from '../rules/refund-errors.js';
import type { RefundMove } from '../rules/refund-transitions.js';

/** An approval or rejection: its transition, and what the audit log shows of it. */
export interface RefundDecision {
  actor: Actor;
  move: Extract<RefundMove, { from: 'REQUESTED' }>;
  changes: Partial<Pick<Refund, 'amountFen' | 'note' | 'rejectReason'>>;
  /** The returned goods and coupon of an approval. */
  choice?: ReturnChoice;
}

/**
 * Approves or rejects a request. Of concurrent decisions only one succeeds.
 * @returns false when the refund is no longer undecided.
 * @throws the errors of `reserveReturns`; the transaction must not commit then.
 */
export async function decideRefund(
  tx: EntityManager,
  recorder: RefundRecorder,
  refund: Refund,
  { actor, move, changes, choice }: RefundDecision,
): Promise<boolean> {
  if (!(await moveRefund(tx, refund, move))) return false;
  if (choice) await reserveReturns(tx, refund, choice);
  const isApproved = move.to === 'PROCESSING';
  await recorder.recordDecision(tx, { ...refund, ...changes }, isApproved ? 'APPROVED' : 'REJECTED', {
    actor,
    action: isApproved ? 'refund.approve' : 'refund.reject',
    before: { status: refund.status, amountFen: refund.amountFen },
    after: { status: move.to, ...changes, ...(choice && auditedReturnChoice(choice)) },
  });
  await recorder.notifyBuyer(tx, isApproved ? 'refundApproved' : 'refundRejected', refund);
  return true;
}

/**
 * Ends an ABNORMAL refund that WeChat does not have, which releases its amount.
 * @returns false when it was sent, accepted or moved since it was read, so that WeChat's response does not apply.
 */
export async function endAbandonedRefund(
  tx: EntityManager,
  recorder: RefundRecorder,
  refund: Refund,
  { note, actor, at }: { note: string; actor: Actor; at: Date },
): Promise<boolean> {
  const failed = { from: 'ABNORMAL', to: 'FAILED', completedAt: at, note, ...abandonedErrorOf(refund) } as const;
  if (!(await moveRefund(tx, refund, failed, unacceptedAsRead(refund)))) return false;
  await recorder.recordDecision(tx, refund, 'ABANDONED', {
    actor,
    action: 'refund.abandon',
    before: { status: 'ABNORMAL', note: refund.note },
    after: { status: 'FAILED', note },
  });
  await recorder.notifyBuyer(tx, 'refundFailed', refund);
  return true;
}

/**
 * Prepares a retry, after its lease was taken in the same transaction: an ABNORMAL refund becomes PROCESSING again. WeChat
 * accepts the same number again. For a refund that it could not pay out, this has no effect.
 * @returns false when the refund has changed since it was read; the retry is dropped then.
 */
export async function retryRefund(
  tx: EntityManager,
  recorder: RefundRecorder,
  refund: Refund,
  { from, stored, actor }: { from: 'ABNORMAL' | 'PROCESSING'; stored: StoredRequest | null; actor: Actor },
): Promise<boolean> {
  if (from === 'ABNORMAL') {
    const again = { from, to: 'PROCESSING', acceptedAt: null, checkCount: 0, ...stored } as const;
    if (!(await moveRefund(tx, refund, again, { sendCount: refund.sendCount }))) return false;
  }
  const audited = { before: { status: from }, after: { status: 'PROCESSING' } } as const;
  await recorder.recordDecision(tx, refund, 'RETRY', { actor, action: 'refund.retry', ...audited });
  return true;
}
