import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../clock.js';
import { JsonBody } from '../platform/json-body.js';
import { Behaviours } from '../state/behaviours.js';
import { OrderKeys } from './order-keys.js';
import { Settlement } from './settlement.js';
import { ShippingRecord, StoredParcel } from './shipping-record.js';
import { PaidOrder, ShippingRecords } from './shipping-records.js';
import { readUpload, Upload } from './upload-rules.js';

const MOST_PARCELS = 15;

/** `upload_shipping_info`: takes what the merchant says of the goods. A report after the last is the one re-ship. */
@Injectable()
export class UploadShipping {
  constructor(
    private readonly clock: SimulatorClock,
    private readonly keys: OrderKeys,
    private readonly records: ShippingRecords,
    private readonly settlement: Settlement,
    private readonly behaviours: Behaviours,
  ) {}

  /** The errcode; 0 when it was taken. */
  take(body: JsonBody): number {
    const order = this.keys.orderOf(body['order_key']);
    if (typeof order === 'number') return order;
    const upload = readUpload(body);
    if (typeof upload === 'number') return upload;
    if (upload.openid !== order.transaction.openid) return 10060031;
    if (this.records.stateOf(order) > 2) return 10060004;
    const known = this.records.of(order);
    if (known === undefined) return this.begin(order, upload);
    if (upload.uploadTime <= known.uploadedAt) return 40097;
    return this.change(order, known, upload);
  }

  private begin(order: PaidOrder, upload: Upload): number {
    const fresh = { isFinished: false, finishCount: 0, isReshipUsed: false };
    const base = { ...fresh, isConfirmationAsked: false, isConfirmedByHand: false };
    return this.write(order, { ...base, ...partsOf(upload), parcels: upload.parcels }, upload.isAllDelivered);
  }

  private change(order: PaidOrder, known: ShippingRecord, upload: Upload): number {
    const isOtherWay = known.deliveryMode !== upload.deliveryMode || known.logisticsType !== upload.logisticsType;
    const isReship = known.isFinished || isOtherWay;
    const parcels = isReship ? upload.parcels : this.joined(known.parcels, upload.parcels);
    if (!isOtherWay && known.isFinished === upload.isAllDelivered && isSame(known.parcels, parcels)) return 10060023;
    if (isReship && known.isReshipUsed) return 10060003;
    if (parcels.length > MOST_PARCELS) return 10060024;
    const changed = { ...known, ...partsOf(upload), parcels, isReshipUsed: known.isReshipUsed || isReship };
    return this.write(order, { ...changed, isFinished: false }, upload.isAllDelivered);
  }

  private write(order: PaidOrder, record: ShippingRecord, isAllDelivered: boolean): number {
    if (!isAllDelivered) {
      this.records.put(order, record);
      return 0;
    }
    const finishCount = record.finishCount + 1;
    this.records.put(order, { ...record, isFinished: true, finishCount, shippedAt: this.clock.now() });
    this.settlement.begin(order);
    return 0;
  }

  /** A number that is there already is the same parcel. */
  private joined(known: readonly StoredParcel[], more: readonly StoredParcel[]): readonly StoredParcel[] {
    if (this.behaviours.current.splitUploads === 'replace') return more;
    const isNamed = (parcel: StoredParcel): boolean =>
      more.some(({ tracking_no }) => tracking_no === parcel.tracking_no);
    return [...known.filter((parcel) => !isNamed(parcel)), ...more];
  }
}

function partsOf({
  logisticsType,
  deliveryMode,
  uploadTime,
}: Upload): Pick<ShippingRecord, 'logisticsType' | 'deliveryMode' | 'uploadedAt'> {
  return { logisticsType, deliveryMode, uploadedAt: uploadTime };
}

function isSame(known: readonly StoredParcel[], told: readonly StoredParcel[]): boolean {
  const said = (parcels: readonly StoredParcel[]): string =>
    JSON.stringify(parcels.map((parcel) => ({ ...parcel, upload_time: 0 })));
  return said(known) === said(told);
}
