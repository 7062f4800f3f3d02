import { fromBeijingTime } from '../../common/beijing-time.js';
import { parseFen } from '../../common/fen.js';
import { MAX_CODE_URL_LENGTH, type PaidResult, type PaymentState } from '../wechat-pay.gateway.js';
import type { Fields } from './signature.js';

/** The cashier's URL: null where a client opens the cashier, undefined when the answer lacks a required URL. */
export function parseCodeUrl({ trade_type, code_url, mweb_url }: Fields): string | null | undefined {
  if (trade_type !== 'NATIVE' && trade_type !== 'MWEB') return null;
  const address = trade_type === 'NATIVE' ? code_url : mweb_url;
  return address && address.length <= MAX_CODE_URL_LENGTH ? address : undefined;
}

/** Maps `trade_state`; null when a paid state lacks a required field. */
export function parsePaymentState(answer: Fields): PaymentState | null {
  switch (answer['trade_state']) {
    case 'SUCCESS':
    case 'REFUND': {
      const paid = parsePaidResult(answer);
      return paid && { state: 'PAID', ...paid };
    }
    case 'NOTPAY':
      return { state: 'OPEN' };
    case 'USERPAYING':
    case 'ACCEPT':
      return { state: 'PAYING' };
    case 'CLOSED':
    case 'REVOKED':
      return { state: 'CLOSED' };
    case 'PAYERROR':
      return { state: 'FAILED' };
    case undefined:
    default:
      return null;
  }
}

/** `total_fee` is the order's price. `cash_fee` may be lower by a WeChat coupon and is not used. */
export function parsePaidResult(message: Fields): PaidResult | null {
  const { out_trade_no: outTradeNo, transaction_id: transactionId } = message;
  const paidFen = parseFen(message['total_fee']);
  const paidAt = fromBeijingTime(message['time_end'] ?? '');
  if (!outTradeNo || !transactionId || paidFen === null || paidAt === null) return null;
  return { outTradeNo, transactionId, paidFen, paidAt };
}
