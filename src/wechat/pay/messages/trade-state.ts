import type { PaidResult, PaymentQueryResult } from '../payment-types.js';

/**
 * Maps `trade_state`, whose words are the same in v2 and v3. Null for an unknown word, and for a paid state that lacks a
 * required field. Source: docs/wechat-protocol.md, v3 §3.2.
 * @param readPaid reads the other fields of a paid payment; null when one is missing.
 */
export function paymentQueryResultOf(
  tradeState: unknown,
  readPaid: () => PaidResult | null,
): PaymentQueryResult | null {
  switch (tradeState) {
    case 'SUCCESS':
    case 'REFUND': {
      const paid = readPaid();
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
    default:
      return null;
  }
}
