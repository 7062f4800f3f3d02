import type { Refused } from '../wechat/outcome.js';
import type { WechatShippingRecord, ShippingReport } from '../wechat/wechat-shipping.gateway.js';

/** WeChat's index gets a payment seconds, at times minutes, after it. A day later it is not going to. */
const MAX_INDEX_DELAY_MS = 86_400_000;

/** What a refusal means for the parcel. */
export type UploadDecision = 'AGAIN' | 'STUCK';

/** Every refusal is decided here. @param waitedMs since this telling was begun. */
export function decideAfterRefusal({ action }: Pick<Refused, 'action'>, waitedMs: number): UploadDecision {
  switch (action) {
    case 'ABSENT':
      return waitedMs < MAX_INDEX_DELAY_MS ? 'AGAIN' : 'STUCK';
    case 'WAIT':
    case 'SAME':
    case 'QUERY':
      return 'AGAIN';
    case 'STOP':
    case 'FIX':
    case 'USER':
    case 'NEW':
    case 'PAID':
    case 'CLOSED':
    case 'FUNDS':
      return 'STUCK';
  }
}

/**
 * Whether WeChat has what the report would tell it, after a call whose outcome nobody knows. A payment that is whole there
 * counts as told whatever it holds, unless this is to be its re-ship: another report would use that up.
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
