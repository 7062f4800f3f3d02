import type { Outcome } from './outcome.js';

/** How goods reach the buyer: by a carrier, by a local courier, as virtual goods, or by self-pickup. */
export const LOGISTICS_KINDS = ['EXPRESS', 'SAME_CITY', 'VIRTUAL', 'SELF_PICKUP'] as const;
export type LogisticsKind = (typeof LOGISTICS_KINDS)[number];

/** One entry of `shipping_list`. */
export interface ReportedParcel {
  trackingNo: string | null;
  /** WeChat's code for the carrier, such as `SF`. */
  carrier: string | null;
  /** At most 120 characters. */
  itemDesc: string;
  /** Masked except for the last four digits. */
  receiverContact: string | null;
}

/** A shipping report for one payment. */
export interface ShippingReport {
  transactionId: string;
  /** The payer's openid. */
  openid: string;
  kind: LogisticsKind;
  /** True for several parcels, in one call or several. EXPRESS only. */
  isSplit: boolean;
  isAllDelivered: boolean;
  parcels: ReportedParcel[];
  /** Must be later than in every earlier call about this payment. */
  uploadTime: Date;
}

/** `TAKEN` accepted · `COMPLETE` shipping was complete before · `UNCHANGED` WeChat has the same report already. */
export type ShippingUploadResult = 'TAKEN' | 'COMPLETE' | 'UNCHANGED';

/** WeChat's shipping record of one payment. */
export interface WechatShippingRecord {
  isFinished: boolean;
  /** 0 until shipping is complete, then 1, and 2 after the one re-ship. */
  finishCount: number;
  parcels: { trackingNo: string; carrier: string }[];
}

/** Shipping information (小程序发货信息管理): WeChat holds the money of physical goods until it is uploaded. Source: v2.md §10.5. */
export abstract class WechatShippingGateway {
  /**
   * Not safe to repeat without a query: a report after the last one is the payment's only re-ship. It is refused with
   * NOT_FOUND while WeChat's index lacks the payment, which takes some time after the payment. Other refusals: RETRY_LATER;
   * GIVE_UP for a final refusal; FIX_REQUEST for an error of this service.
   */
  abstract upload(report: ShippingReport): Promise<Outcome<ShippingUploadResult>>;

  /** Safe to repeat. NOT_FOUND as for `upload`. */
  abstract find(transactionId: string): Promise<Outcome<WechatShippingRecord>>;
}
