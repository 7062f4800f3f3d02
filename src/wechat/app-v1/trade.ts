import { fromBeijingTime } from '../../common/beijing-time.js';
import type { PaidResult } from '../wechat-pay.gateway.js';

/** WeChat's word for a trade that took place. Every other says only that it did not. Source: v2.md §11.4, §11.5. */
export const TRADE_PAID = '0';

/**
 * What a notice or an order query says of a trade; null when it lacks what a payment must have. A discount is WeChat's own
 * money: together with what was charged it is what was asked for.
 */
export function parsePaidTrade(said: (name: string) => string): PaidResult | null {
  const charged = parseAmountFen(said('total_fee'));
  const discount = said('discount') === '' ? 0 : parseAmountFen(said('discount'));
  const paidAt = fromBeijingTime(said('time_end'));
  const [outTradeNo, transactionId] = [said('out_trade_no'), said('transaction_id')];
  if (charged === null || discount === null || charged + discount === 0 || paidAt === null) return null;
  if (outTradeNo === '' || !/^[!-~]{1,32}$/.test(transactionId)) return null;
  return { outTradeNo, transactionId, paidFen: charged + discount, paidAt };
}

/** Nothing is an amount here too: a discount may be all of it. */
function parseAmountFen(text: string): number | null {
  return /^(0|[1-9]\d{0,12})$/.test(text) ? Number(text) : null;
}
