import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../audit/audit-log.js';
import { Clock } from '../common/clock.js';
import { DomainError } from '../common/domain-error.js';
import { validationFailed } from '../common/input.pipe.js';
import { Settings } from '../config/settings.js';
import { isUniqueViolation } from '../database/database-errors.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { addParcel, endShipping } from '../order/order-moves.js';
import { Order } from '../order/order.entity.js';
import { validateParcel, parcelKeyOf, type Parcel, type ParcelInput } from './parcel.js';
import { requiresShippingUpload, getShippablePayment } from './shippable.js';
import { Shipment } from './shipment.entity.js';
import { ShipmentRecorder } from './shipment-recorder.js';

/** A parcel to report. */
export interface ShipInput extends ParcelInput {
  /** False while more parcels follow, with EXPRESS only; true by default. */
  isLast?: boolean | null | undefined;
}

/** `isNew` is false when the parcel was reported before. */
export interface ShipResult {
  shipment: Shipment;
  isNew: boolean;
}

/** Another transaction has changed the order since it was read. */
class OrderChangedConcurrently extends Error {}
/** Enough for fifteen parcels reported at once, each losing to all others. */
const MAX_ATTEMPTS = 20;

/** Records the parcels that staff or the shop's own server report. The outbox uploads them to WeChat. */
@Injectable()
export class ShippingService {
  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly recorder: ShipmentRecorder,
  ) {}

  /**
   * Reports one parcel of a paid order. Parcel, outbox entry and audit entry are one transaction; the upload to WeChat
   * follows at the next tick.
   * Safe to repeat and to call concurrently: the same parcel (carrier and tracking number, or the kind without one) is
   * stored once, with its first report. Reporting it again with `isLast` when it was not last completes the shipping.
   * @throws DomainError ORDER_NOT_FOUND, ORDER_NOT_SHIPPABLE, VALIDATION_FAILED or ORDER_BUSY.
   */
  async ship(actor: Actor, orderNo: string, input: ShipInput): Promise<ShipResult> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.unitOfWork.run((tx) => this.shipOnce(tx, actor, orderNo, input));
      } catch (error) {
        if (!(error instanceof OrderChangedConcurrently) && !isUniqueViolation(error)) throw error;
        if (attempt === MAX_ATTEMPTS) throw new DomainError('ORDER_BUSY', { params: { orderNo }, cause: error });
      }
    }
  }

  private async shipOnce(tx: EntityManager, actor: Actor, orderNo: string, input: ShipInput): Promise<ShipResult> {
    const order = await tx.findOne(Order, { where: { orderNo }, relations: { items: true } });
    if (!order) throw new DomainError('ORDER_NOT_FOUND', { params: { orderNo } });
    const isLast = input.isLast ?? true;
    const parcel = validateParcel(input, order.items);
    const known = await tx.findOneBy(Shipment, { orderNo, parcelKey: parcelKeyOf(parcel) });
    if (known) return this.repeatShipment(tx, { actor, order, known, isLast });
    const payment = await getShippablePayment(tx, order);
    this.checkSplit(order, parcel, isLast);
    const now = this.clock.now();
    const shipmentNo = order.shipmentCount + 1;
    const shippedAt = isLast ? now : null;
    if (!(await addParcel(tx, orderNo, { shipmentNo, shippedAt }))) throw new OrderChangedConcurrently();
    // The order's row is locked now. A full refund decided since the first check must stop the parcel.
    await getShippablePayment(tx, order);
    const shipment = tx.create(Shipment, {
      ...{ orderNo, shipmentNo, parcelKey: parcelKeyOf(parcel), ...parcel, isLast },
      ...{
        isSplit: shipmentNo > 1 || !isLast,
        isReship: false,
        state: requiresShippingUpload(this.settings, payment) ? 'WAITING' : 'KEPT',
        round: 1,
      },
      ...{ sendCount: 0, isUnsure: false, uploadTime: null, errorCode: null, errorMessage: null },
      ...{ actorId: actor.id, actorUsername: actor.username, shippedAt: now, uploadedAt: null },
    });
    await tx.insert(Shipment, shipment);
    await this.recorder.record(tx, { actor, step: 'SHIPPED', before: null, after: shipment });
    return { shipment, isNew: true };
  }

  /** Handles a parcel that was reported before: nothing changes, except that it may become the last one. */
  private async repeatShipment(
    tx: EntityManager,
    { actor, order, known, isLast }: { actor: Actor; order: Order; known: Shipment; isLast: boolean },
  ): Promise<ShipResult> {
    if (!isLast || known.isLast || order.shippedAt !== null) return { shipment: known, isNew: false };
    await getShippablePayment(tx, { ...order, shipmentCount: 0 });
    const { id, orderNo, round, state } = known;
    if (!(await endShipping(tx, orderNo, this.clock.now()))) throw new OrderChangedConcurrently();
    const facts = {
      ...{ isLast: true, round: round + 1, state: state === 'KEPT' ? state : ('WAITING' as const) },
      ...{ errorCode: null, errorMessage: null },
    };
    const { affected } = await tx.update(Shipment, { id, round }, facts);
    if (affected !== 1) throw new OrderChangedConcurrently();
    const after = { ...known, ...facts };
    await this.recorder.record(tx, { actor, step: 'COMPLETED', before: known, after });
    return { shipment: after, isNew: false };
  }

  /** WeChat splits only EXPRESS (10060006), and counts a change of the kind as a re-ship. */
  private checkSplit(order: Order, { kind }: Parcel, isLast: boolean): void {
    if (kind === 'EXPRESS') return;
    if (!isLast) throw validationFailed([{ field: 'isLast', message: 'isLast may be false with EXPRESS only' }]);
    if (order.shipmentCount > 0) {
      const message = 'kind must be EXPRESS: the order already has a parcel by express';
      throw validationFailed([{ field: 'kind', message }]);
    }
  }
}
