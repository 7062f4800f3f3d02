import { JsonBody } from '../platform/platform-request-handler.js';

/** The errcodes of WeChat's shipping management. `platform-failure-factory.ts` has their texts. Source: uploadShippingInfo. */
export const ERRCODE = {
  RESHIP_USED: 10060003,
  NOT_SHIPPABLE: 10060004,
  UNKNOWN_LOGISTICS_TYPE: 10060005,
  SPLIT_WITHOUT_EXPRESS: 10060006,
  IS_ALL_DELIVERED_MISSING: 10060007,
  ITEM_DESC_EMPTY: 10060008,
  ITEM_DESC_TOO_LONG: 10060009,
  NOT_CONFIRMABLE: 10060010,
  CONFIRMATION_ASKED_BEFORE: 10060015,
  UNCHANGED: 10060023,
  TOO_MANY_PARCELS: 10060024,
  OTHER_PAYER: 10060031,
  TRACKING_NO_EMPTY: 268485226,
  EXPRESS_COMPANY_EMPTY: 268485227,
  UNIFIED_WITH_SEVERAL_PARCELS: 268485228,
  MALFORMED_BODY: 47001,
  INVALID_ARGUMENT: 40097,
} as const;

/** `logistics_type`. */
export const EXPRESS = 1;
/** `delivery_mode`. */
const [UNIFIED, SPLIT] = [1, 2];

/** One entry of `shipping_list`, as WeChat stores it. */
export interface StoredParcel {
  readonly tracking_no: string;
  readonly express_company: string;
  readonly goods_desc: string;
  /** Unix time in seconds. */
  readonly upload_time: number;
  readonly contact: Readonly<Record<string, string>>;
}

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
  if (!Array.isArray(list)) return ERRCODE.MALFORMED_BODY;
  if (!isOneOf(logisticsType, [1, 2, 3, 4])) return ERRCODE.UNKNOWN_LOGISTICS_TYPE;
  if (!isOneOf(deliveryMode, [UNIFIED, SPLIT])) return ERRCODE.INVALID_ARGUMENT;
  if (deliveryMode === SPLIT && logisticsType !== EXPRESS) return ERRCODE.SPLIT_WITHOUT_EXPRESS;
  const isAllDelivered = deliveryMode === UNIFIED ? true : body['is_all_delivered'];
  if (typeof isAllDelivered !== 'boolean') return ERRCODE.IS_ALL_DELIVERED_MISSING;
  if (deliveryMode === UNIFIED && list.length !== 1) return ERRCODE.UNIFIED_WITH_SEVERAL_PARCELS;
  if (list.length === 0 || list.length > MAX_PARCELS) return ERRCODE.TOO_MANY_PARCELS;
  const uploadTime = instantOf(body['upload_time']);
  if (uploadTime === undefined) return ERRCODE.INVALID_ARGUMENT;
  const openid = isObject(payer) ? payer['openid'] : undefined;
  if (typeof openid !== 'string') return ERRCODE.INVALID_ARGUMENT;
  const parcels = (list as unknown[]).map((entry) => parcelOf(entry, logisticsType, uploadTime));
  const errcode = parcels.find((parcel) => typeof parcel === 'number');
  if (errcode !== undefined) return errcode;
  const good = parcels.filter((parcel) => typeof parcel !== 'number');
  return { logisticsType, deliveryMode, isAllDelivered, parcels: good, uploadTime, openid };
}

function parcelOf(entry: unknown, logisticsType: number, uploadTime: Date): StoredParcel | number {
  if (!isObject(entry)) return ERRCODE.MALFORMED_BODY;
  const { tracking_no: number = '', express_company: company = '', item_desc: desc = '', contact = {} } = entry;
  if (!isText(number) || !isText(company) || typeof desc !== 'string' || !isObject(contact))
    return ERRCODE.INVALID_ARGUMENT;
  if (logisticsType === EXPRESS && number === '') return ERRCODE.TRACKING_NO_EMPTY;
  if (logisticsType === EXPRESS && company === '') return ERRCODE.EXPRESS_COMPANY_EMPTY;
  if (desc === '') return ERRCODE.ITEM_DESC_EMPTY;
  if ([...desc].length > MAX_DESC_CHARACTERS) return ERRCODE.ITEM_DESC_TOO_LONG;
  const contacts = Object.entries(contact);
  if (!contacts.every(([, value]) => typeof value === 'string' && MASKED_PHONE.test(value)))
    return ERRCODE.INVALID_ARGUMENT;
  // SF requires the last digits of a phone number to track a shipment.
  if (logisticsType === EXPRESS && company === 'SF' && contacts.length === 0) return ERRCODE.INVALID_ARGUMENT;
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
