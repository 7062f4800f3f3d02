import { Transaction } from './wechat-order.js';

/** In v1 the paid amount and the discount add up to the price. Source: v2.md §11.4. */
export function v1Amounts({ totalFen, cashFen }: Transaction): { paidFen: number; discountFen: number } {
  return { paidFen: cashFen, discountFen: totalFen - cashFen };
}
