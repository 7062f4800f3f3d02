import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RefusalAction, Refused, Unknown } from '../../wechat/pay/outcome.js';
import { REFUND_STATUSES } from '../refund.entity.js';
import {
  followUpOfAccepted,
  followUpOfCall,
  followUpOfFinalRefusal,
  followUpOfUnclearCall,
  isDefiniteRefusal,
  nextStepOf,
} from './follow-up.js';

const NOW = new Date('2026-11-21T04:00:00Z');
const FRESH = { status: 'PROCESSING', acceptedAt: null, waitReason: null } as const;
const ERRORS = { errorCode: 'CODE', errorMessage: '…' };
const ACTIONS: readonly RefusalAction[] = [
  ...(['FIX_REQUEST', 'RETRY_SAME', 'QUERY_FIRST', 'NEW_NUMBER', 'ALREADY_PAID', 'ALREADY_CLOSED'] as const),
  ...(['NOT_FOUND', 'NOT_READY', 'RETRY_LATER', 'TOP_UP_FUNDS', 'GIVE_UP', 'TELL_USER'] as const),
];
const UNKNOWN: Unknown = { kind: 'unknown', reason: 'reset', raw: null };
const refused = (action: RefusalAction): Refused => ({ kind: 'refused', code: 'CODE', message: '…', action, raw: '' });

describe('refund rules: nextStepOf', () => {
  it.each([
    ['SEND', FRESH],
    ['SEND', { ...FRESH, waitReason: 'NOT_ENOUGH_FUNDS' }],
    ['QUERY_THEN_SEND', { ...FRESH, waitReason: 'UNKNOWN_OUTCOME' }],
    ['QUERY_ACCEPTED', { ...FRESH, acceptedAt: NOW }],
    ['QUERY_ABNORMAL', { ...FRESH, status: 'ABNORMAL' }],
  ] as const)('is %s', (step, refund) => {
    expect(nextStepOf(refund, true)).toBe(step);
  });

  it('sends only a PROCESSING refund that WeChat has not accepted', () => {
    const refund = fc.record({
      status: fc.constantFrom(...REFUND_STATUSES),
      acceptedAt: fc.constantFrom(null, NOW),
      waitReason: fc.constantFrom(null, 'RATE_LIMITED' as const, 'UNKNOWN_OUTCOME' as const),
    });
    fc.assert(
      fc.property(refund, fc.boolean(), (row, hasRequest) => {
        const step = nextStepOf(row, hasRequest);
        const isSent = step === 'SEND' || step === 'QUERY_THEN_SEND';
        expect(isSent).toBe(row.status === 'PROCESSING' && row.acceptedAt === null && hasRequest);
      }),
    );
  });
});

describe('refund rules: what follows a refund call', () => {
  it('an accepted refund is checked from the start of the back-off, and its errors are cleared', () => {
    const outcome = { kind: 'done', value: { wechatRefundId: '50' }, raw: '' } as const;
    expect(followUpOfCall(outcome, NOW)).toEqual({
      kind: 'WAIT',
      waitReason: null,
      isAnswered: true,
      restartsBackOff: true,
      changes: { acceptedAt: NOW, wechatRefundId: '50', errorCode: null, errorMessage: null },
    });
  });

  it('an unknown outcome is queried, and may be checked early', () => {
    const wait = {
      kind: 'WAIT',
      waitReason: 'UNKNOWN_OUTCOME',
      isAnswered: false,
      restartsBackOff: false,
      changes: {},
    };
    expect(followUpOfCall(UNKNOWN, NOW)).toEqual(wait);
    expect(followUpOfUnclearCall('UNKNOWN')).toEqual(wait);
  });

  it.each([
    ['TOP_UP_FUNDS', { kind: 'WAIT', waitReason: 'NOT_ENOUGH_FUNDS', changes: ERRORS }],
    ['NOT_READY', { kind: 'WAIT', waitReason: null, changes: ERRORS }],
    ['RETRY_LATER', { kind: 'SLOW_DOWN', errors: ERRORS }],
    ['GIVE_UP', { kind: 'QUERY_BEFORE_FAILING', errors: ERRORS }],
    ['FIX_REQUEST', { kind: 'NEEDS_STAFF', errors: ERRORS }],
    ['RETRY_SAME', { kind: 'WAIT', waitReason: 'UNKNOWN_OUTCOME', changes: ERRORS }],
  ] as const)('a refusal with the action %s', (action, expected) => {
    expect(followUpOfCall(refused(action), NOW)).toMatchObject(expected);
  });

  it('no outcome of a call ends the refund without a query', () => {
    for (const action of ACTIONS) expect(followUpOfCall(refused(action), NOW).kind).not.toBe('FAIL');
  });

  it('only a refusal that proves the call was not accepted is definite', () => {
    expect(ACTIONS.filter((action) => isDefiniteRefusal(refused(action)))).toEqual([
      'FIX_REQUEST',
      'NOT_READY',
      'RETRY_LATER',
      'TOP_UP_FUNDS',
      'GIVE_UP',
    ]);
  });
});

describe('refund rules: what follows a query', () => {
  it('a refund with an unclear call is sent again only when WeChat does not have it', () => {
    expect(followUpOfUnclearCall('NOT_FOUND')).toEqual({ kind: 'SEND' });
    expect(followUpOfUnclearCall('FOUND')).toMatchObject({ kind: 'WAIT', waitReason: null, restartsBackOff: true });
  });

  it('an accepted refund that WeChat does not have is no longer accepted; an imported one only waits', () => {
    expect(followUpOfAccepted({ waitReason: null, request: '{}' }, 'NOT_FOUND')).toMatchObject({
      kind: 'WAIT',
      waitReason: 'UNKNOWN_OUTCOME',
      changes: { acceptedAt: null },
    });
    expect(followUpOfAccepted({ waitReason: null, request: null }, 'NOT_FOUND')).toMatchObject({
      kind: 'WAIT',
      waitReason: null,
      changes: {},
    });
  });

  it('a finally refused refund fails only when no call of the last five minutes may have been accepted', () => {
    const seconds = fc.integer({ min: 0, max: 600 });
    fc.assert(
      fc.property(seconds, fc.constantFrom('FOUND', 'NOT_FOUND', 'UNKNOWN'), (ago, answer) => {
        const refund = { lastPossiblyAcceptedSendAt: new Date(NOW.getTime() - ago * 1000) };
        const mayFail = answer === 'NOT_FOUND' && ago >= 300;
        expect(followUpOfFinalRefusal(refund, answer, ERRORS, NOW).kind).toBe(mayFail ? 'FAIL' : 'WAIT');
      }),
    );
    const never = { lastPossiblyAcceptedSendAt: null };
    expect(followUpOfFinalRefusal(never, 'NOT_FOUND', ERRORS, NOW)).toEqual({ kind: 'FAIL', errors: ERRORS });
  });
});
