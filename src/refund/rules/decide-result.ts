import type { RefundResult } from '../../wechat/pay/payment-types.js';
import { type Refund, toErrorMessage } from '../refund.entity.js';
import type { RefundMove } from './refund-transitions.js';
import { isKnownToWechat } from './refund-visibility.js';

/**
 * Outcome of applying a refund result. `APPLIED` · `REPEATED`: already applied · `PENDING`: WeChat has accepted the
 * refund, its end is open · all others: rejected, nothing has changed.
 */
export type ApplyRefundOutcome =
  'APPLIED' | 'REPEATED' | 'PENDING' | 'REFUND_UNKNOWN' | 'REFUND_MISMATCH' | 'NEVER_SENT' | 'CONTRADICTION';

/** Where a result comes from, for the event log. */
export interface RefundResultSource {
  type: 'REFUND_NOTICE' | 'REFUND_QUERY';
  raw: string;
  /** Fields of the payment, if the message has them. */
  transactionId?: string;
  paidFen?: number;
}

/**
 * What a result changes. `NONE`: nothing · `MOVE`: the status · `ACCEPTED`: a PROCESSING refund is known to WeChat from
 * now on · `KNOWN`: the same for an ABNORMAL refund, which stays ABNORMAL.
 */
export type ResultStep =
  | { kind: 'NONE'; outcome: ApplyRefundOutcome }
  | { kind: 'MOVE'; outcome: 'APPLIED' | 'PENDING'; move: RefundMove }
  | { kind: 'ACCEPTED'; outcome: 'PENDING'; changes: Partial<Refund> }
  | { kind: 'KNOWN'; outcome: 'APPLIED'; changes: Partial<Refund> };

/** The dates that a step may write. */
export interface ResultDates {
  now: Date;
  /** The first date of the back-off. */
  firstCheckAt: Date;
  /** Now plus the longest delay of the back-off, for refunds that staff must complete. */
  longestDelayCheckAt: Date;
}

/** True when the numbers and amounts in WeChat's result match our refund. Checked before a result is applied. */
function isSameRefund(refund: Refund, result: RefundResult, source: RefundResultSource): boolean {
  return (
    refund.amountFen === result.refundFen &&
    refund.outTradeNo === result.outTradeNo &&
    (refund.wechatRefundId ?? result.wechatRefundId) === result.wechatRefundId &&
    (source.transactionId ?? refund.transactionId) === refund.transactionId &&
    (source.paidFen ?? refund.paidFen) === refund.paidFen
  );
}

/** Decides what a result changes. A success is always applied, even after FAILED. */
export function decideResult(
  refund: Refund,
  result: RefundResult,
  source: RefundResultSource,
  dates: ResultDates,
): ResultStep {
  if (!isSameRefund(refund, result, source)) return { kind: 'NONE', outcome: 'REFUND_MISMATCH' };
  switch (refund.status) {
    case 'REQUESTED':
    case 'REJECTED':
    case 'CANCELLED':
      return { kind: 'NONE', outcome: 'NEVER_SENT' };
    case 'PROCESSING':
    case 'ABNORMAL':
      return decideOpenRefund(refund, refund.status, result, dates);
    case 'SUCCEEDED':
      return {
        kind: 'NONE',
        outcome: result.state === 'SUCCEEDED' || result.state === 'PROCESSING' ? 'REPEATED' : 'CONTRADICTION',
      };
    case 'FAILED':
      if (result.state === 'CLOSED') return { kind: 'NONE', outcome: 'REPEATED' };
      if (result.state !== 'SUCCEEDED') return { kind: 'NONE', outcome: 'CONTRADICTION' };
      return succeed('FAILED', result, dates);
  }
}

function decideOpenRefund(
  refund: Refund,
  from: 'PROCESSING' | 'ABNORMAL',
  result: RefundResult,
  dates: ResultDates,
): ResultStep {
  const { wechatRefundId } = result;
  switch (result.state) {
    case 'SUCCEEDED':
      return succeed(from, result, dates);
    case 'CLOSED': {
      const move = { from, to: 'FAILED', completedAt: dates.now, wechatRefundId, ...errorFieldsOf(result) } as const;
      return { kind: 'MOVE', outcome: 'APPLIED', move };
    }
    case 'ABNORMAL': {
      const changes = { wechatRefundId, ...errorFieldsOf(result) };
      if (from === 'PROCESSING') {
        const move = { from, to: 'ABNORMAL', nextCheckAt: dates.longestDelayCheckAt, ...changes } as const;
        return { kind: 'MOVE', outcome: 'APPLIED', move };
      }
      if (refund.wechatRefundId !== null) return { kind: 'NONE', outcome: 'REPEATED' };
      return { kind: 'KNOWN', outcome: 'APPLIED', changes };
    }
    case 'PROCESSING':
      return from === 'ABNORMAL' ? resume(refund, wechatRefundId, dates) : accept(refund, wechatRefundId, dates);
  }
}

function succeed(
  from: 'PROCESSING' | 'ABNORMAL' | 'FAILED',
  { wechatRefundId, succeededAt }: RefundResult,
  { now }: ResultDates,
): ResultStep {
  const move = { from, to: 'SUCCEEDED', completedAt: succeededAt ?? now, wechatRefundId } as const;
  return { kind: 'MOVE', outcome: 'APPLIED', move };
}

/** The protocol's code and text of a state in which no money has reached the payer. */
function errorFieldsOf({ error }: RefundResult): Pick<Refund, 'errorCode' | 'errorMessage'> {
  return { errorCode: error?.code ?? null, errorMessage: error === null ? null : toErrorMessage(error.message) };
}

/** While it is accepted, it is queried and not sent. */
function accept({ acceptedAt }: Refund, wechatRefundId: string, { now }: ResultDates): ResultStep {
  if (acceptedAt !== null) return { kind: 'NONE', outcome: 'PENDING' };
  const changes = { acceptedAt: now, waitReason: null, wechatRefundId, checkCount: 0 };
  return { kind: 'ACCEPTED', outcome: 'PENDING', changes };
}

/** WeChat had accepted an earlier call before it refused a later one: the refund is in progress. */
function resume(refund: Refund, wechatRefundId: string, { now, firstCheckAt }: ResultDates): ResultStep {
  if (isKnownToWechat(refund)) return { kind: 'NONE', outcome: 'PENDING' }; // accepted before; staff must act
  const wait = { acceptedAt: now, nextCheckAt: firstCheckAt, checkCount: 1 };
  return { kind: 'MOVE', outcome: 'PENDING', move: { from: 'ABNORMAL', to: 'PROCESSING', wechatRefundId, ...wait } };
}

/** False when the notice repeats a known state, or would be rejected anyway. In both cases no query is needed. */
export function wouldChangeRefund(refund: Refund, result: RefundResult, source: RefundResultSource): boolean {
  if (!isSameRefund(refund, result, source)) return false;
  switch (refund.status) {
    case 'PROCESSING':
      return true;
    case 'ABNORMAL':
      return result.state !== 'ABNORMAL';
    case 'FAILED':
      return result.state === 'SUCCEEDED';
    case 'REQUESTED':
    case 'REJECTED':
    case 'CANCELLED':
    case 'SUCCEEDED':
      return false;
  }
}

/** Query responses may lag behind notices: PROCESSING is consistent with a notice of success. */
export function isConfirmedBy(answer: RefundResult, notice: RefundResult): boolean {
  return answer.state === notice.state || (answer.state === 'PROCESSING' && notice.state === 'SUCCEEDED');
}

export function areSameNumbers(one: RefundResult, other: RefundResult): boolean {
  const { outTradeNo, wechatRefundId, refundFen } = one;
  return outTradeNo === other.outTradeNo && wechatRefundId === other.wechatRefundId && refundFen === other.refundFen;
}
