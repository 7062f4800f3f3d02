import { describe, expect, it } from '@jest/globals';
import type { Action } from '../wechat/outcome.js';
import type { KnownShipping, UploadedParcel } from '../wechat/wechat-shipping.js';
import { isKnown, type UploadVerdict, verdictOn } from './upload-verdict.js';

const DAY_MS = 86_400_000;
const parcel = (trackingNo: string | null, carrier: string | null = 'ZTO'): UploadedParcel => ({
  ...{ trackingNo, carrier, itemDesc: '茶', receiverContact: null },
});
const known = (finishCount: number, ...numbers: string[]): KnownShipping => ({
  ...{ isFinished: finishCount > 0, finishCount },
  parcels: numbers.map((trackingNo) => ({ trackingNo, carrier: 'ZTO' })),
});

describe('a refusal of a report', () => {
  it.each<[Action, UploadVerdict]>([
    ['ABSENT', 'AGAIN'],
    ['WAIT', 'AGAIN'],
    ['SAME', 'AGAIN'],
    ['QUERY', 'AGAIN'],
    ['STOP', 'STUCK'],
    ['FIX', 'STUCK'],
    ['USER', 'STUCK'],
  ])('%s means %s', (action, verdict) => {
    expect(verdictOn({ action }, 1000)).toBe(verdict);
  });

  it('for a payment that is not listed waits for a day', () => {
    expect([verdictOn({ action: 'ABSENT' }, DAY_MS - 1), verdictOn({ action: 'ABSENT' }, DAY_MS)]).toEqual([
      'AGAIN',
      'STUCK',
    ]);
    expect(verdictOn({ action: 'WAIT' }, 10 * DAY_MS)).toBe('AGAIN');
  });
});

describe('what WeChat has after a call without an answer', () => {
  const last = { parcels: [parcel('B')], isAllDelivered: true };
  const first = { parcels: [parcel('A')], isAllDelivered: false };

  it('is the parcel when it has its number, and is whole when it was the last', () => {
    expect(isKnown(first, false, known(0))).toBe(false);
    expect(isKnown(first, false, known(0, 'A'))).toBe(true);
    expect(isKnown(last, false, known(0, 'A', 'B'))).toBe(false); // there, but not yet as the last one
    expect(isKnown(last, false, known(1, 'A', 'B'))).toBe(true);
    expect(isKnown({ ...first, parcels: [parcel('A', 'YTO')] }, false, known(0, 'A'))).toBe(false);
  });

  it('counts as told when it is whole with anything: another report would be the re-ship', () => {
    expect(isKnown(last, false, known(1, 'X'))).toBe(true);
    expect(isKnown({ parcels: [parcel(null, null)], isAllDelivered: true }, false, known(1))).toBe(true);
    expect(isKnown({ parcels: [parcel(null, null)], isAllDelivered: true }, false, known(0))).toBe(false);
  });

  it('is the re-ship only when it was whole twice, with the right numbers', () => {
    const reship = { parcels: [parcel('A'), parcel('C')], isAllDelivered: true };
    expect(isKnown(reship, true, known(1, 'A', 'B'))).toBe(false);
    expect(isKnown(reship, true, known(2, 'A', 'B'))).toBe(false);
    expect(isKnown(reship, true, known(2, 'A', 'C'))).toBe(true);
  });
});
