import { DomainError } from '../../common/problem/domain-error.js';
import { describeOrder } from '../../order/describe-order.js';
import type { Order } from '../../order/order.entity.js';
import { metadataOf } from '../../order/payment-order.view.js';
import { TRADE_TYPES } from '../../wechat/pay/payment-types.js';
import type { CreatePaymentOrderBody } from './payment-order.dto.js';

const MAX_DESCRIPTION_LENGTH = 200;

/** The description of an order that is created without one, cut to the length of the column. */
export function defaultDescriptionOf(
  { merchantOrderNo, lines = [] }: { merchantOrderNo: string; lines?: readonly { name: string }[] | undefined },
  shopName: string,
): string {
  const text = describeOrder(shopName, lines.length > 0 ? lines : [{ name: `订单${merchantOrderNo}` }]);
  return [...text].slice(0, MAX_DESCRIPTION_LENGTH).join('').trim();
}

/** The stored form of the allowed trade types; null for all of them. */
export function storedTradeTypes({ allowedTradeTypes }: CreatePaymentOrderBody): string | null {
  const allowed = TRADE_TYPES.filter((tradeType) => allowedTradeTypes?.includes(tradeType) ?? true);
  return allowed.length === TRADE_TYPES.length ? null : allowed.join(' ');
}

/** What the body asks to pay, in fen. */
export function amountFenOf({ amountFen, lines = [] }: CreatePaymentOrderBody): number {
  return amountFen ?? lines.reduce((sum, { unitFen, quantity }) => sum + unitFen * quantity, 0);
}

/**
 * Compares a repetition with the facts as the order was created: a payer that a pay call has named is none of them.
 * @param shopAppId the shop's own app, which an order without `appId` is paid in.
 * @throws DomainError MERCHANT_ORDER_NO_TAKEN with the fields that differ.
 */
export function assertSameFacts(order: Order, body: CreatePaymentOrderBody, shopAppId: string): void {
  const { orderNo, merchantOrderNo } = order;
  const differing = Object.entries(comparisonsOf(order, body, shopAppId)).flatMap(([field, isSame]) =>
    isSame ? [] : [field],
  );
  if (differing.length === 0) return;
  throw new DomainError('MERCHANT_ORDER_NO_TAKEN', {
    params: { orderNo, merchantOrderNo: merchantOrderNo ?? '', fields: differing.join(', ') },
    errors: differing.map((field) => ({ field, message: `${field} differs from the existing order` })),
  });
}

function comparisonsOf(order: Order, body: CreatePaymentOrderBody, shopAppId: string): Record<string, boolean> {
  const { latePayment = null, shipping = 'none', metadata = {} } = body;
  return {
    amountFen: body.amountFen === undefined || body.amountFen === order.payableFen,
    lines: JSON.stringify(linesOf(order.items)) === JSON.stringify(linesOf(body.lines ?? [])),
    description: isSameDescription(order, body),
    appId: isSameApp(order.appId, body.appId ?? null, shopAppId),
    payer: isSamePayer(order, body),
    allowedTradeTypes: order.allowedTradeTypes === storedTradeTypes(body),
    metadata: canonicalJson(metadataOf(order)) === canonicalJson(metadata),
    latePayment: order.latePaymentPolicy === latePayment,
    shipping: order.needsShipping === (shipping === 'required'),
  };
}

function linesOf(lines: readonly { name: string; unitFen: number; quantity: number }[]): unknown[] {
  return lines.map(({ name, unitFen, quantity }) => [name, unitFen, quantity]);
}

/** The default contains the shop's name, which may have changed since. */
function isSameDescription(order: Order, body: CreatePaymentOrderBody): boolean {
  const stored = order.description ?? '';
  if (body.description !== undefined) return stored === body.description;
  return stored.endsWith(defaultDescriptionOf({ ...body, lines: order.items }, ''));
}

/** The first comparison also holds when the shop's own app has changed since. */
function isSameApp(known: string | null, named: string | null, shopAppId: string): boolean {
  return known === named || (known ?? shopAppId) === (named ?? shopAppId);
}

/** A code works once, so a repetition with one names the payer that the first call named. */
function isSamePayer({ payerSource, payerOpenid }: Order, { payer }: CreatePaymentOrderBody): boolean {
  const isNamedAtCreation = payerSource === 'OPENID' || payerSource === 'CODE';
  if (payer === undefined || !isNamedAtCreation) return payer === undefined && !isNamedAtCreation;
  return payer.openid === undefined || payer.openid === payerOpenid;
}

function canonicalJson(texts: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(texts).toSorted(([one], [another]) => (one < another ? -1 : 1)));
}
