import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../clock.js';
import { JsonBody } from '../platform/platform-request-handler.js';
import { Behaviours } from '../state/behaviours.js';
import {
  PaidOrderResolver,
  ShippingRecord,
  ORDER_STATE,
  PaidOrder,
  ShippingRecordStore,
} from './shipping-record-store.js';
import { SettlementService } from './settlement.service.js';
import { parseUpload, ShippingUpload, StoredParcel, ERRCODE } from './parse-upload.js';

const MAX_PARCELS = 15;

/**
 * `upload_shipping_info`: stores the shipping information of the merchant. An upload after the last shipment, or with
 * another delivery mode or logistics type, is a re-ship: it replaces all earlier shipments and is allowed once.
 */
@Injectable()
export class UploadShippingCall {
  constructor(
    private readonly clock: SimulatorClock,
    private readonly resolver: PaidOrderResolver,
    private readonly records: ShippingRecordStore,
    private readonly settlement: SettlementService,
    private readonly behaviours: Behaviours,
  ) {}

  /** Returns the errcode; 0 when it was stored. */
  handle(body: JsonBody): number {
    const order = this.resolver.findByOrderKey(body['order_key']);
    if (typeof order === 'number') return order;
    const upload = parseUpload(body);
    if (typeof upload === 'number') return upload;
    if (upload.openid !== order.transaction.openid) return ERRCODE.OTHER_PAYER;
    if (this.records.stateOf(order) > ORDER_STATE.SHIPPED) return ERRCODE.NOT_SHIPPABLE;
    const known = this.records.get(order);
    if (known === undefined) return this.createRecord(order, upload);
    if (upload.uploadTime <= known.uploadedAt) return ERRCODE.INVALID_ARGUMENT;
    return this.updateRecord(order, known, upload);
  }

  private createRecord(order: PaidOrder, upload: ShippingUpload): number {
    const fresh = { isFinished: false, finishCount: 0, isReshipUsed: false };
    const base = { ...fresh, isConfirmationAsked: false, isConfirmedByHand: false };
    return this.saveRecord(order, { ...base, ...partsOf(upload), parcels: upload.parcels }, upload.isAllDelivered);
  }

  private updateRecord(order: PaidOrder, known: ShippingRecord, upload: ShippingUpload): number {
    const isOtherDelivery = known.deliveryMode !== upload.deliveryMode || known.logisticsType !== upload.logisticsType;
    const isReship = known.isFinished || isOtherDelivery;
    const parcels = isReship ? upload.parcels : this.mergeParcels(known.parcels, upload.parcels);
    if (!isOtherDelivery && known.isFinished === upload.isAllDelivered && isSame(known.parcels, parcels))
      return ERRCODE.UNCHANGED;
    if (isReship && known.isReshipUsed) return ERRCODE.RESHIP_USED;
    if (parcels.length > MAX_PARCELS) return ERRCODE.TOO_MANY_PARCELS;
    const changed = { ...known, ...partsOf(upload), parcels, isReshipUsed: known.isReshipUsed || isReship };
    return this.saveRecord(order, { ...changed, isFinished: false }, upload.isAllDelivered);
  }

  private saveRecord(order: PaidOrder, record: ShippingRecord, isAllDelivered: boolean): number {
    if (!isAllDelivered) {
      this.records.save(order, record);
      return 0;
    }
    const finishCount = record.finishCount + 1;
    this.records.save(order, { ...record, isFinished: true, finishCount, shippedAt: this.clock.now() });
    this.settlement.start(order);
    return 0;
  }

  /** A shipment with the same tracking number is the same shipment. */
  private mergeParcels(known: readonly StoredParcel[], more: readonly StoredParcel[]): readonly StoredParcel[] {
    if (this.behaviours.current.splitUploads === 'replace') return more;
    const isReplaced = (parcel: StoredParcel): boolean =>
      more.some(({ tracking_no }) => tracking_no === parcel.tracking_no);
    return [...known.filter((parcel) => !isReplaced(parcel)), ...more];
  }
}

function partsOf({
  logisticsType,
  deliveryMode,
  uploadTime,
}: ShippingUpload): Pick<ShippingRecord, 'logisticsType' | 'deliveryMode' | 'uploadedAt'> {
  return { logisticsType, deliveryMode, uploadedAt: uploadTime };
}

function isSame(known: readonly StoredParcel[], next: readonly StoredParcel[]): boolean {
  const contentOf = (parcels: readonly StoredParcel[]): string =>
    JSON.stringify(parcels.map((parcel) => ({ ...parcel, upload_time: 0 })));
  return contentOf(known) === contentOf(next);
}

/** `notify_confirm_receive`: asks the buyer to confirm the receipt, once for an order. */
@Injectable()
export class ConfirmReceiveCall {
  constructor(
    private readonly resolver: PaidOrderResolver,
    private readonly records: ShippingRecordStore,
  ) {}

  /** Returns the errcode; 0 when the buyer was asked. */
  handle(body: JsonBody): number {
    const order = this.resolver.findByNumbers(body);
    if (typeof order === 'number') return order;
    if (typeof body['received_time'] !== 'number') return ERRCODE.INVALID_ARGUMENT;
    const record = this.records.get(order);
    if (record === undefined || this.records.stateOf(order) !== ORDER_STATE.SHIPPED) return ERRCODE.NOT_CONFIRMABLE;
    if (record.isConfirmationAsked) return ERRCODE.CONFIRMATION_ASKED_BEFORE;
    this.records.save(order, { ...record, isConfirmationAsked: true });
    return 0;
  }
}
