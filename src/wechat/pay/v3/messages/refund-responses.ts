import type { RefundAccepted, RefundError, RefundResult } from '../../payment-types.js';
import { V3_ERROR_TEXTS } from '../error-texts.js';
import { fromRfc3339 } from './rfc3339.js';
import { fenAt, type JsonObject, objectAt, textAt } from './strict-json.js';

/** WeChat's refund states and ours. Source: docs/wechat-protocol.md, v3 §5.3. */
const STATES: Readonly<Record<string, RefundResult['state']>> = {
  PROCESSING: 'PROCESSING',
  SUCCESS: 'SUCCEEDED',
  ABNORMAL: 'ABNORMAL',
  CLOSED: 'CLOSED',
};

/** What a refund request states about itself, to recognize its response. */
export interface RefundRequestFacts {
  outRefundNo: string;
  transactionId: string;
  refundFen: number;
}

/**
 * Reads an accepted refund. A refund that is closed was accepted too: its state is read by a query. Null when the response
 * is not about the requested refund.
 */
export function parseRefundAccepted(answer: JsonObject, request: RefundRequestFacts): RefundAccepted | null {
  const refund = parseRefund(answer, 'status');
  if (refund?.outRefundNo !== request.outRefundNo || refund.refundFen !== request.refundFen) return null;
  if (textAt(answer, 'transaction_id') !== request.transactionId) return null;
  return { wechatRefundId: refund.wechatRefundId };
}

/**
 * Reads one refund; null when a field is missing or unknown. An unreadable success time becomes null, because the refund
 * has succeeded all the same.
 * @param status its name: `status` in responses, `refund_status` in notices.
 */
export function parseRefund(answer: JsonObject, status: 'status' | 'refund_status'): RefundResult | null {
  const outTradeNo = textAt(answer, 'out_trade_no');
  const outRefundNo = textAt(answer, 'out_refund_no');
  const wechatRefundId = textAt(answer, 'refund_id');
  const refundFen = fenAt(objectAt(answer, 'amount') ?? {}, 'refund');
  const code = textAt(answer, status) ?? '';
  const state = Object.hasOwn(STATES, code) ? STATES[code] : undefined;
  if (outTradeNo === null || outRefundNo === null || wechatRefundId === null) return null;
  if (refundFen === null || state === undefined) return null;
  const succeededAt = state === 'SUCCEEDED' ? fromRfc3339(answer['success_time']) : null;
  return { outRefundNo, wechatRefundId, outTradeNo, refundFen, state, succeededAt, error: errorOf(code) };
}

function errorOf(code: string): RefundError | null {
  return code === 'CLOSED' || code === 'ABNORMAL' ? { code, message: V3_ERROR_TEXTS[code].en } : null;
}
