import type { Refused } from '../wechat/outcome.js';
import type { WechatShippingRecord, ShippingReport } from '../wechat/wechat-shipping.gateway.js';

/** Milliseconds. WeChat indexes a payment within seconds or minutes. After a day it no longer will. */
const MAX_INDEX_DELAY_MS = 86_400_000;

/** What a refusal means for the parcel. */
export type UploadDecision = 'RETRY' | 'STUCK';

/** Decides for every refusal. @param waitedMs since the outbox entry was created. */
export function decideAfterRefusal({ action }: Pick<Refused, 'action'>, waitedMs: number): UploadDecision {
  switch (action) {
    case 'NOT_FOUND':
      return waitedMs < MAX_INDEX_DELAY_MS ? 'RETRY' : 'STUCK';
    case 'RETRY_LATER':
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
      return 'STUCK';
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
