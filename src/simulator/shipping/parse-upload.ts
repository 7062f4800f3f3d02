import { JsonBody } from '../platform/json-body.js';
import { EXPRESS, SPLIT, StoredParcel, UNIFIED } from './shipping-record.js';

/** A valid upload of shipping information. */
export interface ShippingUpload {
  readonly logisticsType: number;
  readonly deliveryMode: number;
  /** Always true for a unified delivery. */
  readonly isAllDelivered: boolean;
  readonly parcels: readonly StoredParcel[];
  readonly uploadTime: Date;
  readonly openid: string;
}

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;
const MASKED_PHONE = /^[^\d]*\d{0,3}\*{2,}\d{4}$/;
const MAX_PARCELS = 15;
const MAX_DESC_CHARACTERS = 120;
const MAX_TEXT_CHARACTERS = 128;

/** Returns the upload, or the errcode that refuses it. Source: uploadShippingInfo. */
export function parseUpload(body: JsonBody): ShippingUpload | number {
  const { logistics_type: logisticsType, delivery_mode: deliveryMode, shipping_list: list, payer } = body;
  if (!Array.isArray(list)) return 47001;
  if (!isOneOf(logisticsType, [1, 2, 3, 4])) return 10060005;
  if (!isOneOf(deliveryMode, [UNIFIED, SPLIT])) return 40097;
  if (deliveryMode === SPLIT && logisticsType !== EXPRESS) return 10060006;
  const isAllDelivered = deliveryMode === UNIFIED ? true : body['is_all_delivered'];
  if (typeof isAllDelivered !== 'boolean') return 10060007;
  if (deliveryMode === UNIFIED && list.length !== 1) return 268485228;
  if (list.length === 0 || list.length > MAX_PARCELS) return 10060024;
  const uploadTime = instantOf(body['upload_time']);
  if (uploadTime === undefined) return 40097;
  const openid = isObject(payer) ? payer['openid'] : undefined;
  if (typeof openid !== 'string') return 40097;
  const parcels = (list as unknown[]).map((entry) => parcelOf(entry, logisticsType, uploadTime));
  const errcode = parcels.find((parcel) => typeof parcel === 'number');
  if (errcode !== undefined) return errcode;
  const good = parcels.filter((parcel) => typeof parcel !== 'number');
  return { logisticsType, deliveryMode, isAllDelivered, parcels: good, uploadTime, openid };
}

function parcelOf(entry: unknown, logisticsType: number, uploadTime: Date): StoredParcel | number {
  if (!isObject(entry)) return 47001;
  const { tracking_no: number = '', express_company: company = '', item_desc: desc = '', contact = {} } = entry;
  if (!isText(number) || !isText(company) || typeof desc !== 'string' || !isObject(contact)) return 40097;
  if (logisticsType === EXPRESS && number === '') return 268485226;
  if (logisticsType === EXPRESS && company === '') return 268485227;
  if (desc === '') return 10060008;
  if ([...desc].length > MAX_DESC_CHARACTERS) return 10060009;
  const contacts = Object.entries(contact);
  if (!contacts.every(([, value]) => typeof value === 'string' && MASKED_PHONE.test(value))) return 40097;
  // SF requires the last digits of a phone number to track a parcel.
  if (logisticsType === EXPRESS && company === 'SF' && contacts.length === 0) return 40097;
  return {
    tracking_no: number,
    express_company: company,
    goods_desc: desc,
    upload_time: Math.floor(uploadTime.getTime() / 1000),
    contact: Object.fromEntries(contacts.map(([name, value]) => [name, String(value)])),
  };
}

function instantOf(value: unknown): Date | undefined {
  if (typeof value !== 'string' || !RFC_3339.test(value)) return undefined;
  const instant = new Date(value);
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}

function isOneOf(value: unknown, allowed: readonly number[]): value is number {
  return allowed.some((one) => one === value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_TEXT_CHARACTERS;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
