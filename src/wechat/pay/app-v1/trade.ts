import { fromBeijingTime } from '../../../common/time/beijing-time.js';
import type { JsonObject } from '../../mini-program/api/platform-http.client.js';
import type { PaidResult, PaymentQueryResult } from '../payment-types.js';
import type { StoredPaymentRequest } from './stored-payment-request.js';

/**
 * WeChat's code for a completed trade. Every other code means only that it is not completed.
 * Source: docs/wechat-protocol.md, v1 §5, §6.
 */
export const TRADE_PAID = '0';

/**
 * Reads a trade from a notice or an order query; null when a required field is missing. WeChat pays the discount, so the
 * charged amount plus the discount is the requested amount.
 */
export function parsePaidTrade(valueOf: (name: string) => string): PaidResult | null {
  const charged = parseAmountFen(valueOf('total_fee'));
  const discount = valueOf('discount') === '' ? 0 : parseAmountFen(valueOf('discount'));
  const paidAt = fromBeijingTime(valueOf('time_end'));
  const [outTradeNo, transactionId] = [valueOf('out_trade_no'), valueOf('transaction_id')];
  if (charged === null || discount === null || charged + discount === 0 || paidAt === null) return null;
  if (outTradeNo === '' || !/^[!-~]{1,32}$/.test(transactionId)) return null;
  return { outTradeNo, transactionId, paidFen: charged + discount, paidAt };
}

/** Allows 0, because a discount may cover the whole amount. */
function parseAmountFen(text: string): number | null {
  return /^(0|[1-9]\d{0,12})$/.test(text) ? Number(text) : null;
}

/** Tenpay's code for an order that does not exist there, so it is unpaid. Undocumented and unconfirmed. */
const NO_SUCH_ORDER = '88222005';

/**
 * Reads the state from an order query's response; null when it is unusable or about another payment.
 * Source: docs/wechat-protocol.md, v1 §6.
 */
export function parseOrderInfo(
  { order_info: info }: JsonObject,
  { parameters }: StoredPaymentRequest,
): PaymentQueryResult | null {
  if (typeof info !== 'object' || info === null) return null;
  const values = info as JsonObject;
  const valueOf = (name: string): string => {
    const value = values[name];
    // JSON.parse changes a number of 28 digits, so only safe integers are accepted.
    return typeof value === 'string' || Number.isSafeInteger(value) ? String(value) : '';
  };
  if (valueOf('ret_code') === NO_SUCH_ORDER) return { state: 'NOT_FOUND' };
  if (valueOf('ret_code') !== '0') return null;
  const isOurs = valueOf('out_trade_no') === parameters.out_trade_no && valueOf('partner') === parameters.partner;
  if (!isOurs || valueOf('trade_state') === '') return null;
  if (valueOf('trade_state') !== TRADE_PAID) return { state: 'OPEN' };
  const paid = parsePaidTrade(valueOf);
  return paid && { state: 'PAID', ...paid };
}
