import { describe, expect, it } from '@jest/globals';
import type { OrderRecord } from '../../../api/client.js';
import { defaultPayment, selectablePayments } from './refunded-payment.js';

type Payment = OrderRecord['payments'][number];

const OWN: Payment = {
  outTradeNo: 'A-1',
  tradeType: 'JSAPI',
  status: 'PAID',
  amountFen: 500,
  refundDueFen: 0,
  refundDueState: 'NONE',
  refundDueLeftFen: 0,
  feeFen: null,
  refundableFen: 500,
  transactionId: 'T-1',
  createdAt: '2026-11-20T03:04:05.000Z',
  paidAt: '2026-11-20T03:04:05.000Z',
  closedAt: null,
};
const DUPLICATE: Payment = { ...OWN, outTradeNo: 'A-2', transactionId: 'T-2', refundDueFen: 500 };
const FAILED: Payment = { ...DUPLICATE, refundDueState: 'NEEDS_ATTENTION', refundDueLeftFen: 500 };

describe('console: the payment of a merchant-initiated refund', () => {
  it('is selectable only when the order has more than one, and only while it can be refunded', () => {
    expect(selectablePayments({ payments: [OWN, { ...DUPLICATE, status: 'CLOSED' }] })).toEqual([]);
    expect(selectablePayments({ payments: [OWN, FAILED] })).toEqual([OWN, FAILED]);
    expect(selectablePayments({ payments: [{ ...OWN, refundableFen: 0 }, FAILED] })).toEqual([FAILED]);
  });

  it.each([
    ['the one whose automatic refund has failed', [OWN, FAILED], '', 'A-2'],
    ["the order's own when no other must be returned", [DUPLICATE, OWN], '', 'A-1'],
    ['the one of the failed refund that staff came from', [OWN, FAILED], 'A-1', 'A-1'],
    ['another when the own one cannot be refunded any more', [DUPLICATE], '', 'A-2'],
  ])('is %s', (_which, payments, failed, expected) => {
    expect(defaultPayment(payments, 'T-1', failed)?.outTradeNo).toBe(expected);
  });
});
