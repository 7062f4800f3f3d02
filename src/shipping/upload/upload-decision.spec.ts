import { describe, expect, it } from '@jest/globals';
import type { RefusalAction } from '../../wechat/pay/outcome.js';
import type { WechatShippingRecord, ReportedParcel } from '../../wechat/mini-program/wechat-shipping.client.js';
import { isReportKnown, type UploadDecision, decideAfterRefusal } from './upload-decision.js';

const DAY_MS = 86_400_000;
const parcel = (trackingNo: string | null, carrier: string | null = 'ZTO'): ReportedParcel => ({
  trackingNo,
  carrier,
  itemDesc: '茶',
  receiverContact: null,
});
const shippingRecord = (finishCount: number, ...numbers: string[]): WechatShippingRecord => ({
  isFinished: finishCount > 0,
  finishCount,
  parcels: numbers.map((trackingNo) => ({ trackingNo, carrier: 'ZTO' })),
});

describe('decideAfterRefusal', () => {
  it.each<[RefusalAction, UploadDecision]>([
    ['NOT_FOUND', 'RETRY'],
    ['RETRY_LATER', 'RETRY'],
    ['RETRY_SAME', 'RETRY'],
    ['QUERY_FIRST', 'RETRY'],
    ['GIVE_UP', 'NEEDS_ATTENTION'],
    ['FIX_REQUEST', 'NEEDS_ATTENTION'],
    ['TELL_USER', 'NEEDS_ATTENTION'],
  ])('%s means %s', (action, verdict) => {
    expect(decideAfterRefusal({ action }, 1000)).toBe(verdict);
  });

  it('retries an unlisted payment for one day', () => {
    expect([
      decideAfterRefusal({ action: 'NOT_FOUND' }, DAY_MS - 1),
      decideAfterRefusal({ action: 'NOT_FOUND' }, DAY_MS),
    ]).toEqual(['RETRY', 'NEEDS_ATTENTION']);
    expect(decideAfterRefusal({ action: 'RETRY_LATER' }, 10 * DAY_MS)).toBe('RETRY');
  });
});

describe('isReportKnown', () => {
  const last = { parcels: [parcel('B')], isAllDelivered: true };
  const first = { parcels: [parcel('A')], isAllDelivered: false };

  it('finds the shipment by its number, and requires a complete record for the last one', () => {
    expect(isReportKnown(first, false, shippingRecord(0))).toBe(false);
    expect(isReportKnown(first, false, shippingRecord(0, 'A'))).toBe(true);
    expect(isReportKnown(last, false, shippingRecord(0, 'A', 'B'))).toBe(false); // present, but not yet as the last one
    expect(isReportKnown(last, false, shippingRecord(1, 'A', 'B'))).toBe(true);
    expect(isReportKnown({ ...first, parcels: [parcel('A', 'YTO')] }, false, shippingRecord(0, 'A'))).toBe(false);
  });

  it('is true for any complete record, because another report would be the re-ship', () => {
    expect(isReportKnown(last, false, shippingRecord(1, 'X'))).toBe(true);
    expect(isReportKnown({ parcels: [parcel(null, null)], isAllDelivered: true }, false, shippingRecord(1))).toBe(true);
    expect(isReportKnown({ parcels: [parcel(null, null)], isAllDelivered: true }, false, shippingRecord(0))).toBe(
      false,
    );
  });

  it('is true for a re-ship only when the record was completed twice, with the right numbers', () => {
    const reship = { parcels: [parcel('A'), parcel('C')], isAllDelivered: true };
    expect(isReportKnown(reship, true, shippingRecord(1, 'A', 'B'))).toBe(false);
    expect(isReportKnown(reship, true, shippingRecord(2, 'A', 'B'))).toBe(false);
    expect(isReportKnown(reship, true, shippingRecord(2, 'A', 'C'))).toBe(true);
  });
});
