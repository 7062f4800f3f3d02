import { describe, expect, it } from '@jest/globals';
import type { Refused, Unknown } from '../../wechat/pay/outcome.js';
import { callEvent, paidResultEvent, refundResultEvent } from './wechat-events.js';

const SUBJECT = { orderNo: 'ORDER', outTradeNo: 'ORDER-1', data: { refundNo: 'RF1' } };
const DONE = { kind: 'done', value: null, raw: '<done/>' } as const;
const REFUSED: Refused = {
  kind: 'refused',
  code: 'NOTENOUGH',
  message: '余额不足',
  action: 'TOP_UP_FUNDS',
  raw: '<refused/>',
};
const UNKNOWN: Unknown = { kind: 'unknown', reason: 'reset', failure: { kind: 'CONNECTION_BROKEN' }, raw: null };

describe('order events: callEvent', () => {
  it.each([
    ['ACCEPTED', DONE, { refundNo: 'RF1' }, '<done/>'],
    ['REFUSED', REFUSED, { refundNo: 'RF1', errorCode: 'NOTENOUGH', errorMessage: '余额不足' }, '<refused/>'],
    ['UNKNOWN', UNKNOWN, { refundNo: 'RF1', failure: 'CONNECTION_BROKEN' }, null],
  ] as const)('has the result %s and the data of the failure', (result, outcome, data, raw) => {
    const event = callEvent('REFUND_CALL', SUBJECT, outcome, 'ACCEPTED');
    expect(event).toEqual({ type: 'REFUND_CALL', result, orderNo: 'ORDER', outTradeNo: 'ORDER-1', data, raw });
  });
});

describe('order events: results of WeChat', () => {
  it('has the amount and transaction of a payment', () => {
    const paid = { outTradeNo: 'ORDER-1', transactionId: '42', paidFen: 100, paidAt: new Date(0) };
    expect(paidResultEvent({ type: 'NOTICE', result: 'APPLIED', raw: '<xml/>' }, paid, 'ORDER')).toEqual({
      type: 'NOTICE',
      result: 'APPLIED',
      orderNo: 'ORDER',
      outTradeNo: 'ORDER-1',
      data: { amountFen: 100, transactionId: '42' },
      raw: '<xml/>',
    });
  });

  it('has the number, amount and state of a refund', () => {
    const refund = {
      outRefundNo: 'RF1',
      wechatRefundId: '50',
      outTradeNo: 'ORDER-1',
      refundFen: 60,
      state: 'CLOSED',
      succeededAt: null,
      error: { code: 'REFUNDCLOSE', message: 'closed' },
    } as const;
    expect(refundResultEvent({ type: 'REFUND_QUERY', result: 'REPEATED', raw: '<xml/>' }, refund, null)).toEqual({
      type: 'REFUND_QUERY',
      result: 'REPEATED',
      orderNo: null,
      outTradeNo: 'ORDER-1',
      data: { refundNo: 'RF1', amountFen: 60, state: 'CLOSED' },
      raw: '<xml/>',
    });
  });
});
