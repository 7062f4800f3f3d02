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
/** What is not here is a fault of ours, or one that any call may be refused with. */
const ACTIONS: Readonly<Record<string, RefusalAction>> = {
  [NOT_INDEXED]: 'ABSENT',
  [RESHIP_USED]: 'STOP',
  [NOT_SHIPPABLE]: 'STOP',
};
/** Refusals that say: there is nothing left to do. */
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
      // Without an errcode it is no answer of this call: read calls alone may leave it out.
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

/** Null when it is not about this payment. What WeChat has nothing of yet has no `shipping`, or an empty one. */
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
