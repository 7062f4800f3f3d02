import type { Outcome, RefusalAction, Refused } from '../../wechat/pay/outcome.js';
import type { RefundAccepted } from '../../wechat/pay/payment-types.js';
import { type Refund, toErrorMessage, type WaitReason } from '../refund.entity.js';
import { mayBecomeVisible } from './refund-visibility.js';

/**
 * Result of a query: `FOUND`: WeChat knows the refund and its state is applied · `NOT_FOUND`: no such refund ·
 * `UNKNOWN`: no usable response, a refused query, or a result that contradicts our records.
 */
export type RefundSyncResult = 'FOUND' | 'NOT_FOUND' | 'UNKNOWN';

const DEFINITE_REFUSALS: readonly RefusalAction[] = [
  'TOP_UP_FUNDS',
  'NOT_READY',
  'RETRY_LATER',
  'GIVE_UP',
  'FIX_REQUEST',
];

type RefundErrors = Pick<Refund, 'errorCode' | 'errorMessage'>;

/**
 * What a PROCESSING refund does after a call. `WAIT`: it is checked again after the next delay of the back-off, which
 * `restartsBackOff` resets. Without an answer, a successful call about anything else may bring the check forward. · `SLOW_DOWN`:
 * WeChat's rate limit · `QUERY_BEFORE_FAILING`: a final refusal, but WeChat may have accepted an earlier call with the
 * same number · `FAIL` · `NEEDS_STAFF`: an error on our side, such as a wrong certificate; it becomes ABNORMAL.
 */
export type RefundFollowUp =
  | {
      kind: 'WAIT';
      waitReason: WaitReason | null;
      isAnswered: boolean;
      restartsBackOff: boolean;
      changes: RefundChanges;
    }
  | { kind: 'SEND' }
  | { kind: 'SLOW_DOWN' | 'QUERY_BEFORE_FAILING' | 'FAIL' | 'NEEDS_STAFF'; errors: RefundErrors };

type RefundChanges = Partial<RefundErrors & Pick<Refund, 'acceptedAt' | 'wechatRefundId'>>;

/** What to do now with a refund whose lease we hold. An ABNORMAL refund is queried, never sent. */
export type RefundStep = 'NONE' | 'QUERY_ABNORMAL' | 'QUERY_ACCEPTED' | 'QUERY_THEN_SEND' | 'SEND';

/** @param hasRequest false for a refund from WeChat's merchant platform. */
export function nextStepOf(
  { status, acceptedAt, waitReason }: Pick<Refund, 'status' | 'acceptedAt' | 'waitReason'>,
  hasRequest: boolean,
): RefundStep {
  if (status === 'ABNORMAL') return 'QUERY_ABNORMAL';
  if (status !== 'PROCESSING') return 'NONE';
  if (acceptedAt !== null || !hasRequest) return 'QUERY_ACCEPTED';
  return waitReason === 'UNKNOWN_OUTCOME' ? 'QUERY_THEN_SEND' : 'SEND';
}

/** After the refund call. */
export function followUpOfCall(outcome: Outcome<RefundAccepted>, now: Date): RefundFollowUp {
  switch (outcome.kind) {
    case 'done': {
      const { wechatRefundId } = outcome.value;
      const changes = { acceptedAt: now, wechatRefundId, errorCode: null, errorMessage: null };
      return { ...waitFor(null, changes), restartsBackOff: true };
    }
    case 'unknown':
      return waitUnanswered('UNKNOWN_OUTCOME');
    case 'refused':
      return followUpOfRefusal(outcome);
  }
}

/** After a refusal by WeChat, or by this service before the call. */
export function followUpOfRefusal({ action, code, message }: Refused): RefundFollowUp {
  const errors = { errorCode: code, errorMessage: toErrorMessage(message) };
  switch (action) {
    case 'TOP_UP_FUNDS':
      return waitFor('NOT_ENOUGH_FUNDS', errors);
    case 'NOT_READY':
      return waitFor(null, errors);
    case 'RETRY_LATER':
      return { kind: 'SLOW_DOWN', errors };
    case 'GIVE_UP':
      return { kind: 'QUERY_BEFORE_FAILING', errors };
    case 'FIX_REQUEST':
      return { kind: 'NEEDS_STAFF', errors };
    case 'RETRY_SAME':
    case 'QUERY_FIRST':
    case 'NEW_NUMBER':
    case 'ALREADY_PAID':
    case 'ALREADY_CLOSED':
    case 'NOT_FOUND':
    case 'TELL_USER':
      return waitFor('UNKNOWN_OUTCOME', errors);
  }
}

/** True when the refusal proves that this call was not accepted. An unknown error code does not. */
export function isDefiniteRefusal({ action }: Refused): boolean {
  return DEFINITE_REFUSALS.includes(action);
}

/** After the query of a refund whose last call had no usable response. */
export function followUpOfUnclearCall(answer: RefundSyncResult): RefundFollowUp {
  switch (answer) {
    case 'NOT_FOUND':
      return { kind: 'SEND' }; // with the same number: WeChat refunds once per number
    case 'FOUND':
      return { ...waitFor(null), restartsBackOff: true };
    case 'UNKNOWN':
      return waitUnanswered('UNKNOWN_OUTCOME');
  }
}

/** After the query of an accepted refund, or of one from WeChat's merchant platform, which has no request to send. */
export function followUpOfAccepted(
  { waitReason, request }: Pick<Refund, 'waitReason' | 'request'>,
  answer: RefundSyncResult,
): RefundFollowUp {
  if (answer === 'UNKNOWN') return waitUnanswered(waitReason);
  if (answer === 'FOUND' || request === null) return waitFor(waitReason);
  // WeChat does not return a refund that it accepted. Sending the same number again is safe in either case.
  return waitFor('UNKNOWN_OUTCOME', { acceptedAt: null });
}

/** After the query that follows a final refusal. */
export function followUpOfFinalRefusal(
  refund: Pick<Refund, 'lastPossiblyAcceptedSendAt'>,
  answer: RefundSyncResult,
  errors: RefundErrors,
  now: Date,
): RefundFollowUp {
  switch (answer) {
    case 'FOUND':
      return { ...waitFor(null), restartsBackOff: true };
    case 'UNKNOWN':
      return waitUnanswered('UNKNOWN_OUTCOME', errors);
    case 'NOT_FOUND':
      // WeChat may have accepted an earlier call a moment ago, so its amount must stay reserved.
      return mayBecomeVisible(refund, now) ? waitFor('UNKNOWN_OUTCOME', errors) : { kind: 'FAIL', errors };
  }
}

type WaitFollowUp = Extract<RefundFollowUp, { kind: 'WAIT' }>;

function waitFor(waitReason: WaitReason | null, changes: RefundChanges = {}): WaitFollowUp {
  return { kind: 'WAIT', waitReason, isAnswered: true, restartsBackOff: false, changes };
}

function waitUnanswered(waitReason: WaitReason | null, changes: RefundChanges = {}): WaitFollowUp {
  return { kind: 'WAIT', waitReason, isAnswered: false, restartsBackOff: false, changes };
}
