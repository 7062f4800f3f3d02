import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AuditedFields } from '../../audit/audit-actions.js';
import { type Actor, AuditLog } from '../../audit/audit-log.js';
import { Outbox } from '../../outbox/outbox.js';
import type { EventDataOf } from '../../payment/event-log/order-event-types.js';
import { OrderEventLog } from '../../payment/event-log/order-event-log.js';
import type { Shipment } from './shipment.entity.js';

export const UPLOAD_TOPIC = 'shipping-upload';

/** The payload of an outbox entry: which round of which shipment to upload. */
export interface UploadTask {
  orderNo: string;
  shipmentNo: number;
  round: number;
}

/** What was done with a shipment, for the timeline and the audit log. */
export type ShipmentStep = 'SHIPPED' | 'COMPLETED' | 'CORRECTED' | 'RESHIPPED' | 'RETRIED';

/** Records a step with a shipment within its transaction: order event, audit entry, outbox entry. */
@Injectable()
export class ShipmentRecorder {
  constructor(
    private readonly outbox: Outbox,
    private readonly eventLog: OrderEventLog,
    private readonly audit: AuditLog,
  ) {}

  /** @param before the shipment before the step; null when it is new. */
  async recordStep(
    tx: EntityManager,
    { actor, step, before, after }: { actor: Actor; step: ShipmentStep; before: Shipment | null; after: Shipment },
  ): Promise<void> {
    const { orderNo, shipmentNo, state } = after;
    const data = { ...shipmentDataOf(after), actor: actor.username };
    await this.eventLog.write(tx, { type: 'SHIPMENT', result: step, orderNo, data });
    const action = AUDIT_ACTIONS[step];
    await this.audit.write(tx, {
      actor,
      action,
      subject: orderNo,
      before: before && auditedFieldsOf(before),
      after: auditedFieldsOf(after),
    });
    if (state !== 'WAITING') return;
    const task: UploadTask = { orderNo, shipmentNo, round: after.round };
    if (before) await this.outbox.dropNeedingAttention(tx, entryKeyOf(before));
    await this.outbox.write(tx, { topic: UPLOAD_TOPIC, entryKey: entryKeyOf(after), subject: orderNo, payload: task });
  }
}

const AUDIT_ACTIONS: Readonly<Record<ShipmentStep, 'order.ship' | 'shipment.retry' | 'shipment.reship'>> = {
  SHIPPED: 'order.ship',
  COMPLETED: 'order.ship',
  CORRECTED: 'shipment.retry',
  RESHIPPED: 'shipment.reship',
  RETRIED: 'shipment.retry',
};

function entryKeyOf({ orderNo, shipmentNo, round }: UploadTask): string {
  return `${UPLOAD_TOPIC}:${orderNo}:${shipmentNo}:${round}`;
}

function auditedFieldsOf(parcel: Shipment): AuditedFields<'order.ship'> {
  const { shipmentNo, kind, carrier, trackingNo, itemDesc, isLast, state } = parcel;
  return { shipmentNo, kind, carrier, trackingNo, itemDesc, isLast, state };
}

function shipmentDataOf({ shipmentNo, isLast, kind, carrier, trackingNo }: Shipment): EventDataOf<'SHIPMENT'> {
  return { shipmentNo, isLast, kind, carrier, trackingNo };
}
