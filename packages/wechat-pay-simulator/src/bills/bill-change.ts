import { feeOf } from '../account/fees.js';
import { WechatRefundStatus } from '../book/wechat-refund.js';
import { merchantNoOf, TradeRow } from './trade-row.js';

/** Which of WeChat's books say something else. `BOTH` agree with each other, and the balance changes with them. */
export const CHANGED_BILLS = ['BOTH', 'TRADE', 'FUND'] as const;
export type ChangedBills = (typeof CHANGED_BILLS)[number];

/** The line of a payment or of a refund. */
export interface LineTarget {
  readonly type: TradeRow['type'];
  /** out_trade_no or out_refund_no. */
  readonly merchantNo: string;
}

/** What a bill says other than what happened. */
export type LineChange = { readonly target: LineTarget; readonly bills: ChangedBills } & (
  | { readonly kind: 'missing-line' }
  /** Of a payment or a refund; the fee follows the rate. */
  | { readonly kind: 'other-amount'; readonly fen: number }
  | { readonly kind: 'other-fee'; readonly fen: number }
  | { readonly kind: 'other-status'; readonly status: WechatRefundStatus | 'REVOKED' }
  | { readonly kind: 'other-name'; readonly name: string }
);

/** The line as the bill shows it; undefined when the bill does not have it. Changes of other lines have no effect. */
export function changedRow(row: TradeRow, changes: readonly LineChange[]): TradeRow | undefined {
  let changed: TradeRow = row;
  for (const change of changes) {
    const { target } = change;
    if (target.type !== row.type || target.merchantNo !== merchantNoOf(row)) continue;
    switch (change.kind) {
      case 'missing-line':
        return undefined;
      case 'other-amount':
        changed = withAmount(changed, change.fen);
        break;
      case 'other-fee':
        changed = { ...changed, feeFen: change.fen };
        break;
      case 'other-status':
        changed = withStatus(changed, change.status);
        break;
      case 'other-name':
        changed = { ...changed, description: change.name };
        break;
    }
  }
  return changed;
}

/** Recharge-free coupons keep their part. */
function withAmount(row: TradeRow, totalFen: number): TradeRow {
  const settledFen = Math.max(0, totalFen - (row.totalFen - row.settledFen));
  return { ...row, totalFen, settledFen, feeFen: feeOf(settledFen, row.feeBasisPoints) };
}

function withStatus(row: TradeRow, status: WechatRefundStatus | 'REVOKED'): TradeRow {
  if (row.type === 'PAYMENT') return { ...row, isRevoked: status === 'REVOKED' };
  return status === 'REVOKED' ? row : { ...row, status };
}
