import type { JsonObject } from '../platform/platform-http.client.js';
import type { PaymentState } from '../wechat-pay.gateway.js';
import type { StoredPaymentRequest } from './stored-payment-request.js';
import { TRADE_PAID, parsePaidTrade } from './trade.js';

/** Tenpay's word for an order that it has not: nobody has paid it. No document has it (unconfirmed). */
const NO_SUCH_ORDER = '88222005';

/** What an order query says; null when that is no use, or about another payment. Source: v2.md §11.5. */
export function parseOrderInfo(
  { order_info: info }: JsonObject,
  { parameters }: StoredPaymentRequest,
): PaymentState | null {
  if (typeof info !== 'object' || info === null) return null;
  const values = info as JsonObject;
  const said = (name: string): string => {
    const value = values[name];
    // A number of 28 digits without quotation marks is read as another one.
    return typeof value === 'string' || Number.isSafeInteger(value) ? String(value) : '';
  };
  if (said('ret_code') === NO_SUCH_ORDER) return { state: 'ABSENT' };
  if (said('ret_code') !== '0') return null;
  const isOurs = said('out_trade_no') === parameters.out_trade_no && said('partner') === parameters.partner;
  if (!isOurs || said('trade_state') === '') return null;
  if (said('trade_state') !== TRADE_PAID) return { state: 'OPEN' };
  const paid = parsePaidTrade(said);
  return paid && { state: 'PAID', ...paid };
}
