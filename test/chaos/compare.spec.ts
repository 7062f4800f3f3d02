import { beforeEach, describe, expect, it } from '@jest/globals';
import { findViolations } from '../../chaos/checks/compare.js';

type Evidence = Parameters<typeof findViolations>[0];

const ORDER = '20261121K7Q2M9XWPA0B';
const COUPON = 'COUPON0000000001';
const PAYMENT = `${ORDER}-1`;
const REFUND = 'RF20261121K7Q2M9XWPA0B';
const TRANSACTION = '4200002910202611210000000001';
const WECHAT_REFUND = '50000002912026112100000000001';

/** Two units of initial stock; one sold for 1000 fen, of which 400 were refunded. */
function consistentRecords(): Evidence {
  return {
    ledger: [
      {
        out_trade_no: PAYMENT,
        trade_state: 'REFUND',
        transaction_id: TRANSACTION,
        paidFen: 1000,
        refundedFen: 400,
        refundingFen: 0,
        abnormalFen: 0,
        refunds: [{ out_refund_no: REFUND, refund_id: WECHAT_REFUND, refund_status: 'SUCCESS', refund_fee: 400 }],
      },
    ],
    records: {
      orders: [
        {
          orderNo: ORDER,
          status: 'PAID',
          refundStatus: 'PARTIAL',
          payableFen: 1000,
          paidFen: 1000,
          refundedFen: 400,
          transactionId: TRANSACTION,
          totalFen: 1300,
          discountFen: 300,
          lineDiscountFen: 300,
          userCouponId: COUPON,
        },
      ],
      payments: [
        {
          orderNo: ORDER,
          outTradeNo: PAYMENT,
          amountFen: 1000,
          status: 'PAID',
          transactionId: TRANSACTION,
          channel: 'wechat-v3',
          refundDueFen: 0,
          refundReservedFen: 400,
        },
      ],
      refunds: [
        {
          refundNo: REFUND,
          orderNo: ORDER,
          outTradeNo: PAYMENT,
          amountFen: 400,
          status: 'SUCCEEDED',
          kind: 'USER',
          channel: 'wechat-v3',
          wechatRefundId: WECHAT_REFUND,
        },
      ],
      userCoupons: [{ userCouponId: COUPON, orderNo: ORDER, discountFen: 300 }],
      stock: [{ productId: 'tea', stock: 1, moved: 1, soldOrReserved: 1 }],
    },
    answers: {
      orders: new Map([
        [
          ORDER,
          {
            orderNo: ORDER,
            payableFen: 1000,
            status: 'PAID',
            paidFen: 1000,
            transactionId: TRANSACTION,
            couponId: COUPON,
            discountFen: 300,
          },
        ],
      ]),
      payments: new Map([[PAYMENT, ORDER]]),
      userCoupons: new Set([COUPON]),
      refunds: new Map([
        [REFUND, { refundNo: REFUND, orderNo: ORDER, amountFen: 400, status: 'SUCCEEDED', kind: 'USER' }],
      ]),
    },
    initialStock: new Map([['tea', 2]]),
  };
}

function onlyElement<T>([one, ...others]: T[]): T {
  if (one === undefined || others.length > 0) throw new Error('Expected exactly one element.');
  return one;
}

describe('chaos: the comparison at the end of a run', () => {
  let evidence: Evidence;
  beforeEach(() => {
    evidence = consistentRecords();
  });
  const line = () => onlyElement(evidence.ledger);
  const order = () => onlyElement(evidence.records.orders);
  const payment = () => onlyElement(evidence.records.payments);
  const refund = () => onlyElement(evidence.records.refunds);
  const userCoupon = () => onlyElement(evidence.records.userCoupons);
  const product = () => onlyElement(evidence.records.stock);

  it('finds no violation in consistent records', () => {
    expect(findViolations(evidence)).toEqual([]);
  });

  it.each<[string, () => unknown, string]>([
    [
      'a payment that is lost in our database',
      () => (payment().status = 'CLOSED'),
      'paid at WeChat (1000 fen), CLOSED here',
    ],
    [
      'a payment that is unpaid at WeChat',
      () => (line().transaction_id = null),
      'PAID here (1000 fen), not paid at WeChat',
    ],
    ['a difference of one fen', () => (payment().amountFen = 1001), '1000 fen there, 1001 here'],
    ['another transaction', () => (payment().transactionId = 'other'), `transaction ${TRANSACTION} there, other here`],
    [
      'a payment that is missing in our database',
      () => (evidence.records.payments = []),
      'exists at WeChat, not in our database',
    ],
    ['a payment without a final state', () => (payment().status = 'PREPAID'), 'still PREPAID'],
    [
      'a refund that was made twice at WeChat',
      () => line().refunds.push(anotherRefund()),
      '400 fen refunded at WeChat, not in our database',
    ],
    ['a refund that is missing at WeChat', () => (line().refunds = []), 'SUCCEEDED here (400 fen), not at WeChat'],
    [
      'a refund that succeeded at WeChat but failed here',
      () => (refund().status = 'FAILED'),
      'SUCCESS at WeChat, FAILED here',
    ],
    ['a refund of another amount', () => (refund().amountFen = 399), '400 fen there, 399 here'],
    ['a refund without a final state', () => (refund().status = 'PROCESSING'), 'still PROCESSING'],
    ['an order with wrong totals', () => (order().refundedFen = 300), 'give 600 fen, its own totals 700'],
    ['money kept for a closed order', () => (order().status = 'CLOSED'), 'CLOSED, but 600 fen are kept'],
    ['an order paid in part', () => (order().payableFen = 2000), 'PAID with 1000 of 2000 fen'],
    ['a wrong refundStatus', () => (order().refundStatus = 'FULL'), 'refundStatus FULL, but 400 of 1000'],
    ['an order without a final state', () => (order().status = 'PENDING'), 'still PENDING'],
    [
      'an order that a client received and that is missing',
      () => (evidence.records.orders = []),
      'not in our database',
    ],
    [
      'a payment that a client received and that is missing',
      () => evidence.answers.payments.set('gone-1', 'gone'),
      'payment gone-1: a client received it',
    ],
    ['a missing unit', () => (product().stock = 0), '2 units of initial stock, but 0 in stock and 1 sold or reserved'],
    ['a unit without a movement', () => (product().moved = 0), '1 units in stock, 0 by its movements'],
    [
      'a missing coupon',
      () => (evidence.records.userCoupons = []),
      'a client received it, but it is not in our database',
    ],
    ['a coupon without its order', () => (userCoupon().orderNo = null), `assigned to null, used by ${ORDER}`],
    [
      'a coupon that was not returned by a full refund',
      () => (order().refundedFen = 1000),
      `assigned to ${ORDER}, used by no order`,
    ],
    ['a coupon used twice', () => evidence.records.orders.push({ ...order(), orderNo: 'TWIN' }), `${ORDER} and TWIN`],
    ['a discount without a coupon', () => (order().userCouponId = null), '300 fen discount, expected 0'],
    [
      'a discount that differs from its items',
      () => (order().lineDiscountFen = 299),
      '300 fen discount, 299 on its items',
    ],
    ['a discount that differs from the response', () => (order().discountFen = 299), 'received 300 fen discount by'],
  ])('reports %s', (_what, happens, violation) => {
    happens();
    expect(findViolations(evidence).join('\n')).toContain(violation);
  });

  it('accepts a failed refund that is closed at WeChat', () => {
    refund().status = 'FAILED';
    line().refunds = [{ ...anotherRefund(), out_refund_no: REFUND, refund_status: 'REFUNDCLOSE' }];
    Object.assign(line(), { refundedFen: 0 });
    Object.assign(order(), { refundedFen: 0, refundStatus: 'NONE' });
    evidence.answers.refunds.clear();
    expect(findViolations(evidence)).toEqual([]);
  });

  function anotherRefund(): Evidence['ledger'][number]['refunds'][number] {
    return { out_refund_no: 'another', refund_id: 'other', refund_status: 'SUCCESS', refund_fee: 400 };
  }
});
