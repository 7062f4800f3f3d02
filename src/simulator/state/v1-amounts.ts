import { Transaction } from './wechat-order.js';

/** In the app protocol of 2014 what was paid and the discount make up the price. Source: v2.md §11.4. */
export function v1Amounts({ totalFen, cashFen }: Transaction): { paidFen: number; discountFen: number } {
  return { paidFen: cashFen, discountFen: totalFen - cashFen };
}
