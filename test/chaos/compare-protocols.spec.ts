import { beforeEach, describe, expect, it } from '@jest/globals';
import { findProtocolViolations } from '../../chaos/checks/compare-protocols.js';

type Evidence = Parameters<typeof findProtocolViolations>[0];
/** With maps that a test can change. */
interface Consistent extends Evidence {
  wechat: Record<'payments' | 'refunds', Map<string, string>> & { acceptedNotices: { v2: number; v3: number } };
}

/** A payment of each protocol, and a refund of the second one. */
function consistentEvidence(): Consistent {
  return {
    protocols: ['v2', 'v3'],
    records: {
      payments: [
        { outTradeNo: 'A-1', status: 'PAID', channel: 'wechat-v2' },
        { outTradeNo: 'B-1', status: 'PAID', channel: 'wechat-v3' },
      ],
      refunds: [{ refundNo: 'RF1', outTradeNo: 'B-1', channel: 'wechat-v3' }],
    },
    wechat: {
      payments: new Map([
        ['A-1', 'v2'],
        ['B-1', 'v3'],
      ]),
      refunds: new Map([['RF1', 'v3']]),
      acceptedNotices: { v2: 1, v3: 2 },
    },
  };
}

describe('chaos: the comparison of protocols at the end of a run', () => {
  let evidence: Consistent;
  beforeEach(() => {
    evidence = consistentEvidence();
  });
  const setRefundChannel = (channel: string | null): void => {
    for (const refund of evidence.records.refunds) refund.channel = channel;
  };
  const setPayments = (changes: Partial<Evidence['records']['payments'][number]>): void => {
    for (const payment of evidence.records.payments) if (payment.outTradeNo === 'B-1') Object.assign(payment, changes);
  };

  it('finds no violation in consistent records', () => {
    expect(findProtocolViolations(evidence)).toEqual([]);
  });

  it('accepts a refund that was never composed for WeChat', () => {
    setRefundChannel(null);
    expect(findProtocolViolations(evidence)).toEqual([]);
  });

  it.each<[string, () => unknown, string]>([
    ['a protocol without a paid payment', () => setPayments({ status: 'CLOSED' }), 'v3: no payment was paid with it'],
    [
      'a protocol whose notices were never accepted',
      () => (evidence.wechat.acceptedNotices.v3 = 0),
      'v3: no notice was accepted',
    ],
    [
      'a payment of a protocol that is not used',
      () => setPayments({ channel: 'wechat-app-v1' }),
      'payment B-1: wechat-app-v1, but no instance begins',
    ],
    [
      'a payment that WeChat received with the other protocol',
      () => evidence.wechat.payments.set('B-1', 'v2'),
      'payment B-1: wechat-v3 here, but WeChat received it with v2',
    ],
    [
      'a refund of the other protocol than its payment',
      () => setRefundChannel('wechat-v2'),
      'refund RF1: wechat-v2, but its payment is of wechat-v3',
    ],
    [
      'a refund that WeChat received with the other protocol',
      () => evidence.wechat.refunds.set('RF1', 'v2'),
      'refund RF1: wechat-v3 here, but WeChat received it with v2',
    ],
  ])('reports %s', (_what, happens, violation) => {
    happens();
    expect(findProtocolViolations(evidence).join('\n')).toContain(violation);
  });
});
