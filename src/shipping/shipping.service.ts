import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../audit/audit-log.js';
import { Clock } from '../common/time/clock.js';
import { DomainError } from '../common/problem/domain-error.js';
import { validationFailed } from '../common/validation/input.pipe.js';
import { Settings } from '../config/settings.js';
import { isUniqueViolation } from '../database/database-errors.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { addParcel, markOrderShipped } from '../order/order-moves.js';
import { Order } from '../order/order.entity.js';
import { noteShipmentChange } from '../outbox/changes/note-change.js';
import { validateParcel, parcelKeyOf, type Parcel, type ParcelInput } from './shipment/parcel.js';
import { Shipment } from './shipment/shipment.entity.js';
import { ShipmentRecorder } from './shipment/shipment-recorder.js';
import { PaymentAttempt } from '../payment/attempt/payment-attempt.entity.js';

/** A shipment to report. */
export interface ShipInput extends ParcelInput {
  /** False while more shipments follow, with EXPRESS only; true by default. */
  isLast?: boolean | null | undefined;
}

/** `isNew` is false when the shipment was reported before. */
export interface ShipResult {
  shipment: Shipment;
  isNew: boolean;
}

/** Another transaction has changed the order since it was read. */
class OrderChangedConcurrently extends Error {}
/** Enough for fifteen shipments reported at once, each losing to all others. */
const MAX_ATTEMPTS = 20;

/** Records the shipments that staff or the shop's own server report. The outbox uploads them to WeChat. */
@Injectable()
export class ShippingService {
  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly recorder: ShipmentRecorder,
  ) {}

  /**
   * Reports one shipment of a paid order. Shipment, outbox entry and audit entry are one transaction; the upload to
   * WeChat follows at the next job run.
   * Safe to repeat and to call concurrently: the same shipment (carrier and tracking number, or the kind without one)
   * is stored once, with its first report. Reporting it again with `isLast` when it was not last completes the
   * shipping.
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
    const parcel = validateParcel(input, order);
    const known = await tx.findOneBy(Shipment, { orderNo, parcelKey: parcelKeyOf(parcel) });
    if (known) return this.repeatShipment(tx, { actor, order, known, isLast });
    const payment = await getShippablePayment(tx, order);
    this.checkSplit(order, parcel, isLast);
    const now = this.clock.now();
    const shipmentNo = order.shipmentCount + 1;
    const shippedAt = isLast ? now : null;
    if (!(await addParcel(tx, orderNo, { shipmentNo, shippedAt }))) throw new OrderChangedConcurrently();
    // The order's row is locked now. A full refund decided since the first check must stop the shipment.
    await getShippablePayment(tx, order);
    const shipment = tx.create(Shipment, {
      orderNo,
      shipmentNo,
      parcelKey: parcelKeyOf(parcel),
      ...parcel,
      isLast,
      isSplit: shipmentNo > 1 || !isLast,
      isReship: false,
      version: 1,
      state: requiresShippingUpload(this.settings, payment) ? 'WAITING' : 'NOT_REQUIRED',
      round: 1,
      sendCount: 0,
      isUnsure: false,
      uploadTime: null,
      errorCode: null,
      errorMessage: null,
      actorId: actor.id,
      actorUsername: actor.username,
      shippedAt: now,
      uploadedAt: null,
    });
    await tx.insert(Shipment, shipment);
    noteShipmentChange(tx, shipment, 'shipment.created');
    await this.recorder.recordStep(tx, { actor, step: 'SHIPPED', before: null, after: shipment });
    return { shipment, isNew: true };
  }

  /** Handles a shipment that was reported before: nothing changes, except that it may become the last one. */
  private async repeatShipment(
    tx: EntityManager,
    { actor, order, known, isLast }: { actor: Actor; order: Order; known: Shipment; isLast: boolean },
  ): Promise<ShipResult> {
    if (!isLast || known.isLast || order.shippedAt !== null) return { shipment: known, isNew: false };
    await getShippablePayment(tx, { ...order, shipmentCount: 0 });
    const { id, orderNo, round, state } = known;
    if (!(await markOrderShipped(tx, orderNo, this.clock.now()))) throw new OrderChangedConcurrently();
    const changes = {
      isLast: true,
      round: round + 1,
      state: state === 'NOT_REQUIRED' ? state : ('WAITING' as const),
      errorCode: null,
      errorMessage: null,
    };
    const { affected } = await tx.update(Shipment, { id, round }, changes);
    if (affected !== 1) throw new OrderChangedConcurrently();
    noteShipmentChange(tx, known, 'shipment.updated');
    const after = { ...known, ...changes };
    await this.recorder.recordStep(tx, { actor, step: 'COMPLETED', before: known, after });
    return { shipment: after, isNew: false };
  }

  /** WeChat splits only EXPRESS (10060006), and counts a change of the kind as a re-ship. */
  private checkSplit(order: Order, { kind }: Parcel, isLast: boolean): void {
    if (kind === 'EXPRESS') return;
    if (!isLast) throw validationFailed([{ field: 'isLast', message: 'isLast may be false with EXPRESS only' }]);
    if (order.shipmentCount > 0) {
      const message = 'kind must be EXPRESS: the order already has a shipment by express';
      throw validationFailed([{ field: 'kind', message }]);
    }
  }
}

/** WeChat accepts at most this number of shipments for one payment. Source: uploadShippingInfo, note 5. */
const MAX_PARCELS = 15;

/**
 * Only payments in the shop's own mini-program require it: WeChat's shipping API does not find any other payment by this
 * app's access token.
 */
export function requiresShippingUpload(
  { SHIPPING_UPLOAD, wechat }: Settings,
  { tradeType, appId }: Pick<PaymentAttempt, 'tradeType' | 'appId'>,
): boolean {
  return SHIPPING_UPLOAD === 'on' && tradeType === 'JSAPI' && appId === wechat.WECHAT_APP_ID;
}

/** Why an order cannot be shipped. */
type NotShippableReason = 'UNPAID' | 'CLOSED' | 'REFUNDED' | 'REFUND_PENDING' | 'SHIPPED' | 'TOO_MANY_PARCELS';

/**
 * Returns the payment of the goods. If refunds, completed or pending, cover all of it, the order must not be shipped:
 * that decision also decides about the goods.
 * @throws DomainError ORDER_NOT_SHIPPABLE.
 */
async function getShippablePayment(tx: EntityManager, order: Order): Promise<PaymentAttempt> {
  const { orderNo, status, transactionId } = order;
  if (status !== 'PAID' || transactionId === null)
    throw notShippable(orderNo, status === 'CLOSED' ? 'CLOSED' : 'UNPAID');
  if (order.shippedAt !== null) throw notShippable(orderNo, 'SHIPPED');
  const payment = await tx.findOneByOrFail(PaymentAttempt, { transactionId });
  if (payment.refundReservedFen >= payment.amountFen)
    throw notShippable(orderNo, order.refundStatus === 'FULL' ? 'REFUNDED' : 'REFUND_PENDING');
  if (order.shipmentCount >= MAX_PARCELS) throw notShippable(orderNo, 'TOO_MANY_PARCELS');
  return payment;
}

function notShippable(orderNo: string, state: NotShippableReason): DomainError {
  return new DomainError('ORDER_NOT_SHIPPABLE', { params: { orderNo, state } });
}
