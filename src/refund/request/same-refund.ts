import { DomainError } from '../../common/problem/domain-error.js';
import type { Refund } from '../refund.entity.js';
import { storedReturnChoice } from '../rules/decide-return.js';
import type { CreateMerchantRefundInput } from './insert-refund.js';

/**
 * Compares a repetition under the same `merchantRefundNo` with the refund that the first call created.
 * @param refund with its `returnItems`.
 * @throws DomainError MERCHANT_REFUND_NO_TAKEN with the fields that differ.
 */
export function assertSameRefund(refund: Refund, orderNo: string, input: CreateMerchantRefundInput): void {
  const stored = storedReturnChoice(input);
  const comparisons = {
    orderNo: refund.orderNo === orderNo,
    amountFen: refund.requestedFen === input.amountFen,
    reason: refund.reason === input.reason,
    note: refund.note === (input.note ?? null),
    outTradeNo: input.outTradeNo === undefined || refund.outTradeNo === input.outTradeNo,
    returnStock: refund.returnStock === stored.returnStock,
    returnItems: input.returnItems === undefined || areSameUnits(refund.returnItems ?? [], input.returnItems),
    returnCoupon: refund.returnCoupon === stored.returnCoupon,
  };
  const differing = Object.entries(comparisons).flatMap(([field, isSame]) => (isSame ? [] : [field]));
  if (differing.length === 0) return;
  const { refundNo, merchantRefundNo } = refund;
  throw new DomainError('MERCHANT_REFUND_NO_TAKEN', {
    params: { refundNo, merchantRefundNo: merchantRefundNo ?? '', fields: differing.join(', ') },
    errors: differing.map((field) => ({ field, message: `${field} differs from the existing refund` })),
  });
}

type Units = readonly { productId: string; quantity: number }[];

function areSameUnits(some: Units, others: Units): boolean {
  return JSON.stringify(sumByProduct(some)) === JSON.stringify(sumByProduct(others));
}

function sumByProduct(units: Units): [string, number][] {
  const sums = new Map<string, number>();
  for (const { productId, quantity } of units) sums.set(productId, (sums.get(productId) ?? 0) + quantity);
  return [...sums].toSorted(([one], [another]) => (one < another ? -1 : 1));
}
