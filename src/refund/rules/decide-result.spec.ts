import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RefundResult } from '../../wechat/pay/payment-types.js';
import { Refund, REFUND_STATUSES, type RefundStatus } from '../refund.entity.js';
import { decideResult, isConfirmedBy, type ResultStep, wouldChangeRefund } from './decide-result.js';

const NOW = new Date('2026-11-21T04:00:00Z');
const FIRST = new Date('2026-11-21T04:01:00Z');
const LAST = new Date('2026-11-22T04:00:00Z');
const STATES = ['PROCESSING', 'SUCCEEDED', 'ABNORMAL', 'CLOSED'] as const;
const SOURCE = { type: 'REFUND_QUERY', raw: '<xml/>' } as const;
const RESULT: RefundResult = {
  outRefundNo: 'RF1',
  wechatRefundId: '50',
  outTradeNo: 'ORDER-1',
  refundFen: 60,
  state: 'SUCCEEDED',
  succeededAt: null,
  error: null,
};

function refundWith(fields: Partial<Refund>): Refund {
  const numbers = { refundNo: 'RF1', outTradeNo: 'ORDER-1', transactionId: '42', paidFen: 100, amountFen: 60 };
  return Object.assign(new Refund(), { ...numbers, wechatRefundId: null, acceptedAt: null, ...fields });
}

function decide(fields: Partial<Refund>, result: Partial<RefundResult>): ResultStep {
  const dates = { now: NOW, firstCheckAt: FIRST, longestDelayCheckAt: LAST };
  return decideResult(refundWith(fields), { ...RESULT, ...result }, SOURCE, dates);
}

/** The outcome, and the new status if the refund moves. */
function summary(step: ResultStep): string {
  return step.kind === 'MOVE' ? `${step.outcome} → ${step.move.to}` : `${step.outcome} ${step.kind}`;
}

describe('refund rules: decideResult', () => {
  it.each<[RefundStatus, readonly [string, string, string, string]]>([
    ['REQUESTED', ['NEVER_SENT NONE', 'NEVER_SENT NONE', 'NEVER_SENT NONE', 'NEVER_SENT NONE']],
    ['REJECTED', ['NEVER_SENT NONE', 'NEVER_SENT NONE', 'NEVER_SENT NONE', 'NEVER_SENT NONE']],
    ['CANCELLED', ['NEVER_SENT NONE', 'NEVER_SENT NONE', 'NEVER_SENT NONE', 'NEVER_SENT NONE']],
    ['PROCESSING', ['PENDING ACCEPTED', 'APPLIED → SUCCEEDED', 'APPLIED → ABNORMAL', 'APPLIED → FAILED']],
    ['ABNORMAL', ['PENDING → PROCESSING', 'APPLIED → SUCCEEDED', 'APPLIED KNOWN', 'APPLIED → FAILED']],
    ['SUCCEEDED', ['REPEATED NONE', 'REPEATED NONE', 'CONTRADICTION NONE', 'CONTRADICTION NONE']],
    ['FAILED', ['CONTRADICTION NONE', 'APPLIED → SUCCEEDED', 'CONTRADICTION NONE', 'REPEATED NONE']],
  ])('decides every result for a refund that is %s', (status, expected) => {
    expect(STATES.map((state) => summary(decide({ status }, { state })))).toEqual(expected);
  });

  it('changes nothing for a PROCESSING result when WeChat has accepted the refund before', () => {
    const accepted = { acceptedAt: NOW, wechatRefundId: '50' };
    expect(summary(decide({ status: 'PROCESSING', ...accepted }, { state: 'PROCESSING' }))).toBe('PENDING NONE');
    expect(summary(decide({ status: 'ABNORMAL', ...accepted }, { state: 'PROCESSING' }))).toBe('PENDING NONE');
    expect(summary(decide({ status: 'ABNORMAL', ...accepted }, { state: 'ABNORMAL' }))).toBe('REPEATED NONE');
  });

  it("completes a success at WeChat's time, or now when WeChat reports none", () => {
    const completedAt = new Date('2026-11-21T03:59:00Z');
    const step = { kind: 'MOVE', outcome: 'APPLIED' };
    expect(decide({ status: 'PROCESSING' }, { succeededAt: completedAt })).toMatchObject({
      ...step,
      move: { completedAt },
    });
    expect(decide({ status: 'FAILED' }, {})).toMatchObject({ ...step, move: { completedAt: NOW } });
  });

  it('checks an ABNORMAL refund rarely, and a resumed one soon', () => {
    expect(decide({ status: 'PROCESSING' }, { state: 'ABNORMAL' })).toMatchObject({ move: { nextCheckAt: LAST } });
    expect(decide({ status: 'ABNORMAL' }, { state: 'PROCESSING' })).toMatchObject({ move: { nextCheckAt: FIRST } });
  });

  it("keeps the provider's error of a refund that did not reach the payer", () => {
    const error = { code: 'CODE', message: '…' };
    const stored = { errorCode: 'CODE', errorMessage: '…' };
    for (const state of ['CLOSED', 'ABNORMAL'] as const)
      expect(decide({ status: 'PROCESSING' }, { state, error })).toMatchObject({ kind: 'MOVE', move: stored });
    expect(decide({ status: 'ABNORMAL' }, { state: 'ABNORMAL', error })).toMatchObject({
      kind: 'KNOWN',
      changes: stored,
    });
  });

  it('never changes a refund for a result with another number or amount', () => {
    const different = fc.constantFrom<Partial<RefundResult>>(
      { refundFen: 59 },
      { outTradeNo: 'B' },
      { wechatRefundId: '51' },
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...REFUND_STATUSES),
        fc.constantFrom(...STATES),
        different,
        (status, state, other) => {
          const step = decide({ status, wechatRefundId: '50' }, { state, ...other });
          expect(step).toEqual({ kind: 'NONE', outcome: 'REFUND_MISMATCH' });
        },
      ),
    );
  });

  it('rejects a notice about another transaction or paid amount', () => {
    const dates = { now: NOW, firstCheckAt: FIRST, longestDelayCheckAt: LAST };
    for (const other of [{ transactionId: '43' }, { paidFen: 99 }]) {
      const step = decideResult(refundWith({ status: 'PROCESSING' }), RESULT, { ...SOURCE, ...other }, dates);
      expect(step).toEqual({ kind: 'NONE', outcome: 'REFUND_MISMATCH' });
    }
  });
});

describe('refund rules: notices', () => {
  it('are confirmed by WeChat whenever they would change the refund', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...REFUND_STATUSES),
        fc.constantFrom('SUCCEEDED', 'ABNORMAL', 'CLOSED'),
        (status, state) => {
          const step = decide({ status, wechatRefundId: '50', acceptedAt: NOW }, { state });
          const refund = refundWith({ status, wechatRefundId: '50', acceptedAt: NOW });
          if (step.kind !== 'NONE') expect(wouldChangeRefund(refund, { ...RESULT, state }, SOURCE)).toBe(true);
        },
      ),
    );
  });

  it('are confirmed by the same state, and a success also by PROCESSING', () => {
    const confirmed = STATES.flatMap((answer) =>
      STATES.filter((notice) => isConfirmedBy({ ...RESULT, state: answer }, { ...RESULT, state: notice })).map(
        (notice) => `${answer} ${notice}`,
      ),
    );
    expect(confirmed.sort()).toEqual([
      'ABNORMAL ABNORMAL',
      'CLOSED CLOSED',
      'PROCESSING PROCESSING',
      'PROCESSING SUCCEEDED',
      'SUCCEEDED SUCCEEDED',
    ]);
  });
});
