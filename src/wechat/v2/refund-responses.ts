import { fromBeijingDateTime } from '../../common/beijing-time.js';
import { parseFen } from '../../common/fen.js';
import type { RefundAccepted, RefundResult } from '../wechat-pay.gateway.js';
import type { Fields } from './signature.js';

/** What WeChat calls the state of a refund, in our words. Its older FAIL and NOTSURE say nothing that we could act on. */
const STATES: Readonly<Record<string, RefundResult['state']>> = {
  PROCESSING: 'PROCESSING',
  SUCCESS: 'SUCCEEDED',
  CHANGE: 'ABNORMAL',
  REFUNDCLOSE: 'CLOSED',
};

/** What WeChat has accepted, or null when the answer is not about the refund that was asked for. */
export function parseRefundAccepted(answer: Fields, asked: Fields): RefundAccepted | null {
  const { refund_id: wechatRefundId, out_refund_no, refund_fee, transaction_id } = answer;
  const isOurs = out_refund_no === asked['out_refund_no'] && refund_fee === asked['refund_fee'];
  if (!isOurs || !wechatRefundId) return null;
  if (transaction_id && transaction_id !== asked['transaction_id']) return null;
  return { wechatRefundId };
}

/** The `$n` of each refund that the answer lists, however it counts them. */
export function listRefundNumbers(answer: Fields): { place: string; outRefundNo: string }[] {
  return Object.entries(answer).flatMap(([name, outRefundNo]) => {
    const [, place] = /^out_refund_no_(\d{1,4})$/.exec(name) ?? [];
    return place === undefined ? [] : [{ place, outRefundNo }];
  });
}

/** The refund at `$n` of an answer to refundquery, or null when it lacks what a refund must have. */
export function parseRefundAt(place: string, answer: Fields): RefundResult | null {
  const at = (name: string): string | undefined => answer[`${name}_${place}`];
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
 * One refund in WeChat's words, in ours; null when something of it is missing or no word that we know. A time that cannot
 * be read counts as none: the money is back all the same.
 */
export function parseRefund(words: {
  out_trade_no: string | undefined;
  out_refund_no: string | undefined;
  refund_id: string | undefined;
  refund_fee: string | undefined;
  refund_status: string | undefined;
  success_time: string | undefined;
}): RefundResult | null {
  const { out_trade_no: outTradeNo, out_refund_no: outRefundNo, refund_id: wechatRefundId } = words;
  const refundFen = parseFen(words.refund_fee);
  const status = words.refund_status ?? '';
  const state = Object.hasOwn(STATES, status) ? STATES[status] : undefined;
  if (!outTradeNo || !outRefundNo || !wechatRefundId || refundFen === null || state === undefined) return null;
  const succeededAt = state === 'SUCCEEDED' ? fromBeijingDateTime(words.success_time ?? '') : null;
  return { outRefundNo, wechatRefundId, outTradeNo, refundFen, state, succeededAt };
}
