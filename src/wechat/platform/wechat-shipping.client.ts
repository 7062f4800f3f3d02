import { Injectable } from '@nestjs/common';
import { toBeijingRfc3339 } from '../../common/beijing-time.js';
import type { RefusalAction, Outcome } from '../outcome.js';
import {
  type WechatShippingRecord,
  LOGISTICS_KINDS,
  type ShippingUploadResult,
  type ShippingReport,
  type ReportedParcel,
  WechatShippingGateway,
} from '../wechat-shipping.gateway.js';
import { PlatformApiClient } from './platform-api.client.js';
import type { JsonObject } from './platform-http.client.js';

const UNIFIED = 1;
const SPLIT = 2;
const BY_TRANSACTION = 2;

const NOT_INDEXED = '10060001';
const RESHIP_USED = '10060003';
const NOT_SHIPPABLE = '10060004';
/** Codes that are not listed here are request errors, or refusals that any call may get. */
const ACTIONS: Readonly<Record<string, RefusalAction>> = {
  [NOT_INDEXED]: 'NOT_FOUND',
  [RESHIP_USED]: 'GIVE_UP',
  [NOT_SHIPPABLE]: 'GIVE_UP',
};
/** Refusals that mean that nothing is left to do. */
const ALREADY_DONE: Readonly<Record<string, ShippingUploadResult>> = { 10060002: 'COMPLETE', 10060023: 'UNCHANGED' };

/** POST /wxa/sec/order/upload_shipping_info and /get_order. Source: v2.md §10.5. */
@Injectable()
export class WechatShippingClient extends WechatShippingGateway {
  constructor(private readonly platform: PlatformApiClient) {
    super();
  }

  override async upload(report: ShippingReport): Promise<Outcome<ShippingUploadResult>> {
    const outcome = await this.platform.post<ShippingUploadResult>({
      endpoint: 'upload_shipping_info',
      path: '/wxa/sec/order/upload_shipping_info',
      body: uploadBodyOf(report),
      actions: ACTIONS,
      // An answer without an errcode is not from this call: only read calls may leave it out.
      read: ({ errcode }) => (errcode === 0 ? 'TAKEN' : null),
    });
    const value = outcome.kind === 'refused' ? ALREADY_DONE[outcome.code] : undefined;
    return value === undefined ? outcome : { kind: 'done', value, raw: outcome.raw ?? '' };
  }

  override find(transactionId: string): Promise<Outcome<WechatShippingRecord>> {
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

/** Null when the answer is about another payment. Before any upload, `shipping` is missing or empty. */
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
