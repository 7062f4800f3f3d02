import type { RefundStatus } from '../../refund/refund.entity.js';
import type { TradeEntry } from '../../wechat/pay/bills/bill-entries.js';

type KnownState = Exclude<TradeEntry['refundState'], 'UNKNOWN' | null> | '';

/**
 * Our states that fit each state of a refund on a bill. A bill shows the state at its creation and is never updated, so a
 * refund that was PROCESSING may have ended in any way since, and an ABNORMAL one may have been completed. Every other pair is
 * a difference: decision 50 has the reason for each. A bill without a state fits every refund that WeChat has accepted; a
 * state that this version does not know fits none, because it may mean that no money was paid.
 */
const FITTING_STATES: Readonly<Record<KnownState, readonly RefundStatus[]>> = {
  PROCESSING: ['PROCESSING', 'SUCCEEDED', 'ABNORMAL', 'FAILED'],
  SUCCEEDED: ['SUCCEEDED'],
  ABNORMAL: ['ABNORMAL', 'SUCCEEDED', 'PROCESSING'],
  FAILED: ['FAILED'],
  '': ['PROCESSING', 'SUCCEEDED', 'ABNORMAL', 'FAILED'],
};

export function isKnownState(text: string): text is KnownState {
  return Object.hasOwn(FITTING_STATES, text);
}

/** @param theirs `TheirEntry.state` */
export function isFittingState(ours: RefundStatus, theirs: string): boolean {
  return isKnownState(theirs) && FITTING_STATES[theirs].includes(ours);
}
