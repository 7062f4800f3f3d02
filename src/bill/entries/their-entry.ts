import type { TradeEntry } from '../../wechat/pay/bills/bill-entries.js';
import { expectedFeeFen } from '../compare/expected-fee.js';
import { isKnownState } from '../compare/refund-states.js';
import type { BillEntry, BillEntryType } from './bill-entry.entity.js';

/** An entry of WeChat's bill, as it is sorted, stored and compared. Amounts in fen. */
export interface TheirEntry extends Omit<BillEntry, 'fileId' | 'at' | 'state'> {
  /** Milliseconds since 1970. */
  atMs: number;
  /**
   * Of a refund: SUCCEEDED, PROCESSING, FAILED, ABNORMAL, or the text of a state that this version does not know (UNKNOWN if the
   * text is one of these words). Empty on a payment, and where the bill has no state.
   */
  state: string;
  /** What the fee should be by its rate; null when it fits, or the bill has no rate. */
  expectedFeeFen: number | null;
}

/** Sizes of the columns. Numbers of other systems that share the merchant account may have any form. */
const MAX_NUMBER_LENGTH = 64;
const MAX_WORD_LENGTH = 16;

/** Control characters would break the sorted file. WeChat's own numbers have none. */
const toNumber = (text: string): string => text.replaceAll(/\p{Cc}/gu, '?').slice(0, MAX_NUMBER_LENGTH);

export function toTheirEntry(entry: TradeEntry): TheirEntry {
  const { type, at, outTradeNo, transactionId, amountFen, settledFen, feeFen } = entry;
  const isRefund = type === 'REFUND';
  const refundId = entry.refundId ?? '';
  const number = isRefund ? (entry.outRefundNo ?? '') || refundId : outTradeNo || transactionId;
  return {
    type,
    number: toNumber(number),
    atMs: at.getTime(),
    outTradeNo: toNumber(outTradeNo),
    transactionId: toNumber(transactionId),
    refundId: toNumber(refundId),
    amountFen,
    settledFen,
    feeFen,
    feeRate: (entry.feeRate ?? '').slice(0, MAX_WORD_LENGTH),
    state: stateOf(entry),
    tradeType: entry.tradeType.slice(0, MAX_WORD_LENGTH),
    expectedFeeFen: expectedFeeFen(entry),
  };
}

/** A text of WeChat must not be read as one of our words. */
function stateOf({ refundState, refundStateText }: TradeEntry): string {
  if (refundState !== 'UNKNOWN') return refundState ?? '';
  const text = toNumber(refundStateText).slice(0, MAX_WORD_LENGTH);
  return isKnownState(text) ? 'UNKNOWN' : text;
}

/** The order of the merge and of the primary key: payments, refunds, then reversals, each by number. */
export function compareKeys(one: EntryKey, other: EntryKey): number {
  if (one.type !== other.type) return one.type < other.type ? -1 : 1;
  return one.number === other.number ? 0 : one.number < other.number ? -1 : 1;
}

/** Sorts as `compareKeys` does: no type is the beginning of another. */
export function sortKeyOf({ type, number }: EntryKey): string {
  return `${type} ${number}`;
}

export interface EntryKey {
  type: BillEntryType;
  number: string;
}

/** A number that the bill lists twice counts with the sum of its lines, so that the amount differs from ours. */
export async function* mergeRepeatedEntries(sorted: AsyncIterable<TheirEntry>): AsyncGenerator<TheirEntry> {
  let last = null as TheirEntry | null;
  for await (const entry of sorted) {
    if (last !== null && compareKeys(last, entry) === 0) {
      last = {
        ...last,
        amountFen: last.amountFen + entry.amountFen,
        settledFen: last.settledFen + entry.settledFen,
        feeFen: last.feeFen + entry.feeFen,
      };
      continue;
    }
    if (last !== null) yield last;
    last = entry;
  }
  if (last !== null) yield last;
}
