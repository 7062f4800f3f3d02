import { fromBeijingDateTime } from '../../../../common/time/beijing-time.js';
import { parseFen } from '../../../../common/fen.js';
import type { RefundAccepted, RefundError, RefundResult } from '../../payment-types.js';
import { V2_ERROR_TEXTS } from '../error-texts.js';
import type { Fields } from '../signature.js';

/** WeChat's refund states and ours. The older FAIL and NOTSURE are not mapped, because they are not conclusive. */
const STATES: Readonly<Record<string, RefundResult['state']>> = {
  PROCESSING: 'PROCESSING',
  SUCCESS: 'SUCCEEDED',
  CHANGE: 'ABNORMAL',
  REFUNDCLOSE: 'CLOSED',
};

/** Reads an accepted refund; null when the response is not about the requested refund. */
export function parseRefundAccepted(answer: Fields, request: Fields): RefundAccepted | null {
  const { refund_id: wechatRefundId, out_refund_no, refund_fee, transaction_id } = answer;
  const isOurs = out_refund_no === request['out_refund_no'] && refund_fee === request['refund_fee'];
  if (!isOurs || !wechatRefundId) return null;
  if (transaction_id && transaction_id !== request['transaction_id']) return null;
  return { wechatRefundId };
}

/** The `$n` of each refund that the response lists, in any numbering. */
export function listRefundNumbers(answer: Fields): { index: string; outRefundNo: string }[] {
  return Object.entries(answer).flatMap(([name, outRefundNo]) => {
    const [, index] = /^out_refund_no_(\d{1,4})$/.exec(name) ?? [];
    return index === undefined ? [] : [{ index, outRefundNo }];
  });
}

/** Reads the refund at `$n` of a response to refundquery; null when a required field is missing. */
export function parseRefundAt(index: string, answer: Fields): RefundResult | null {
  const at = (name: string): string | undefined => answer[`${name}_${index}`];
  return parseRefund({
    out_trade_no: answer['out_trade_no'],
    out_refund_no: at('out_refund_no'),
    refund_id: at('refund_id'),
    refund_fee: at('refund_fee'),
    refund_status: at('refund_status'),
    success_time: at('refund_success_time'),
  });
}

/**
 * Reads one refund from WeChat's fields; null when a field is missing or unknown. An unreadable success time becomes
 * null, because the refund has succeeded all the same.
 */
export function parseRefund(fields: {
  out_trade_no: string | undefined;
  out_refund_no: string | undefined;
  refund_id: string | undefined;
  refund_fee: string | undefined;
  refund_status: string | undefined;
  success_time: string | undefined;
}): RefundResult | null {
  const { out_trade_no: outTradeNo, out_refund_no: outRefundNo, refund_id: wechatRefundId } = fields;
  const refundFen = parseFen(fields.refund_fee);
  const status = fields.refund_status ?? '';
  const state = Object.hasOwn(STATES, status) ? STATES[status] : undefined;
  if (!outTradeNo || !outRefundNo || !wechatRefundId || refundFen === null || state === undefined) return null;
  const succeededAt = state === 'SUCCEEDED' ? fromBeijingDateTime(fields.success_time ?? '') : null;
  return { outRefundNo, wechatRefundId, outTradeNo, refundFen, state, succeededAt, error: errorOf(status) };
}

/** Only for the states in which no money has reached the payer. */
function errorOf(status: string): RefundError | null {
  if (status !== 'REFUNDCLOSE' && status !== 'CHANGE') return null;
  return { code: status, message: V2_ERROR_TEXTS[status].en };
}
