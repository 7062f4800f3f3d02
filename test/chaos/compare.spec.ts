import { beforeEach, describe, expect, it } from '@jest/globals';
import { findDifferences } from '../../chaos/compare.js';

type Evidence = Parameters<typeof findDifferences>[0];

const ORDER = '20261121K7Q2M9XWPA0B';
const COUPON = 'COUPON0000000001';
const PAYMENT = `${ORDER}-1`;
const REFUND = 'RF20261121K7Q2M9XWPA0B';
const TRANSACTION = '4200002910202611210000000001';
const WECHAT_REFUND = '50000002912026112100000000001';

/** A product of which two came in; one was sold for 1000 fen, of which 400 went back. */
function consistentRecords(): Evidence {
  return {
    ledger: [
      {
        ...{ out_trade_no: PAYMENT, trade_state: 'REFUND', transaction_id: TRANSACTION },
        ...{ paidFen: 1000, refundedFen: 400, refundingFen: 0, abnormalFen: 0 },
        refunds: [{ out_refund_no: REFUND, refund_id: WECHAT_REFUND, refund_status: 'SUCCESS', refund_fee: 400 }],
      },
    ],
    books: {
      orders: [
        {
          ...{ orderNo: ORDER, status: 'PAID', refundStatus: 'PARTIAL', payableFen: 1000, paidFen: 1000 },
          ...{ refundedFen: 400, transactionId: TRANSACTION },
          ...{ totalFen: 1300, discountFen: 300, lineDiscountFen: 300, couponId: COUPON },
        },
      ],
      payments: [
        {
          ...{ orderNo: ORDER, outTradeNo: PAYMENT, amountFen: 1000, status: 'PAID', transactionId: TRANSACTION },
          ...{ owedBackFen: 0, refundHeldFen: 400 },
        },
      ],
      refunds: [
        {
          ...{ refundNo: REFUND, orderNo: ORDER, outTradeNo: PAYMENT, amountFen: 400, status: 'SUCCEEDED' },
          ...{ kind: 'USER', wechatRefundId: WECHAT_REFUND },
        },
      ],
      coupons: [{ id: COUPON, orderNo: ORDER, discountFen: 300 }],
      stock: [{ productId: 'tea', stock: 1, moved: 1, held: 1 }],
    },
    told: {
      orders: new Map([
        [
          ORDER,
          {
            ...{ orderNo: ORDER, payableFen: 1000, status: 'PAID', paidFen: 1000, transactionId: TRANSACTION },
            ...{ couponId: COUPON, discountFen: 300 },
          },
        ],
      ]),
      payments: new Map([[PAYMENT, ORDER]]),
      coupons: new Set([COUPON]),
      refunds: new Map([
        [REFUND, { refundNo: REFUND, orderNo: ORDER, amountFen: 400, status: 'SUCCEEDED', kind: 'USER' }],
      ]),
    },
    received: new Map([['tea', 2]]),
  };
}

function onlyElement<T>([one, ...others]: T[]): T {
  if (one === undefined || others.length > 0) throw new Error('There should be one.');
  return one;
}

describe('the comparison at the end of a chaos run', () => {
  let evidence: Evidence;
  beforeEach(() => {
    evidence = consistentRecords();
  });
  const line = () => onlyElement(evidence.ledger);
  const order = () => onlyElement(evidence.books.orders);
  const payment = () => onlyElement(evidence.books.payments);
  const refund = () => onlyElement(evidence.books.refunds);
  const coupon = () => onlyElement(evidence.books.coupons);
  const product = () => onlyElement(evidence.books.stock);

  it('finds nothing in books that agree', () => {
    expect(findDifferences(evidence)).toEqual([]);
  });

  it.each<[string, () => unknown, string]>([
    ['a payment that was lost here', () => (payment().status = 'CLOSED'), 'paid at WeChat (1000 fen), CLOSED here'],
    ['a payment that nobody made', () => (line().transaction_id = null), 'PAID here (1000 fen), not paid at WeChat'],
    ['a fen too much', () => (payment().amountFen = 1001), '1000 fen there, 1001 here'],
    ['another transaction', () => (payment().transactionId = 'other'), `transaction ${TRANSACTION} there, other here`],
    ['a payment that is unheard of', () => (evidence.books.payments = []), 'WeChat has it, we do not'],
    ['a payment that never ends', () => (payment().status = 'PREPAID'), 'still PREPAID'],
    [
      'a refund that was made twice',
      () => line().refunds.push(anotherRefund()),
      '400 fen went back at WeChat, and we know',
    ],
    ['a refund that never left', () => (line().refunds = []), 'SUCCEEDED here (400 fen), not at WeChat'],
    ['a refund taken for refused', () => (refund().status = 'FAILED'), 'SUCCESS at WeChat, FAILED here'],
    ['a refund of another amount', () => (refund().amountFen = 399), '400 fen there, 399 here'],
    ['a refund that hangs', () => (refund().status = 'PROCESSING'), 'still PROCESSING'],
    ['an order with other sums', () => (order().refundedFen = 300), 'leave 600 fen, its own sums 700'],
    ['money kept for a closed order', () => (order().status = 'CLOSED'), 'CLOSED, and 600 fen were kept'],
    ['an order paid in part', () => (order().payableFen = 2000), 'PAID with 1000 of 2000 fen'],
    ['a wrong refundStatus', () => (order().refundStatus = 'FULL'), 'refundStatus FULL, and 400 of 1000'],
    ['an order that never ends', () => (order().status = 'PENDING'), 'still PENDING'],
    ['an order that a client holds', () => (evidence.books.orders = []), 'a client has it, we do not'],
    [
      'a payment that a client holds',
      () => evidence.told.payments.set('gone-1', 'gone'),
      'payment gone-1: a client has it',
    ],
    ['a piece that went missing', () => (product().stock = 0), '2 pieces came in, 0 are there and 1 sold'],
    ['a piece without a movement', () => (product().moved = 0), '1 pieces on the shelf, 0 by its movements'],
    ['a coupon that is gone', () => (evidence.books.coupons = []), 'a client has it, we do not'],
    ['a coupon that its order has lost', () => (coupon().orderNo = null), `held by null, used by ${ORDER}`],
    ['a coupon kept for money that is back', () => (order().refundedFen = 1000), `held by ${ORDER}, used by nobody`],
    ['a coupon used twice', () => evidence.books.orders.push({ ...order(), orderNo: 'TWIN' }), `${ORDER} and TWIN`],
    ['a discount that was not due', () => (order().couponId = null), '300 fen off, 0 were due'],
    ['a fen of a discount on no line', () => (order().lineDiscountFen = 299), '300 fen off, 299 on its lines'],
    ['another discount than was told', () => (order().discountFen = 299), 'told 300 fen off by'],
  ])('names %s', (_what, happens, difference) => {
    happens();
    expect(findDifferences(evidence).join('\n')).toContain(difference);
  });

  it('lets WeChat have closed a refund that failed here', () => {
    refund().status = 'FAILED';
    line().refunds = [{ ...anotherRefund(), out_refund_no: REFUND, refund_status: 'REFUNDCLOSE' }];
    Object.assign(line(), { refundedFen: 0 });
    Object.assign(order(), { refundedFen: 0, refundStatus: 'NONE' });
    evidence.told.refunds.clear();
    expect(findDifferences(evidence)).toEqual([]);
  });

  function anotherRefund(): Evidence['ledger'][number]['refunds'][number] {
    return { out_refund_no: 'another', refund_id: 'other', refund_status: 'SUCCESS', refund_fee: 400 };
  }
});
