import { fromBeijingTime } from '../../../../common/time/beijing-time.js';
import { parseFen } from '../../../../common/fen.js';
import { paymentQueryResultOf } from '../../messages/trade-state.js';
import { MAX_CODE_URL_LENGTH, type PaidResult, type PaymentQueryResult } from '../../payment-types.js';
import type { Fields } from '../signature.js';

/** The payment page's URL: null where a client opens the page, undefined when the response lacks a required URL. */
export function parseCodeUrl({ trade_type, code_url, mweb_url }: Fields): string | null | undefined {
  if (trade_type !== 'NATIVE' && trade_type !== 'MWEB') return null;
  const address = trade_type === 'NATIVE' ? code_url : mweb_url;
  return address && address.length <= MAX_CODE_URL_LENGTH ? address : undefined;
}

/** Null when the state is unknown, or when a paid state lacks a required field. */
export function parsePaymentQueryResult(answer: Fields): PaymentQueryResult | null {
  return paymentQueryResultOf(answer['trade_state'], () => parsePaidResult(answer));
}

/** `total_fee` is the order's price. `cash_fee` may be lower by a WeChat coupon and is not used. */
export function parsePaidResult(message: Fields): PaidResult | null {
  const { out_trade_no: outTradeNo, transaction_id: transactionId } = message;
  const paidFen = parseFen(message['total_fee']);
  const paidAt = fromBeijingTime(message['time_end'] ?? '');
  if (!outTradeNo || !transactionId || paidFen === null || paidAt === null) return null;
  return { outTradeNo, transactionId, paidFen, paidAt };
}
