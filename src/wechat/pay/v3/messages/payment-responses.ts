import { paymentQueryResultOf } from '../../messages/trade-state.js';
import type { PaidResult, PaymentQueryResult } from '../../payment-types.js';
import { fromRfc3339 } from './rfc3339.js';
import { fenAt, type JsonObject, objectAt, textAt } from './strict-json.js';

/** Null when the state is unknown, or when a paid state lacks a required field. */
export function parsePaymentQueryResult(answer: JsonObject): PaymentQueryResult | null {
  return paymentQueryResultOf(answer['trade_state'], () => parsePaidResult(answer));
}

/** `amount.total` is the order's price. `payer_total` may be lower by a WeChat coupon and is not used. */
export function parsePaidResult(answer: JsonObject): PaidResult | null {
  const [outTradeNo, transactionId] = [textAt(answer, 'out_trade_no'), textAt(answer, 'transaction_id')];
  const paidFen = fenAt(objectAt(answer, 'amount') ?? {}, 'total');
  const paidAt = fromRfc3339(answer['success_time']);
  if (outTradeNo === null || transactionId === null || paidFen === null || paidAt === null) return null;
  return { outTradeNo, transactionId, paidFen, paidAt };
}

/** False when the price is in another currency than CNY. */
export function isInYuan(answer: JsonObject): boolean {
  const amount = objectAt(answer, 'amount') ?? {};
  return (amount['currency'] ?? 'CNY') === 'CNY';
}
