import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AuditedFields } from '../audit/audit-actions.js';
import { type Actor, AuditLog } from '../audit/audit-log.js';
import { Outbox } from '../outbox/outbox.js';
import type { FactsOf } from '../payment/event-facts.js';
import { PaymentJournal } from '../payment/payment-journal.js';
import type { Shipment } from './shipment.entity.js';

export const UPLOAD_TOPIC = 'shipping-upload';

/** Which telling of which parcel: what an outbox entry carries. */
export interface UploadTask {
  orderNo: string;
  shipmentNo: number;
  round: number;
}

/** What was done with a parcel, for the time line and the audit log. */
export type ShippingStep = 'SHIPPED' | 'COMPLETED' | 'CORRECTED' | 'RESHIPPED' | 'RETRIED';

/** Writes what follows from a step with a parcel, within its transaction: the line in the journal, the audit, the outbox. */
@Injectable()
export class ShippingBook {
  constructor(
    private readonly outbox: Outbox,
    private readonly journal: PaymentJournal,
    private readonly audit: AuditLog,
  ) {}

  /** @param before the parcel as it was; null when there was none. */
  async write(
    tx: EntityManager,
    { actor, step, before, after }: { actor: Actor; step: ShippingStep; before: Shipment | null; after: Shipment },
  ): Promise<void> {
    const { orderNo, shipmentNo, state } = after;
    const facts = { ...factsOf(after), actor: actor.username };
    await this.journal.write(tx, { type: 'SHIPMENT', result: step, orderNo, facts });
    const action = ACTIONS[step];
    await this.audit.write(tx, {
      ...{ actor, action, subject: orderNo },
      ...{ before: before && auditedPart(before), after: auditedPart(after) },
    });
    if (state !== 'WAITING') return;
    const task: UploadTask = { orderNo, shipmentNo, round: after.round };
    if (before) await this.outbox.withdrawStuck(tx, entryKeyOf(before));
    await this.outbox.write(tx, { topic: UPLOAD_TOPIC, entryKey: entryKeyOf(after), subject: orderNo, payload: task });
  }
}

const ACTIONS: Readonly<Record<ShippingStep, 'order.ship' | 'shipment.retry' | 'shipment.reship'>> = {
  SHIPPED: 'order.ship',
  COMPLETED: 'order.ship',
  CORRECTED: 'shipment.retry',
  RESHIPPED: 'shipment.reship',
  RETRIED: 'shipment.retry',
};

function entryKeyOf({ orderNo, shipmentNo, round }: UploadTask): string {
  return `${UPLOAD_TOPIC}:${orderNo}:${shipmentNo}:${round}`;
}

function auditedPart(parcel: Shipment): AuditedFields<'order.ship'> {
  const { shipmentNo, kind, carrier, trackingNo, itemDesc, isLast, state } = parcel;
  return { shipmentNo, kind, carrier, trackingNo, itemDesc, isLast, state };
}

function factsOf({ shipmentNo, isLast, kind, carrier, trackingNo }: Shipment): FactsOf<'SHIPMENT'> {
  return { shipmentNo, isLast, kind, carrier, trackingNo };
}
