import { type EntityManager, type FindOptionsWhere, IsNull, MoreThan, Not } from 'typeorm';
import type { Actor } from '../../audit/audit-log.js';
import { noteRefundChange } from '../../outbox/changes/note-change.js';
import type { RefundDestination } from '../../wechat/pay/payment-types.js';
import type { RefundRecorder } from '../refund-recorder.js';
import { Refund } from '../refund.entity.js';
import { storedDestinationOf } from '../rules/redirect.js';

/**
 * Records the destination and counts the call, by compare-and-set: of two concurrent claims with different destinations one
 * fails. Committed before the call. The card and its holder are in no table and no log.
 * @returns false when the refund is not ABNORMAL any more, or has another destination.
 */
export async function claimRedirect(
  tx: EntityManager,
  recorder: RefundRecorder,
  refund: Refund,
  { destination, actor }: { destination: RefundDestination; actor: Actor },
): Promise<boolean> {
  const { redirectTo, redirectBankType } = storedDestinationOf(destination);
  const open = { id: refund.id, status: 'ABNORMAL' } as const;
  const changes = { redirectTo, redirectBankType, redirectCallCount: () => 'redirect_call_count + 1' } as const;
  const isTaken = async (where: FindOptionsWhere<Refund>): Promise<boolean> =>
    (await tx.update(Refund, { ...open, ...where }, changes)).affected === 1;
  const same = { redirectTo, redirectBankType: redirectBankType ?? IsNull() };
  if (await isTaken({ redirectTo: IsNull() })) noteRefundChange(tx, refund.refundNo, 'UPDATED');
  else if (!(await isTaken(same))) return false;
  const after = { destination: redirectTo, bankType: redirectBankType } as const;
  const decision = { actor, action: 'refund.redirect', before: { status: 'ABNORMAL' }, after } as const;
  await recorder.recordDecision(tx, refund, 'REDIRECTED', decision);
  return true;
}

/**
 * Takes back the call that WeChat definitely refused, or that was never sent. The last one frees the destination. A refund that
 * has ended keeps it: then staff are asked whether the buyer was paid.
 */
export async function releaseRedirect(tx: EntityManager, { id, refundNo }: Refund): Promise<void> {
  const open = { id, status: 'ABNORMAL' } as const;
  // The first statement locks the row, so of concurrent refusals the last one sees 0.
  const counted = { ...open, redirectCallCount: MoreThan(0) };
  await tx.update(Refund, counted, { redirectCallCount: () => 'redirect_call_count - 1' });
  const { affected } = await tx.update(
    Refund,
    { ...open, redirectCallCount: 0, redirectTo: Not(IsNull()) },
    { redirectTo: null, redirectBankType: null },
  );
  if (affected === 1) noteRefundChange(tx, refundNo, 'UPDATED');
}

/** Records that the buyer was paid in another way. @returns false when it was recorded before, or the buyer has the money. */
export async function recordPaidOtherwise(
  tx: EntityManager,
  recorder: RefundRecorder,
  refund: Refund,
  { note, actor, at }: { note: string; actor: Actor; at: Date },
): Promise<boolean> {
  const waiting = { id: refund.id, status: 'SUCCEEDED', redirectTo: 'MERCHANT', paidOtherwiseAt: IsNull() } as const;
  const { affected } = await tx.update(Refund, waiting, { paidOtherwiseAt: at, paidOtherwiseNote: note });
  if (affected !== 1) return false;
  noteRefundChange(tx, refund.refundNo, 'UPDATED');
  const after = { amountFen: refund.amountFen, note };
  await recorder.recordDecision(tx, refund, 'PAID_OTHERWISE', {
    actor,
    action: 'refund.pay-otherwise',
    before: null,
    after,
  });
  return true;
}
