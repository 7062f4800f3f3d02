import { type EntityManager, LessThanOrEqual, MoreThan, type SelectQueryBuilder } from 'typeorm';
import { Order } from '../order/order.entity.js';
import { OrderEvent } from '../payment/event-log/order-event.entity.js';
import { Shipment } from './shipment/shipment.entity.js';

/** WeChat requires shipping within this time after the payment. Source: docs/wechat-protocol.md, v2 §10.5. */
const SHIP_WITHIN_MS = 48 * 3_600_000;
/** Earlier than any stored date: with `>` an index finds the non-null rows on both databases. */
const EPOCH = new Date(0);

const WARNING_VISIBLE_MS = 7 * 86_400_000;

/** Counts of paid orders that are not completely shipped, and of refused uploads. */
export interface UnshippedCounts {
  count: number;
  /** Those of them whose 48 hours are over. */
  overdueCount: number;
  /** Shipments whose upload WeChat refuses. */
  stuckUploads: number;
}

export interface UnshippedOrders {
  /** The most urgent ones first. */
  first: { orderNo: string; shipBy: Date }[];
  /** The orders of these shipments. */
  stuck: { orderNo: string }[];
}

/** The deadline for shipping; null when there is nothing to ship. */
export function shipDeadlineOf({ toShipSince }: Pick<Order, 'toShipSince'>): Date | null {
  return toShipSince && shipByFrom(toShipSince);
}

function shipByFrom(paidAt: Date): Date {
  return new Date(paidAt.getTime() + SHIP_WITHIN_MS);
}

/**
 * When WeChat last warned the mini-program as a whole; null when that is more than a week ago. Uses the index on the event
 * results.
 */
export async function lastShippingWarningAt(manager: EntityManager, now: Date): Promise<Date | null> {
  const where = ['UPLOAD_REQUIRED', 'TRADE_RESTRICTED'].map((result) => ({ type: 'SHIPPING_NOTICE' as const, result }));
  const warning = await manager.findOne(OrderEvent, { select: { id: true, at: true }, where, order: { id: 'DESC' } });
  return warning && now.getTime() - warning.at.getTime() < WARNING_VISIBLE_MS ? warning.at : null;
}

/** The cost depends on the unshipped orders, not on all orders. */
export async function countUnshipped(manager: EntityManager, now: Date): Promise<UnshippedCounts> {
  const dueSince = new Date(now.getTime() - SHIP_WITHIN_MS);
  return {
    count: await manager.countBy(Order, { toShipSince: MoreThan(EPOCH) }),
    overdueCount: await manager.countBy(Order, { toShipSince: LessThanOrEqual(dueSince) }),
    stuckUploads: await shipmentsNeedingAttention(manager).getCount(),
  };
}

/** Omits fully refunded orders, because their shipments need no action. */
function shipmentsNeedingAttention(manager: EntityManager): SelectQueryBuilder<Shipment> {
  return manager
    .createQueryBuilder(Shipment, 'shipment')
    .innerJoin(Order, 'orders', 'orders.orderNo = shipment.orderNo')
    .where("shipment.state = 'NEEDS_ATTENTION'")
    .andWhere("orders.refundStatus != 'FULL'");
}

/** @param most the maximum number of each. */
export async function findFirstUnshipped(manager: EntityManager, most: number): Promise<UnshippedOrders> {
  const open = await manager.find(Order, {
    select: { id: true, orderNo: true, toShipSince: true },
    where: { toShipSince: MoreThan(EPOCH) },
    order: { toShipSince: 'ASC' },
    take: most,
  });
  const stuck = await shipmentsNeedingAttention(manager).orderBy('shipment.id').limit(most).getMany();
  return {
    first: open.flatMap(({ orderNo, toShipSince }) =>
      toShipSince ? { orderNo, shipBy: shipByFrom(toShipSince) } : [],
    ),
    stuck: stuck.map(({ orderNo }) => ({ orderNo })),
  };
}
