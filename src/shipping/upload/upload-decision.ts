import type { Refused } from '../../wechat/pay/outcome.js';
import type { WechatShippingRecord, ShippingReport } from '../../wechat/mini-program/wechat-shipping.client.js';

/** Milliseconds. WeChat indexes a payment within seconds or minutes. After a day it no longer will. */
const MAX_INDEX_DELAY_MS = 86_400_000;

/** What a refusal means for the shipment. */
export type UploadDecision = 'RETRY' | 'NEEDS_ATTENTION';

/** Decides for every refusal. @param waitedMs since the outbox entry was created. */
export function decideAfterRefusal({ action }: Pick<Refused, 'action'>, waitedMs: number): UploadDecision {
  switch (action) {
    case 'NOT_FOUND':
      return waitedMs < MAX_INDEX_DELAY_MS ? 'RETRY' : 'NEEDS_ATTENTION';
    case 'RETRY_LATER':
    case 'NOT_READY':
    case 'RETRY_SAME':
    case 'QUERY_FIRST':
      return 'RETRY';
    case 'GIVE_UP':
    case 'FIX_REQUEST':
    case 'TELL_USER':
    case 'NEW_NUMBER':
    case 'ALREADY_PAID':
    case 'ALREADY_CLOSED':
    case 'TOP_UP_FUNDS':
      return 'NEEDS_ATTENTION';
  }
}

/**
 * True when WeChat already has the report, after a call with an unknown outcome. A complete record counts as reported
 * with any content, except for a re-ship, because another report would use up the re-ship.
 */
export function isReportKnown(
  report: Pick<ShippingReport, 'parcels' | 'isAllDelivered'>,
  isReship: boolean,
  known: WechatShippingRecord,
): boolean {
  const hasAll = report.parcels.every(
    ({ trackingNo, carrier }) =>
      trackingNo === null ||
      known.parcels.some((parcel) => parcel.trackingNo === trackingNo && parcel.carrier === (carrier ?? '')),
  );
  if (isReship) return known.finishCount > 1 && hasAll;
  if (known.isFinished) return true;
  return hasAll && !report.isAllDelivered;
}
