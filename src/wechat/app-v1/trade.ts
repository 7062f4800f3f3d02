import { fromBeijingTime } from '../../common/beijing-time.js';
import type { PaidResult } from '../wechat-pay.gateway.js';

/** WeChat's code for a completed trade. Every other code means only that it is not completed. Source: v2.md §11.4, §11.5. */
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
