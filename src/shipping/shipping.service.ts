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

/** A parcel that leaves. */
export interface ShipInput extends ParcelInput {
  /** False while more parcels follow, which is for EXPRESS alone; true by default. */
  isLast?: boolean | null | undefined;
}

/** `isNew` is false when the parcel had been reported before. */
export interface ShipResult {
  shipment: Shipment;
  isNew: boolean;
}

/** Somebody else has changed the order since it was read. */
class OrderChangedConcurrently extends Error {}
/** Fifteen parcels reported at once, each losing to all others. */
const MAX_ATTEMPTS = 20;

/** What staff, and the shop's own server, report of goods that leave; WeChat is told of it by the outbox. */
@Injectable()
export class ShippingService {
  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly recorder: ShipmentRecorder,
  ) {}

  /**
   * Reports one parcel of a paid order. Parcel, outbox entry and audit are one transaction; WeChat hears of it at the next
   * tick. Safe to repeat and to call twice at once: the same parcel (carrier and tracking number, or for what has none the
   * kind) is no second one, and its first report counts. The same parcel with `isLast` where it had been without says that
   * no more follow after all.
   * @throws DomainError ORDER_NOT_FOUND, ORDER_NOT_SHIPPABLE, VALIDATION_FAILED or ORDER_BUSY.
   */
  async ship(actor: Actor, orderNo: string, wish: ShipInput): Promise<ShipResult> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.unitOfWork.run((tx) => this.shipOnce(tx, actor, orderNo, wish));
      } catch (error) {
        if (!(error instanceof OrderChangedConcurrently) && !isUniqueViolation(error)) throw error;
        if (attempt === MAX_ATTEMPTS) throw new DomainError('ORDER_BUSY', { params: { orderNo }, cause: error });
      }
    }
  }

  private async shipOnce(tx: EntityManager, actor: Actor, orderNo: string, wish: ShipInput): Promise<ShipResult> {
    const order = await tx.findOne(Order, { where: { orderNo }, relations: { items: true } });
    if (!order) throw new DomainError('ORDER_NOT_FOUND', { params: { orderNo } });
    const isLast = wish.isLast ?? true;
    const parcel = validateParcel(wish, order.items);
    const known = await tx.findOneBy(Shipment, { orderNo, parcelKey: parcelKeyOf(parcel) });
    if (known) return this.repeatShipment(tx, { actor, order, known, isLast });
    const payment = await getShippablePayment(tx, order);
    this.checkSplit(order, parcel, isLast);
    const now = this.clock.now();
    const shipmentNo = order.shipmentCount + 1;
    const shippedAt = isLast ? now : null;
    if (!(await addParcel(tx, orderNo, { shipmentNo, shippedAt }))) throw new OrderChangedConcurrently();
    // The order's row is locked now: a refund of all of the money that was decided since the first look must stop the parcel.
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

  /** The same parcel once more: nothing new, but for the word that it was the last. */
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

  /** WeChat splits what goes by express alone (10060006), and takes a change of the kind for a re-ship. */
  private checkSplit(order: Order, { kind }: Parcel, isLast: boolean): void {
    if (kind === 'EXPRESS') return;
    if (!isLast) throw validationFailed([{ field: 'isLast', message: 'isLast may be false with EXPRESS alone' }]);
    if (order.shipmentCount > 0) {
      const message = 'kind must be EXPRESS: the order has a parcel that went by express';
      throw validationFailed([{ field: 'kind', message }]);
    }
  }
}
