import type { FieldError } from '../common/domain-error.js';
import { sha256 } from '../common/ids.js';
import { validationFailed } from '../common/input.pipe.js';
import { toSingleLine } from '../common/text.js';
import type { OrderItem } from '../order/order-item.entity.js';
import type { LogisticsKind } from '../wechat/wechat-shipping.gateway.js';
import { isCarrierCode, requiresContact } from './carriers.js';

/** Characters that WeChat takes as `item_desc`. */
export const MAX_ITEM_DESC_LENGTH = 120;

/** What is said of a parcel; `null` says nothing, too. */
export interface ParcelInput {
  kind: LogisticsKind;
  /** WeChat's `delivery_id`, such as `SF`, with EXPRESS; with SAME_CITY the name of the service, in any language. */
  carrier?: string | null | undefined;
  trackingNo?: string | null | undefined;
  /** What is in it, at most 120 characters; by default the order's goods. */
  itemDesc?: string | null | undefined;
  /** A telephone number, plain or masked; needed by SF Express. Never stored unmasked. */
  receiverContact?: string | null | undefined;
}

/** A parcel that may be told to WeChat. */
export interface Parcel {
  kind: LogisticsKind;
  carrier: string | null;
  trackingNo: string | null;
  itemDesc: string;
  receiverContact: string | null;
}

/** @throws DomainError VALIDATION_FAILED for what WeChat would refuse. Source: v2.md §10.5. */
export function validateParcel(wish: ParcelInput, items: OrderItem[]): Parcel {
  const errors = parcelErrors(wish);
  if (errors.length > 0) throw validationFailed(errors);
  const { kind, carrier, trackingNo, itemDesc, receiverContact } = wish;
  return {
    kind,
    carrier: carrier ?? null,
    trackingNo: trackingNo ?? null,
    itemDesc: truncate(toSingleLine(itemDesc ?? itemDescriptionOf(items))),
    receiverContact: receiverContact == null ? null : maskContact(receiverContact),
  };
}

function parcelErrors({ kind, carrier, trackingNo, receiverContact }: ParcelInput): FieldError[] {
  const errors: FieldError[] = [];
  const complain = (field: string, message: string): void =>
    void errors.push({ field, message: `${field} ${message}` });
  if (kind === 'EXPRESS') {
    if (carrier == null) complain('carrier', 'is needed with EXPRESS, such as SF');
    else if (!isCarrierCode(carrier)) complain('carrier', "must be WeChat's code with EXPRESS, such as SF");
    if (trackingNo == null) complain('trackingNo', 'is needed with EXPRESS');
  } else if (kind !== 'SAME_CITY') {
    if (carrier != null) complain('carrier', `is not for ${kind}`);
    if (trackingNo != null) complain('trackingNo', `is not for ${kind}`);
  }
  if (receiverContact == null) {
    if (carrier != null && requiresContact(carrier)) complain('receiverContact', `is needed by ${carrier}`);
  } else if (maskContact(receiverContact) === null) {
    complain('receiverContact', 'must be a telephone number, plain or masked, with its last four digits');
  }
  return errors;
}

/**
 * What makes a parcel the same one: its carrier's number. What goes without one goes in one piece, so that the kind is
 * enough.
 */
export function parcelKeyOf({ kind, carrier, trackingNo }: Pick<Parcel, 'kind' | 'carrier' | 'trackingNo'>): string {
  return sha256(JSON.stringify([kind, carrier, trackingNo]));
}

/** `138****8000`: at most the first three and just the last four. Null when it is no telephone number. */
export function maskContact(contact: string): string | null {
  const digits = contact.replaceAll(/[\s-]/g, '');
  if (!/^\+?[\d*]{3,20}\d{4}$/.test(digits)) return null;
  const head = /^\d{3}(?=[\d*]{4,}\d{4}$)/.exec(digits)?.[0] ?? '';
  return `${head}****${digits.slice(-4)}`;
}

/** The goods as WeChat's own examples write them: `龙井茶*2；文具*1`. */
function itemDescriptionOf(items: OrderItem[]): string {
  return items.map(({ name, quantity }) => `${name}*${quantity}`).join('；');
}

/** Whole characters, so that no half of one is left. */
function truncate(text: string): string {
  const characters = [...text];
  return characters.length <= MAX_ITEM_DESC_LENGTH
    ? text
    : `${characters.slice(0, MAX_ITEM_DESC_LENGTH - 1).join('')}…`;
}
