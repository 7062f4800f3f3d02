import type { FieldError } from '../../common/problem/domain-error.js';
import { sha256 } from '../../common/ids.js';
import { validationFailed } from '../../common/validation/input.pipe.js';
import { toSingleLine } from '../../common/text.js';
import type { Order } from '../../order/order.entity.js';
import type { LogisticsKind } from '../../wechat/mini-program/wechat-shipping.client.js';
import { isCarrierCode, requiresContact } from './carriers.js';

/** WeChat's limit for `item_desc`, in characters. */
export const MAX_ITEM_DESC_LENGTH = 120;

/** The input for a shipment; `null` counts as absent. */
export interface ParcelInput {
  kind: LogisticsKind;
  /** WeChat's `delivery_id`, such as `SF`, for EXPRESS. For SAME_CITY the name of the service, in any language. */
  carrier?: string | null | undefined;
  trackingNo?: string | null | undefined;
  /** The content, at most 120 characters; by default the order's items. */
  itemDesc?: string | null | undefined;
  /** A phone number, plain or masked; required by SF Express. Never stored unmasked. */
  receiverContact?: string | null | undefined;
}

/** What the default content of a shipment is composed from. */
type ShippedOrder = Pick<Order, 'items' | 'description'>;

/** A validated shipment that can be reported to WeChat. */
export interface Parcel {
  kind: LogisticsKind;
  carrier: string | null;
  trackingNo: string | null;
  itemDesc: string;
  receiverContact: string | null;
}

/**
 * @throws DomainError VALIDATION_FAILED for input that WeChat would refuse. Source: docs/wechat-protocol.md, v2 §10.5.
 */
export function validateParcel(input: ParcelInput, order: ShippedOrder): Parcel {
  const errors = parcelErrors(input);
  if (errors.length > 0) throw validationFailed(errors);
  const { kind, carrier, trackingNo, itemDesc, receiverContact } = input;
  return {
    kind,
    carrier: carrier ?? null,
    trackingNo: trackingNo ?? null,
    itemDesc: truncate(toSingleLine(itemDesc ?? itemDescriptionOf(order))),
    receiverContact: receiverContact == null ? null : maskContact(receiverContact),
  };
}

function parcelErrors({ kind, carrier, trackingNo, receiverContact }: ParcelInput): FieldError[] {
  const errors: FieldError[] = [];
  const addError = (field: string, message: string): void =>
    void errors.push({ field, message: `${field} ${message}` });
  if (kind === 'EXPRESS') {
    if (carrier == null) addError('carrier', 'is required with EXPRESS, such as SF');
    else if (!isCarrierCode(carrier)) addError('carrier', "must be WeChat's code with EXPRESS, such as SF");
    if (trackingNo == null) addError('trackingNo', 'is required with EXPRESS');
  } else if (kind !== 'SAME_CITY') {
    if (carrier != null) addError('carrier', `is not allowed with ${kind}`);
    if (trackingNo != null) addError('trackingNo', `is not allowed with ${kind}`);
  }
  if (receiverContact == null) {
    if (carrier != null && requiresContact(carrier)) addError('receiverContact', `is required by ${carrier}`);
  } else if (maskContact(receiverContact) === null) {
    addError('receiverContact', 'must be a phone number, plain or masked, with its last four digits');
  }
  return errors;
}

/**
 * Identifies a shipment by its carrier and tracking number. Without a tracking number the order is one shipment, so its
 * kind is enough.
 */
export function parcelKeyOf({ kind, carrier, trackingNo }: Pick<Parcel, 'kind' | 'carrier' | 'trackingNo'>): string {
  return sha256(JSON.stringify([kind, carrier, trackingNo]));
}

/**
 * `138****8000`: at most the first three and exactly the last four digits. Null when the text is not a phone number.
 */
export function maskContact(contact: string): string | null {
  const digits = contact.replaceAll(/[\s-]/g, '');
  if (!/^\+?[\d*]{3,20}\d{4}$/.test(digits)) return null;
  const head = /^\d{3}(?=[\d*]{4,}\d{4}$)/.exec(digits)?.[0] ?? '';
  return `${head}****${digits.slice(-4)}`;
}

/** The items in the format of WeChat's examples: `龙井茶*2；文具*1`. A payment order of an amount alone has only a description. */
function itemDescriptionOf({ items, description }: ShippedOrder): string {
  if (items.length === 0) return description ?? '';
  return items.map(({ name, quantity }) => `${name}*${quantity}`).join('；');
}

/** Truncates by whole characters. */
function truncate(text: string): string {
  const characters = [...text];
  return characters.length <= MAX_ITEM_DESC_LENGTH
    ? text
    : `${characters.slice(0, MAX_ITEM_DESC_LENGTH - 1).join('')}…`;
}
