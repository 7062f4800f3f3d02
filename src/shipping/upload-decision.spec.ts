import { describe, expect, it } from '@jest/globals';
import type { RefusalAction } from '../wechat/outcome.js';
import type { WechatShippingRecord, ReportedParcel } from '../wechat/wechat-shipping.gateway.js';
import { isReportKnown, type UploadDecision, decideAfterRefusal } from './upload-decision.js';

const DAY_MS = 86_400_000;
const parcel = (trackingNo: string | null, carrier: string | null = 'ZTO'): ReportedParcel => ({
  ...{ trackingNo, carrier, itemDesc: '茶', receiverContact: null },
});
const shippingRecord = (finishCount: number, ...numbers: string[]): WechatShippingRecord => ({
  ...{ isFinished: finishCount > 0, finishCount },
  parcels: numbers.map((trackingNo) => ({ trackingNo, carrier: 'ZTO' })),
});

describe('a refusal of a report', () => {
  it.each<[RefusalAction, UploadDecision]>([
    ['ABSENT', 'AGAIN'],
    ['WAIT', 'AGAIN'],
    ['SAME', 'AGAIN'],
    ['QUERY', 'AGAIN'],
    ['STOP', 'STUCK'],
    ['FIX', 'STUCK'],
    ['USER', 'STUCK'],
  ])('%s means %s', (action, verdict) => {
    expect(decideAfterRefusal({ action }, 1000)).toBe(verdict);
  });

  it('for a payment that is not listed waits for a day', () => {
    expect([
      decideAfterRefusal({ action: 'ABSENT' }, DAY_MS - 1),
      decideAfterRefusal({ action: 'ABSENT' }, DAY_MS),
    ]).toEqual(['AGAIN', 'STUCK']);
    expect(decideAfterRefusal({ action: 'WAIT' }, 10 * DAY_MS)).toBe('AGAIN');
  });
});

describe('what WeChat has after a call without an answer', () => {
  const last = { parcels: [parcel('B')], isAllDelivered: true };
  const first = { parcels: [parcel('A')], isAllDelivered: false };

  it('is the parcel when it has its number, and is whole when it was the last', () => {
    expect(isReportKnown(first, false, shippingRecord(0))).toBe(false);
    expect(isReportKnown(first, false, shippingRecord(0, 'A'))).toBe(true);
    expect(isReportKnown(last, false, shippingRecord(0, 'A', 'B'))).toBe(false); // there, but not yet as the last one
    expect(isReportKnown(last, false, shippingRecord(1, 'A', 'B'))).toBe(true);
    expect(isReportKnown({ ...first, parcels: [parcel('A', 'YTO')] }, false, shippingRecord(0, 'A'))).toBe(false);
  });

  it('counts as told when it is whole with anything: another report would be the re-ship', () => {
    expect(isReportKnown(last, false, shippingRecord(1, 'X'))).toBe(true);
    expect(isReportKnown({ parcels: [parcel(null, null)], isAllDelivered: true }, false, shippingRecord(1))).toBe(true);
    expect(isReportKnown({ parcels: [parcel(null, null)], isAllDelivered: true }, false, shippingRecord(0))).toBe(
      false,
    );
  });

  it('is the re-ship only when it was whole twice, with the right numbers', () => {
    const reship = { parcels: [parcel('A'), parcel('C')], isAllDelivered: true };
    expect(isReportKnown(reship, true, shippingRecord(1, 'A', 'B'))).toBe(false);
    expect(isReportKnown(reship, true, shippingRecord(2, 'A', 'B'))).toBe(false);
    expect(isReportKnown(reship, true, shippingRecord(2, 'A', 'C'))).toBe(true);
  });
});
