import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/time/clock.js';
import { newId } from '../common/ids.js';
import { findColumns, findRow, incrementRows, insertRow } from '../database/rows.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Order } from '../order/order.entity.js';
import { OrderItem } from '../order/order-item.entity.js';
import { keptOrder, ORDER_VIEWS_COLUMNS, type ViewedOrder } from '../order/order-snapshot.js';
import { ORDER_ITEM_VIEW_COLUMNS } from '../order/order.view.js';
import {
  notedChanges,
  type NotedOrderChanges,
  type RefundChange,
  type ShipmentChange,
} from '../outbox/changes/note-change.js';
import { Refund } from '../refund/refund.entity.js';
import { Shipment } from '../shipping/shipment/shipment.entity.js';
import { Event } from './event.entity.js';
import { orderEventData, refundEventData, shipmentEventData } from './event-data.js';
import { type EventType, REFUND_EVENT_TYPES } from './event-types.js';

/** A new event, before it has an id. */
export interface NewEvent {
  type: EventType;
  /** The order's number, for orders, refunds and shipments. */
  subject: string;
  data: object;
}

/**
 * Writes the events about the changes that a transaction has noted, at its end: the version of each changed order, refund and
 * shipment grows by one, and `data` is the resource as it is committed.
 */
@Injectable()
export class EventRecorder {
  /** The open transactions that have written an event. */
  private readonly writers = new WeakSet<EntityManager>();
  private onCommitted: () => void = () => undefined;

  constructor(
    private readonly clock: Clock,
    unitOfWork: UnitOfWork,
  ) {
    unitOfWork.setBeforeCommit((tx) => this.recordChanges(tx));
    unitOfWork.setAfterCommit((tx) => {
      if (this.writers.delete(tx)) this.onCommitted();
    });
  }

  /** Sets what is called after each commit with events in this process. It must not throw or wait. */
  setOnCommitted(callback: () => void): void {
    this.onCommitted = callback;
  }

  /** Writes one event in the caller's transaction. */
  async write(tx: EntityManager, { type, subject, data }: NewEvent): Promise<Event> {
    const event = {
      eventId: `evt_${newId()}`,
      position: null,
      type,
      subject,
      data: JSON.stringify(data),
      createdAt: this.clock.now(),
    };
    await insertRow(tx, Event, event);
    this.writers.add(tx);
    return Object.assign(new Event(), event);
  }

  private async recordChanges(tx: EntityManager): Promise<void> {
    const notes = notedChanges(tx);
    if (notes === null) return;
    for (const [orderNo, noted] of notes.orders) await this.recordOrder(tx, orderNo, noted);
    for (const [refundNo, change] of notes.refunds) await this.recordRefund(tx, refundNo, change);
    for (const { orderNo, shipmentNo, changes } of notes.shipments.values())
      await this.recordShipment(tx, { orderNo, shipmentNo }, changes);
  }

  private async recordOrder(
    tx: EntityManager,
    orderNo: string,
    { changes, version }: NotedOrderChanges,
  ): Promise<void> {
    if (version === 'NEEDS_NEW_VERSION') await incrementRows(tx, Order, { orderNo }, 'version');
    // Another change in the same transaction came after the one that kept the order.
    const kept = changes.size === 1 && version === 'HAS_NEW_VERSION' ? keptOrder(tx, orderNo) : undefined;
    const order = kept ?? (await findViewedOrder(tx, orderNo));
    if (order === null) return;
    const data = orderEventData(order);
    for (const type of specificOf(changes, 'order.updated')) await this.write(tx, { type, subject: orderNo, data });
  }

  private async recordRefund(tx: EntityManager, refundNo: string, change: RefundChange): Promise<void> {
    if (change !== 'CREATED') await incrementRows(tx, Refund, { refundNo }, 'version');
    const refund = await tx.findOneByOrFail(Refund, { refundNo });
    const type = change === 'UPDATED' ? 'refund.updated' : REFUND_EVENT_TYPES[refund.status];
    await this.write(tx, { type, subject: refund.orderNo, data: refundEventData(refund) });
  }

  private async recordShipment(
    tx: EntityManager,
    shipmentKey: { orderNo: string; shipmentNo: number },
    changes: Set<ShipmentChange>,
  ): Promise<void> {
    if (!changes.has('shipment.created')) await incrementRows(tx, Shipment, shipmentKey, 'version');
    const data = shipmentEventData(await tx.findOneByOrFail(Shipment, shipmentKey));
    for (const type of specificOf(changes, 'shipment.updated'))
      await this.write(tx, { type, subject: shipmentKey.orderNo, data });
  }
}

async function findViewedOrder(tx: EntityManager, orderNo: string): Promise<ViewedOrder | null> {
  const order = await findRow(tx, Order, ORDER_VIEWS_COLUMNS, { orderNo });
  if (order === null) return null;
  const where = { orderId: order.id };
  return { ...order, items: await findColumns(tx, OrderItem, ORDER_ITEM_VIEW_COLUMNS, where, { orderBy: ['id'] }) };
}

/** The changes with an event of their own; `general` only when there is none. */
function specificOf<Change>(changes: Set<Change>, general: Change): Change[] {
  const specific = [...changes].filter((change) => change !== general);
  return specific.length > 0 ? specific : [general];
}
