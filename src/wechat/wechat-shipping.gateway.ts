import type { Outcome } from './outcome.js';

/** How goods reach the buyer: by a carrier, by a messenger in town, over the wire, or fetched by the buyer. */
export const LOGISTICS_KINDS = ['EXPRESS', 'SAME_CITY', 'VIRTUAL', 'SELF_PICKUP'] as const;
export type LogisticsKind = (typeof LOGISTICS_KINDS)[number];

/** One entry of `shipping_list`. */
export interface ReportedParcel {
  trackingNo: string | null;
  /** WeChat's word for the carrier, such as `SF`. */
  carrier: string | null;
  /** At most 120 characters. */
  itemDesc: string;
  /** Masked but for the last four digits. */
  receiverContact: string | null;
}

/** What the shop says of one payment's goods. */
export interface ShippingReport {
  transactionId: string;
  /** Of the payer. */
  openid: string;
  kind: LogisticsKind;
  /** In several parcels, over one call or several. By express alone. */
  isSplit: boolean;
  isAllDelivered: boolean;
  parcels: ReportedParcel[];
  /** Later than in every call before about this payment. */
  uploadTime: Date;
}

/** `TAKEN` · `COMPLETE` it was whole before · `UNCHANGED` WeChat has just this already. */
export type ShippingUploadResult = 'TAKEN' | 'COMPLETE' | 'UNCHANGED';

/** What WeChat has of one payment's goods. */
export interface WechatShippingRecord {
  isFinished: boolean;
  /** 0 until it is whole, 1 then, 2 after the one re-ship. */
  finishCount: number;
  parcels: { trackingNo: string; carrier: string }[];
}

/** Shipping information (小程序发货信息管理): until WeChat has it, the money of physical goods is frozen. Source: v2.md §10.5. */
export abstract class WechatShippingGateway {
  /**
   * Not safe to repeat blindly: a report after the last one is the payment's only re-ship. Refused with ABSENT while
   * WeChat's index has not got the payment, also for some time after it; WAIT; STOP for a final no; FIX for a fault of ours.
   */
  abstract upload(report: ShippingReport): Promise<Outcome<ShippingUploadResult>>;

  /** Safe to repeat. ABSENT as for `upload`. */
  abstract find(transactionId: string): Promise<Outcome<WechatShippingRecord>>;
}
