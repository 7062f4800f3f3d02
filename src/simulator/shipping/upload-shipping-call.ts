import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../clock.js';
import { JsonBody } from '../platform/json-body.js';
import { Behaviours } from '../state/behaviours.js';
import { PaidOrderResolver } from './paid-order-resolver.js';
import { SettlementService } from './settlement.service.js';
import { ShippingRecord, StoredParcel } from './shipping-record.js';
import { PaidOrder, ShippingRecordStore } from './shipping-record-store.js';
import { parseUpload, ShippingUpload } from './parse-upload.js';

const MAX_PARCELS = 15;

/**
 * `upload_shipping_info`: stores the shipping information of the merchant. An upload after the last parcel is the one
 * allowed re-ship.
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
    if (upload.openid !== order.transaction.openid) return 10060031;
    if (this.records.stateOf(order) > 2) return 10060004;
    const known = this.records.get(order);
    if (known === undefined) return this.createRecord(order, upload);
    if (upload.uploadTime <= known.uploadedAt) return 40097;
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
      return 10060023;
    if (isReship && known.isReshipUsed) return 10060003;
    if (parcels.length > MAX_PARCELS) return 10060024;
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

  /** A parcel with the same tracking number is the same parcel. */
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
