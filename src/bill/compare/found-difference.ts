import { type OurEntry, signOf } from '../entries/our-entry.js';
import type { TheirEntry } from '../entries/their-entry.js';
import type { BillDifference } from '../difference/bill-difference.entity.js';
import { isFittingState } from './refund-states.js';

/** A difference as a comparison finds it. */
export type FoundDifference = Pick<
  BillDifference,
  'kind' | 'entryType' | 'number' | 'outTradeNo' | 'outRefundNo' | 'transactionId' | 'orderNo' | 'oursFen' | 'theirsFen'
> &
  Pick<BillDifference, 'effectFen' | 'ourState' | 'theirState' | 'entryAt'> & { status: 'OPEN' | 'WAITING' };

/** Compares an entry that both sides have. */
export function comparePair(ours: OurEntry, theirs: TheirEntry): FoundDifference[] {
  const both = { ...theirFields(theirs), orderNo: ours.orderNo, ourState: ours.state, oursFen: ours.fen };
  const sign = signOf(theirs);
  const found: FoundDifference[] = feeDifference(theirs, ours.orderNo);
  // A reversed payment is not paid, on both sides.
  if (theirs.type === 'REVOKED' && ours.atMs === null) return found;
  if (ours.atMs === null) {
    const effectFen = sign * theirs.amountFen;
    if (ours.type === 'PAYMENT') return [...found, { ...both, kind: 'MISSING_HERE', oursFen: null, effectFen }];
    return [...found, { ...both, kind: 'STATUS', effectFen }];
  }
  if (ours.fen !== theirs.amountFen)
    found.push({ ...both, kind: 'AMOUNT', effectFen: sign * (theirs.amountFen - ours.fen) });
  if (!isSameState(ours, theirs)) found.push({ ...both, kind: 'STATUS', effectFen: 0 });
  return found;
}

/** An entry that only WeChat has. */
export function missingHere(theirs: TheirEntry): FoundDifference[] {
  const effectFen = signOf(theirs) * theirs.amountFen;
  return [...feeDifference(theirs, null), { ...theirFields(theirs), kind: 'MISSING_HERE', effectFen }];
}

/**
 * An entry that the bill of another day, its own, has too: this line is one too many, and counts as an amount where ours is 0.
 * @param status WAITING while the bill of its own day is not there yet.
 */
export function listedTwice(ours: OurEntry, theirs: TheirEntry, status: 'OPEN' | 'WAITING'): FoundDifference {
  const effectFen = status === 'OPEN' ? signOf(theirs) * theirs.amountFen : 0;
  return { ...theirFields(theirs), kind: 'AMOUNT', orderNo: ours.orderNo, oursFen: 0, effectFen, status };
}

/** An entry that only we have. @param status WAITING while it may be on the bill of another day. */
export function missingThere(ours: OurEntry, status: 'OPEN' | 'WAITING'): FoundDifference {
  return {
    kind: 'MISSING_THERE',
    entryType: ours.type,
    number: ours.number,
    outTradeNo: ours.outTradeNo,
    outRefundNo: ours.type === 'REFUND' ? ours.number : null,
    transactionId: ours.transactionId,
    orderNo: ours.orderNo,
    oursFen: ours.fen,
    theirsFen: null,
    effectFen: status === 'OPEN' ? -signOf(ours) * ours.fen : 0,
    ourState: ours.state,
    theirState: null,
    entryAt: ours.atMs === null ? null : new Date(ours.atMs),
    status,
  };
}

function feeDifference(theirs: TheirEntry, orderNo: string | null): FoundDifference[] {
  if (theirs.expectedFeeFen === null) return [];
  const fees = { oursFen: theirs.expectedFeeFen, theirsFen: theirs.feeFen, effectFen: 0 };
  return [{ ...theirFields(theirs), kind: 'FEE', orderNo, ...fees }];
}

function theirFields(theirs: TheirEntry): Omit<FoundDifference, 'kind' | 'effectFen'> {
  const { type, number, outTradeNo, transactionId, amountFen, state } = theirs;
  return {
    entryType: type,
    number,
    outTradeNo: outTradeNo === '' ? null : outTradeNo,
    outRefundNo: type === 'REFUND' ? number : null,
    transactionId: transactionId === '' ? null : transactionId,
    orderNo: null,
    oursFen: null,
    theirsFen: amountFen,
    ourState: null,
    theirState: type === 'REFUND' ? state || null : type === 'REVOKED' ? type : 'SUCCEEDED',
    entryAt: new Date(theirs.atMs),
    status: 'OPEN',
  };
}

/** A reversed payment never fits one that we count as paid. */
function isSameState(ours: OurEntry, theirs: TheirEntry): boolean {
  if (theirs.type === 'REVOKED') return false;
  const isSamePayment = ours.transactionId === null || ours.transactionId === theirs.transactionId;
  return isSamePayment && (ours.type === 'PAYMENT' || isFittingState(ours.state, theirs.state));
}
