import type { JsonObject } from '../platform/platform-http.client.js';
import type { PaymentState } from '../wechat-pay.gateway.js';
import type { StoredPaymentRequest } from './stored-payment-request.js';
import { TRADE_PAID, parsePaidTrade } from './trade.js';

/** Tenpay's code for an order that does not exist there, so it is unpaid. Undocumented and unconfirmed. */
const NO_SUCH_ORDER = '88222005';

/** Reads the state from an order query's answer; null when it is unusable or about another payment. Source: v2.md §11.5. */
export function parseOrderInfo(
  { order_info: info }: JsonObject,
  { parameters }: StoredPaymentRequest,
): PaymentState | null {
  if (typeof info !== 'object' || info === null) return null;
  const values = info as JsonObject;
  const valueOf = (name: string): string => {
    const value = values[name];
    // JSON.parse changes a number of 28 digits, so only safe integers are accepted.
    return typeof value === 'string' || Number.isSafeInteger(value) ? String(value) : '';
  };
  if (valueOf('ret_code') === NO_SUCH_ORDER) return { state: 'ABSENT' };
  if (valueOf('ret_code') !== '0') return null;
  const isOurs = valueOf('out_trade_no') === parameters.out_trade_no && valueOf('partner') === parameters.partner;
  if (!isOurs || valueOf('trade_state') === '') return null;
  if (valueOf('trade_state') !== TRADE_PAID) return { state: 'OPEN' };
  const paid = parsePaidTrade(valueOf);
  return paid && { state: 'PAID', ...paid };
}
