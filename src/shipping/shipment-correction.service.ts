import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull, Not } from 'typeorm';
import type { Actor } from '../audit/audit-log.js';
import { Clock } from '../common/clock.js';
import { DomainError } from '../common/domain-error.js';
import { validationFailed } from '../common/input.pipe.js';
import { Settings } from '../config/settings.js';
import { isUniqueViolation } from '../database/database-errors.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Order } from '../order/order.entity.js';
import { PaymentAttempt } from '../payment/payment-attempt.entity.js';
import { validateParcel, parcelKeyOf, type Parcel, type ParcelInput } from './parcel.js';
import { requiresShippingUpload } from './shippable.js';
import { Shipment, type ShipmentState } from './shipment.entity.js';
import { ShipmentRecorder, type ShipmentStep } from './shipment-recorder.js';
import { ensureShippingSync, WechatShippingSyncStore } from './wechat-shipping-sync-store.js';
import { WechatShippingSync } from './wechat-shipping-sync.entity.js';

/** The corrected fields of a parcel; absent fields stay. */
export type ParcelCorrection = Omit<ParcelInput, 'kind'>;

/** Identifies one shipment of an order. */
export interface ShipmentKey {
  orderNo: string;
  shipmentNo: number;
}

/** Corrects or retries parcels that were reported with a mistake. */
@Injectable()
export class ShipmentCorrectionService {
  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly syncs: WechatShippingSyncStore,
    private readonly recorder: ShipmentRecorder,
  ) {}

  /**
   * Corrects a parcel after WeChat has received all parcels. This is the payment's one re-ship and reports all parcels
   * again.
   * @throws DomainError SHIPMENT_NOT_FOUND, RESHIP_TOO_EARLY, RESHIP_USED or VALIDATION_FAILED.
   */
  reship(actor: Actor, key: ShipmentKey, correction: ParcelCorrection): Promise<Shipment> {
    return this.runUnlessTaken(async (tx) => {
      const shipment = await getShipment(tx, key);
      const parcel = await applyCorrection(tx, shipment, correction);
      if (isUnchanged(parcel, shipment)) {
        throw validationFailed([{ field: 'trackingNo', message: 'the correction would not change the parcel' }]);
      }
      await this.useReship(tx, key.orderNo);
      return this.restart(tx, actor, { step: 'RESHIPPED', shipment, facts: { ...parcel, isReship: true } });
    });
  }

  /**
   * Uploads a STUCK or KEPT parcel again, corrected if that is the reason. This must never use up the re-ship by accident.
   * So a parcel that WeChat may have is uploaded unchanged, and a KEPT parcel is not uploaded after the last one.
   * @throws DomainError SHIPMENT_NOT_FOUND, SHIPMENT_NOT_RETRYABLE or VALIDATION_FAILED.
   */
  retry(actor: Actor, key: ShipmentKey, correction: ParcelCorrection = {}): Promise<Shipment> {
    return this.runUnlessTaken(async (tx) => {
      const shipment = await getShipment(tx, key);
      const { state } = shipment;
      const parcel = await applyCorrection(tx, shipment, correction);
      const step = isUnchanged(parcel, shipment) ? 'RETRIED' : 'CORRECTED';
      const shouldUpload = (await this.requiresUpload(tx, key.orderNo)) && (await canStillUpload(tx, shipment));
      // A parcel that is not uploaded may be corrected too, because the buyer sees it.
      const isPossible = state === 'STUCK' || (state === 'KEPT' && (shouldUpload || step === 'CORRECTED'));
      if (!isPossible) throw notRetryable(key, state);
      if (step === 'CORRECTED' && shipment.isUnsure) throw notRetryable(key, state, RETRY_UNCHANGED_DETAIL);
      return this.restart(tx, actor, {
        step,
        shipment,
        facts: { ...parcel, state: shouldUpload ? 'WAITING' : 'KEPT' },
      });
    });
  }

  private async useReship(tx: EntityManager, orderNo: string): Promise<void> {
    const order = await tx.findOneByOrFail(Order, { orderNo });
    const parcels = await tx.findBy(Shipment, { orderNo });
    const duty = await this.syncs.findInTransaction(tx, orderNo);
    if (duty?.reshippedAt) throw new DomainError('RESHIP_USED', { params: { orderNo } });
    // Parcels that were KEPT while others were uploaded are now uploaded with them.
    const isWhole = parcels.some(({ isLast, state }) => isLast && state === 'UPLOADED');
    if (order.shippedAt === null || !isWhole || parcels.some(({ state }) => state === 'WAITING' || state === 'STUCK'))
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

  private async restart(
    tx: EntityManager,
    actor: Actor,
    { step, shipment, facts }: { step: ShipmentStep; shipment: Shipment; facts: Partial<Shipment> },
  ): Promise<Shipment> {
    const { id, round, state } = shipment;
    const changed = { state: 'WAITING' as const, ...facts, round: round + 1, errorCode: null, errorMessage: null };
    const { affected } = await tx.update(Shipment, { id, round, state }, changed);
    if (affected !== 1) throw notRetryable(shipment, 'WAITING');
    const after = { ...shipment, ...changed };
    await this.recorder.record(tx, { actor, step, before: shipment, after });
    return after;
  }

  private async runUnlessTaken(work: (tx: EntityManager) => Promise<Shipment>): Promise<Shipment> {
    try {
      return await this.unitOfWork.run(work);
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      const message = 'trackingNo belongs to another parcel of this order';
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
  const facts = { orderNo, shipmentNo, state };
  return new DomainError('SHIPMENT_NOT_RETRYABLE', { params: facts, ...(detail && { detail }) });
}

/** False once WeChat has, or may have, the order's last parcel: a KEPT parcel would come after it. */
async function canStillUpload(tx: EntityManager, { id, orderNo, state }: Shipment): Promise<boolean> {
  if (state !== 'KEPT') return true;
  const [last] = await tx.findBy(Shipment, { orderNo, isLast: true, id: Not(id) });
  return last === undefined || (last.state !== 'UPLOADED' && !last.isUnsure);
}

async function getShipment(tx: EntityManager, { orderNo, shipmentNo }: ShipmentKey): Promise<Shipment> {
  const shipment = await tx.findOneBy(Shipment, { orderNo, shipmentNo });
  if (!shipment) throw new DomainError('SHIPMENT_NOT_FOUND', { params: { orderNo, shipmentNo } });
  return shipment;
}

/** The parcel with the corrected fields, and its key. */
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
  const parcel = validateParcel(input, order.items);
  return { ...parcel, parcelKey: parcelKeyOf(parcel) };
}

function isUnchanged(parcel: Parcel & Pick<Shipment, 'parcelKey'>, shipment: Shipment): boolean {
  const { parcelKey, itemDesc, receiverContact } = parcel;
  return (
    parcelKey === shipment.parcelKey && itemDesc === shipment.itemDesc && receiverContact === shipment.receiverContact
  );
}
