import { type EntityManager, In } from 'typeorm';
import type { StockLine } from '../catalog/stock.js';
import { DomainError } from '../common/problem/domain-error.js';
import { releaseOrderCouponIfRefunded } from '../coupon/order-coupon.js';
import {
  releaseReturn,
  reserveReturn,
  isShipped,
  isOrderFullyRefunded,
  findOrderWithItems,
  returnableLines,
  restockReturns,
} from '../order/order-returns.js';
import type { Order } from '../order/order.entity.js';
import { decideReturn, type ReturnChoice, type ReturnDecision } from './rules/decide-return.js';
import { RefundItem } from './refund-item.entity.js';
import { Refund } from './refund.entity.js';
import { APPROVED_STATUSES } from './rules/refund-transitions.js';

type RefundReference = Pick<Refund, 'id' | 'refundNo' | 'orderNo' | 'isOverpayment'>;

/**
 * Validates the choice and reserves the named units. Call it in the same transaction, after the refund was decided and
 * added to the order's totals: the order's row is locked then, so that shipments and other refunds wait.
 * @throws DomainError RETURN_NOT_POSSIBLE, RETURN_NEEDS_ITEMS, RETURN_EXCEEDS_ORDER or COUPON_NOT_RETURNABLE; the
 * transaction must not commit then.
 */
export async function reserveReturns(tx: EntityManager, refund: RefundReference, choice: ReturnChoice): Promise<void> {
  const { orderNo } = refund;
  const order = await findOrderWithItems(tx, orderNo);
  const decision = decideReturn(choice, {
    hasNoGoods: refund.isOverpayment || order.status !== 'PAID',
    isShipped: isShipped(order),
    isFull: (await sumApprovedFen(tx, orderNo)) >= order.paidFen,
    hasCoupon: order.userCouponId !== null,
    left: returnableLines(order.items),
  });
  if (decision.kind !== 'ACCEPTED') throw returnError(decision, orderNo);
  for (const line of decision.lines) await reserveReturnOrThrow(tx, order, line);
  await addReturnItems(tx, refund, decision.lines);
}

/** Releases the reserved units of a failed refund. */
export async function releaseReturns(tx: EntityManager, refund: RefundReference): Promise<void> {
  const items = await tx.findBy(RefundItem, { refundId: refund.id });
  if (items.length === 0) return;
  const { id } = await findOrderWithItems(tx, refund.orderNo);
  for (const item of items) await releaseReturn(tx, id, item);
}

/** Reserves the units of a failed refund again when it succeeds after all, as far as they are available. */
export async function reserveReturnsAgain(tx: EntityManager, refund: RefundReference): Promise<void> {
  const items = await tx.findBy(RefundItem, { refundId: refund.id });
  if (items.length === 0) return;
  const order = await findOrderWithItems(tx, refund.orderNo);
  const left = new Map(returnableLines(order.items).map(({ productId, quantity }) => [productId, quantity]));
  for (const { id, productId, quantity: named } of items) {
    const quantity = Math.min(named, left.get(productId) ?? 0);
    if (quantity === 0) await tx.delete(RefundItem, { id });
    else {
      await reserveReturnOrThrow(tx, order, { productId, quantity });
      await tx.update(RefundItem, { id }, { quantity });
    }
  }
}

/** Reserves for this refund the units of the refunds that it replaces, as far as they are available. */
export async function transferReturns(tx: EntityManager, refund: RefundReference, replaced: Refund[]): Promise<void> {
  if (refund.isOverpayment) return;
  for (const { id } of replaced) await addReturnItems(tx, refund, await tx.findBy(RefundItem, { refundId: id }));
  await reserveReturnsAgain(tx, refund);
}

/**
 * Returns goods and coupon of a successful refund. Call it in the same transaction, after the refund was added to the
 * order's totals. Named units return with their own refund. Once the order is fully refunded, the refund that was decided
 * last determines whether the remaining units and the coupon return. By default both do if nothing was shipped.
 * @returns true when the coupon was released.
 */
export async function applyReturns(tx: EntityManager, refund: RefundReference, at: Date): Promise<boolean> {
  const { id, refundNo, orderNo } = refund;
  if (refund.isOverpayment) return false;
  const order = await findOrderWithItems(tx, orderNo);
  if (order.status !== 'PAID') return false;
  const last = isOrderFullyRefunded(order) ? await findLastDecided(tx, orderNo) : null;
  const shipped = isShipped(order);
  if (last?.returnStock === null && !shipped) {
    const rest = returnableLines(order.items);
    for (const line of rest) await reserveReturnOrThrow(tx, order, line);
    await addReturnItems(tx, refund, rest);
  }
  await restockReturns(tx, await tx.findBy(RefundItem, { refundId: id }), { orderNo, refundNo, at });
  return last !== null && (last.returnCoupon ?? !shipped) && releaseOrderCouponIfRefunded(tx, orderNo, at);
}

/** Fen of the order that approved refunds have paid back or will pay back. Undecided refunds do not count. */
async function sumApprovedFen(tx: EntityManager, orderNo: string): Promise<number> {
  return (await tx.sum(Refund, 'amountFen', { orderNo, isOverpayment: false, status: In(APPROVED_STATUSES) })) ?? 0;
}

function findLastDecided(tx: EntityManager, orderNo: string): Promise<Refund | null> {
  const where = { orderNo, isOverpayment: false, status: 'SUCCEEDED' } as const;
  return tx.findOne(Refund, { where, order: { decidedAt: 'DESC', id: 'DESC' } });
}

/** Adds units to the refund's items. */
async function addReturnItems(tx: EntityManager, { id: refundId }: RefundReference, lines: StockLine[]): Promise<void> {
  for (const { productId, quantity } of lines) {
    const { affected } = await tx.increment(RefundItem, { refundId, productId }, 'quantity', quantity);
    if (affected !== 1) await tx.insert(RefundItem, { refundId, productId, quantity });
  }
}

/** The order's row is locked, so the reservation can fail only because of a bug. The transaction must not commit then. */
async function reserveReturnOrThrow(tx: EntityManager, { id, orderNo }: Order, line: StockLine): Promise<void> {
  if (await reserveReturn(tx, id, line)) return;
  throw new DomainError('RETURN_EXCEEDS_ORDER', { params: { orderNo, ...line, left: 0 } });
}

function returnError(refusal: Exclude<ReturnDecision, { kind: 'ACCEPTED' }>, orderNo: string): DomainError {
  switch (refusal.kind) {
    case 'NO_GOODS':
      return new DomainError('RETURN_NOT_POSSIBLE', { params: { orderNo } });
    case 'NEEDS_ITEMS':
      return new DomainError('RETURN_NEEDS_ITEMS', { params: { orderNo } });
    case 'COUPON_NOT_RETURNABLE':
      return new DomainError('COUPON_NOT_RETURNABLE', { params: { orderNo } });
    case 'TOO_MANY': {
      const { productId, quantity, left } = refusal;
      return new DomainError('RETURN_EXCEEDS_ORDER', { params: { orderNo, productId, quantity, left } });
    }
  }
}
