import type { StoredRequest } from '../../payment-channel.js';
import type { RefundDraft } from '../../payment-types.js';
import { limitText } from './limit-text.js';
import type { RefundRequestFacts } from './refund-responses.js';
import { fenAt, type JsonObject, objectAt, parseObject, textAt } from './strict-json.js';

const MAX_REASON_BYTES = 80;

/**
 * The body of a refund of a payment of any protocol. It always has a `notify_url`: without one WeChat would send a notice of
 * API v2, or none. Source: docs/wechat-protocol.md, v3 §5.1.
 */
export function buildRefund(draft: RefundDraft): JsonObject {
  const reason = limitText(draft.reason, MAX_REASON_BYTES);
  return {
    transaction_id: draft.transactionId,
    out_refund_no: draft.outRefundNo,
    ...(reason !== '' && { reason }),
    notify_url: `${draft.notifyUrlBase}/v3/refund`,
    amount: { refund: draft.refundFen, total: draft.paidFen, currency: 'CNY' },
  };
}

/** @throws Error for a text that this provider has not composed. */
export function parseStoredRefund({ request }: StoredRequest): RefundRequestFacts {
  const body = parseObject(request) ?? {};
  const outRefundNo = textAt(body, 'out_refund_no');
  const transactionId = textAt(body, 'transaction_id');
  const refundFen = fenAt(objectAt(body, 'amount') ?? {}, 'refund');
  if (outRefundNo === null || transactionId === null || refundFen === null)
    throw new Error('The stored request is not a refund of API v3');
  return { outRefundNo, transactionId, refundFen };
}
