import type { RefundStatus } from '../../refund/refund.entity.js';
import type { TheirEntry } from '../entries/their-entry.js';

type TheirState = TheirEntry['state'];

/**
 * Our states that fit each state of a refund on a bill. A bill shows the state at its creation and is never updated, so a
 * refund that was PROCESSING may have ended in any way since, and an ABNORMAL one may have been completed. Every other pair is
 * a difference: decision 50 has the reason for each. A bill without a state fits every refund that WeChat has accepted.
 */
const FITTING_STATES: Readonly<Record<TheirState, readonly RefundStatus[]>> = {
  PROCESSING: ['PROCESSING', 'SUCCEEDED', 'ABNORMAL', 'FAILED'],
  SUCCEEDED: ['SUCCEEDED'],
  ABNORMAL: ['ABNORMAL', 'SUCCEEDED', 'PROCESSING'],
  FAILED: ['FAILED'],
  '': ['PROCESSING', 'SUCCEEDED', 'ABNORMAL', 'FAILED'],
};

export function isFittingState(ours: RefundStatus, theirs: TheirState): boolean {
  return FITTING_STATES[theirs].includes(ours);
}
