import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull, Not } from 'typeorm';
import type { Actor } from '../../audit/audit-log.js';
import { Clock } from '../../common/time/clock.js';
import { DomainError } from '../../common/problem/domain-error.js';
import { validationFailed } from '../../common/validation/input.pipe.js';
import { Settings } from '../../config/settings.js';
import { isUniqueViolation } from '../../database/database-errors.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Order } from '../../order/order.entity.js';
import { noteShipmentChange } from '../../outbox/changes/note-change.js';
import { PaymentAttempt } from '../../payment/attempt/payment-attempt.entity.js';
import { validateParcel, parcelKeyOf, type Parcel, type ParcelInput } from './parcel.js';
import { requiresShippingUpload } from '../shipping.service.js';
import { Shipment, type ShipmentState } from './shipment.entity.js';
import { ShipmentRecorder, type ShipmentStep } from './shipment-recorder.js';
import { ensureShippingSync, WechatShippingSync } from '../upload/wechat-shipping-sync.entity.js';

/** The corrected fields of a shipment; absent fields stay. */
export type ParcelCorrection = Omit<ParcelInput, 'kind'>;

/** Identifies one shipment of an order. */
export interface ShipmentKey {
  orderNo: string;
  shipmentNo: number;
}

/** Corrects or retries shipments that were reported with a mistake. */
@Injectable()
export class ShipmentCorrectionService {
  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly recorder: ShipmentRecorder,
  ) {}

  /**
   * Corrects a shipment after WeChat has received all shipments. This is the payment's one re-ship and reports all shipments
   * again.
   * @throws DomainError SHIPMENT_NOT_FOUND, RESHIP_TOO_EARLY, RESHIP_USED or VALIDATION_FAILED.
   */
  reship(actor: Actor, key: ShipmentKey, correction: ParcelCorrection): Promise<Shipment> {
    return this.runUnlessTaken(async (tx) => {
      const shipment = await getShipment(tx, key);
      const parcel = await applyCorrection(tx, shipment, correction);
      if (isUnchanged(parcel, shipment)) {
        throw validationFailed([{ field: 'trackingNo', message: 'the correction would not change the shipment' }]);
      }
      await this.useReship(tx, key.orderNo);
      return this.restartUpload(tx, actor, { step: 'RESHIPPED', shipment, changes: { ...parcel, isReship: true } });
    });
  }

  /**
   * Uploads a NEEDS_ATTENTION or NOT_REQUIRED shipment again, corrected if that is the reason. This must never use up the
   * re-ship by accident. So a shipment that WeChat may have is uploaded unchanged, and a NOT_REQUIRED shipment is not uploaded
   * after the last one.
   * @throws DomainError SHIPMENT_NOT_FOUND, SHIPMENT_NOT_RETRYABLE or VALIDATION_FAILED.
   */
  retry(actor: Actor, key: ShipmentKey, correction: ParcelCorrection = {}): Promise<Shipment> {
    return this.runUnlessTaken(async (tx) => {
      const shipment = await getShipment(tx, key);
      const { state } = shipment;
      const parcel = await applyCorrection(tx, shipment, correction);
      const step = isUnchanged(parcel, shipment) ? 'RETRIED' : 'CORRECTED';
      const shouldUpload = (await this.requiresUpload(tx, key.orderNo)) && (await canStillUpload(tx, shipment));
      // A shipment that is not uploaded may be corrected too, because the buyer sees it.
      const isPossible =
        state === 'NEEDS_ATTENTION' || (state === 'NOT_REQUIRED' && (shouldUpload || step === 'CORRECTED'));
      if (!isPossible) throw notRetryable(key, state);
      if (step === 'CORRECTED' && shipment.isUnsure) throw notRetryable(key, state, RETRY_UNCHANGED_DETAIL);
      return this.restartUpload(tx, actor, {
        step,
        shipment,
        changes: { ...parcel, state: shouldUpload ? 'WAITING' : 'NOT_REQUIRED' },
      });
    });
  }

  private async useReship(tx: EntityManager, orderNo: string): Promise<void> {
    const order = await tx.findOneByOrFail(Order, { orderNo });
    const parcels = await tx.findBy(Shipment, { orderNo });
    const sync = await tx.findOneBy(WechatShippingSync, { orderNo });
    if (sync?.reshippedAt) throw new DomainError('RESHIP_USED', { params: { orderNo } });
    // Shipments that were NOT_REQUIRED while others were uploaded are now uploaded with them.
    const isWhole = parcels.some(({ isLast, state }) => isLast && state === 'UPLOADED');
    if (
      order.shippedAt === null ||
      !isWhole ||
      parcels.some(({ state }) => state === 'WAITING' || state === 'NEEDS_ATTENTION')
    )
      throw new DomainError('RESHIP_TOO_EARLY', { params: { orderNo } });
    await ensureShippingSync(tx, orderNo);
    const { affected } = await tx.update(
      WechatShippingSync,
      { orderNo, reshippedAt: IsNull() },
      { reshippedAt: this.clock.now() },
    );
    if (affected !== 1) throw new DomainError('RESHIP_USED', { params: { orderNo } });
  }

  private async requiresUpload(tx: EntityManager, orderNo: string): Promise<boolean> {
    const { transactionId } = await tx.findOneByOrFail(Order, { orderNo });
    const payment = transactionId === null ? null : await tx.findOneBy(PaymentAttempt, { transactionId });
    return payment !== null && requiresShippingUpload(this.settings, payment);
  }

  private async restartUpload(
    tx: EntityManager,
    actor: Actor,
    { step, shipment, changes }: { step: ShipmentStep; shipment: Shipment; changes: Partial<Shipment> },
  ): Promise<Shipment> {
    const { id, round, state } = shipment;
    const changed = { state: 'WAITING' as const, ...changes, round: round + 1, errorCode: null, errorMessage: null };
    const { affected } = await tx.update(Shipment, { id, round, state }, changed);
    if (affected !== 1) throw notRetryable(shipment, 'WAITING');
    noteShipmentChange(tx, shipment, 'shipment.updated');
    const after = { ...shipment, ...changed };
    await this.recorder.recordStep(tx, { actor, step, before: shipment, after });
    return after;
  }

  private async runUnlessTaken(work: (tx: EntityManager) => Promise<Shipment>): Promise<Shipment> {
    try {
      return await this.unitOfWork.run(work);
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      const message = 'trackingNo belongs to another shipment of this order';
      throw validationFailed([{ field: 'trackingNo', message }]);
    }
  }
}

const RETRY_UNCHANGED_DETAIL = [
  'WeChat may have this shipment already: upload it again unchanged, and correct it after WeChat has confirmed it.',
  '微信可能已收到该发货记录：请先按原内容重新上传，确认后再更正。',
] as const;

function notRetryable(
  { orderNo, shipmentNo }: ShipmentKey,
  state: ShipmentState,
  detail?: readonly [en: string, zh: string],
): DomainError {
  const params = { orderNo, shipmentNo, state };
  return new DomainError('SHIPMENT_NOT_RETRYABLE', { params, ...(detail && { detail }) });
}

/** False once WeChat has, or may have, the order's last shipment: a NOT_REQUIRED shipment would come after it. */
async function canStillUpload(tx: EntityManager, { id, orderNo, state }: Shipment): Promise<boolean> {
  if (state !== 'NOT_REQUIRED') return true;
  const [last] = await tx.findBy(Shipment, { orderNo, isLast: true, id: Not(id) });
  return last === undefined || (last.state !== 'UPLOADED' && !last.isUnsure);
}

async function getShipment(tx: EntityManager, { orderNo, shipmentNo }: ShipmentKey): Promise<Shipment> {
  const shipment = await tx.findOneBy(Shipment, { orderNo, shipmentNo });
  if (!shipment) throw new DomainError('SHIPMENT_NOT_FOUND', { params: { orderNo, shipmentNo } });
  return shipment;
}

/** The shipment with the corrected fields, and its key. */
async function applyCorrection(
  tx: EntityManager,
  shipment: Shipment,
  correction: ParcelCorrection,
): Promise<Parcel & Pick<Shipment, 'parcelKey'>> {
  const { orderNo, kind, carrier, trackingNo, itemDesc, receiverContact } = shipment;
  const order = await tx.findOneOrFail(Order, { where: { orderNo }, relations: { items: true } });
  const input = {
    kind,
    carrier: correction.carrier ?? carrier ?? undefined,
    trackingNo: correction.trackingNo ?? trackingNo ?? undefined,
    itemDesc: correction.itemDesc ?? itemDesc,
    receiverContact: correction.receiverContact ?? receiverContact ?? undefined,
  };
  const parcel = validateParcel(input, order);
  return { ...parcel, parcelKey: parcelKeyOf(parcel) };
}

function isUnchanged(parcel: Parcel & Pick<Shipment, 'parcelKey'>, shipment: Shipment): boolean {
  const { parcelKey, itemDesc, receiverContact } = parcel;
  return (
    parcelKey === shipment.parcelKey && itemDesc === shipment.itemDesc && receiverContact === shipment.receiverContact
  );
}
