import { Injectable } from '@nestjs/common';
import { toBeijingRfc3339 } from '../../common/time/beijing-time.js';
import type { RefusalAction, Outcome } from '../pay/outcome.js';
import { PlatformApiClient } from './api/platform-api.client.js';
import type { JsonObject } from './api/platform-http.client.js';

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
  /** True for several shipments, in one call or several. EXPRESS only. */
  isSplit: boolean;
  /** WeChat's `is_all_delivered`: true when this report contains the order's last parcel. It does not mean delivery. */
  isAllDelivered: boolean;
  parcels: ReportedParcel[];
  /** Must be later than in every earlier call about this payment. */
  uploadTime: Date;
}

/** `ACCEPTED` · `COMPLETE` shipping was complete before · `UNCHANGED` WeChat has the same report already. */
export type ShippingUploadResult = 'ACCEPTED' | 'COMPLETE' | 'UNCHANGED';

/** WeChat's shipping record of one payment. */
export interface WechatShippingRecord {
  isFinished: boolean;
  /** 0 until shipping is complete, then 1, and 2 after the one re-ship. */
  finishCount: number;
  parcels: { trackingNo: string; carrier: string }[];
}

const UNIFIED = 1;
const SPLIT = 2;
const BY_TRANSACTION = 2;

const PAYMENT_NOT_FOUND_YET = '10060001';
const RESHIP_USED = '10060003';
const NOT_SHIPPABLE = '10060004';
/** Codes that are not listed here are request errors, or refusals that any call may get. */
const ACTIONS: Readonly<Record<string, RefusalAction>> = {
  [PAYMENT_NOT_FOUND_YET]: 'NOT_FOUND',
  [RESHIP_USED]: 'GIVE_UP',
  [NOT_SHIPPABLE]: 'GIVE_UP',
};
/** Refusals that mean that there is nothing to do. */
const ALREADY_DONE: Readonly<Record<string, ShippingUploadResult>> = { 10060002: 'COMPLETE', 10060023: 'UNCHANGED' };

/**
 * Shipping information (小程序发货信息管理): WeChat holds the money of physical goods until it is uploaded.
 * POST /wxa/sec/order/upload_shipping_info and /get_order. Source: docs/wechat-protocol.md, v2 §10.5.
 */
@Injectable()
export class WechatShippingClient {
  constructor(private readonly platform: PlatformApiClient) {}

  /**
   * Not safe to repeat without a query: a report after the one with the last parcel replaces WeChat's record, which is allowed
   * once per payment (重新发货, re-ship). It is refused with
   * NOT_FOUND while WeChat's index lacks the payment, which takes some time after the payment. Other refusals:
   * RETRY_LATER; GIVE_UP for a final refusal; FIX_REQUEST for an error of this service.
   */
  async upload(report: ShippingReport): Promise<Outcome<ShippingUploadResult>> {
    const outcome = await this.platform.post<ShippingUploadResult>({
      endpoint: 'upload_shipping_info',
      path: '/wxa/sec/order/upload_shipping_info',
      body: uploadBodyOf(report),
      actions: ACTIONS,
      // A response without an errcode is not from this call: only read calls may leave it out.
      read: ({ errcode }) => (errcode === 0 ? 'ACCEPTED' : null),
    });
    const value = outcome.kind === 'refused' ? ALREADY_DONE[outcome.code] : undefined;
    return value === undefined ? outcome : { kind: 'done', value, raw: outcome.raw ?? '' };
  }

  /** Safe to repeat. NOT_FOUND as for `upload`. */
  find(transactionId: string): Promise<Outcome<WechatShippingRecord>> {
    return this.platform.post({
      endpoint: 'get_order',
      path: '/wxa/sec/order/get_order',
      body: { transaction_id: transactionId },
      actions: ACTIONS,
      read: (answer) => parseShippingRecord(answer, transactionId),
    });
  }
}

function uploadBodyOf(report: ShippingReport): object {
  const { transactionId, openid, kind, isSplit, isAllDelivered, parcels, uploadTime } = report;
  return {
    order_key: { order_number_type: BY_TRANSACTION, transaction_id: transactionId },
    logistics_type: LOGISTICS_KINDS.indexOf(kind) + 1,
    delivery_mode: isSplit ? SPLIT : UNIFIED,
    ...(isSplit && { is_all_delivered: isAllDelivered }),
    shipping_list: parcels.map(shippingListEntryOf),
    upload_time: toBeijingRfc3339(uploadTime),
    payer: { openid },
  };
}

function shippingListEntryOf({ trackingNo, carrier, itemDesc, receiverContact }: ReportedParcel): object {
  return {
    ...(trackingNo !== null && { tracking_no: trackingNo }),
    ...(carrier !== null && { express_company: carrier }),
    item_desc: itemDesc,
    ...(receiverContact !== null && { contact: { receiver_contact: receiverContact } }),
  };
}

/** Null when the response is about another payment. Before any upload, `shipping` is missing or empty. */
function parseShippingRecord({ order }: JsonObject, transactionId: string): WechatShippingRecord | null {
  if (!isObject(order) || order['transaction_id'] !== transactionId) return null;
  const shipping = isObject(order['shipping']) ? order['shipping'] : {};
  const { finish_shipping: isFinished, finish_shipping_count: count, shipping_list: list } = shipping;
  const parcels = (Array.isArray(list) ? (list as unknown[]) : []).filter(isObject);
  return {
    isFinished: isFinished === true,
    finishCount: typeof count === 'number' ? count : isFinished === true ? 1 : 0,
    parcels: parcels.map((entry) => ({
      trackingNo: textOrEmpty(entry['tracking_no']),
      carrier: textOrEmpty(entry['express_company']),
    })),
  };
}

function textOrEmpty(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
