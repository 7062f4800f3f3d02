import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../common/time/clock.js';
import { Settings } from '../../config/settings.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { findPayerOpenid } from '../../order/find-payer.js';
import { Order } from '../../order/order.entity.js';
import { noteShipmentChange } from '../../outbox/changes/note-change.js';
import type { DeliveryResult, OutboxMessage, OutboxHandler } from '../../outbox/outbox-handler.js';
import { Outbox } from '../../outbox/outbox.js';
import { OrderEventLog } from '../../payment/event-log/order-event-log.js';
import { callEvent } from '../../payment/event-log/wechat-events.js';
import type { Outcome } from '../../wechat/pay/outcome.js';
import {
  type ShippingUploadResult,
  type ShippingReport,
  WechatShippingClient,
} from '../../wechat/mini-program/wechat-shipping.client.js';
import { isCarrierCode } from '../shipment/carriers.js';
import { Shipment } from '../shipment/shipment.entity.js';
import { UPLOAD_TOPIC, type UploadTask } from '../shipment/shipment-recorder.js';
import { isReportKnown, decideAfterRefusal } from './upload-decision.js';

/** Seconds until WeChat is queried about a call without a response, which may still be in progress. */
const UNKNOWN_OUTCOME_DELAY_SECONDS = 20;
/** Seconds until the next check whether the uploads before this one have ended. */
const PRECEDING_UPLOAD_DELAY_SECONDS = 10;

/** A shipment to upload, with its report. */
interface PendingUpload {
  shipment: Shipment;
  report: UnsentReport;
}

/** A report without its time, which is set when it is sent. */
type UnsentReport = Omit<ShippingReport, 'uploadTime'>;

/**
 * Uploads shipments to WeChat, one after the other within an order, and never a second time without a query.
 * Source: docs/wechat-protocol.md, v2 §10.5.
 */
@Injectable()
export class ShippingUploadHandler implements OutboxHandler, OnModuleInit {
  readonly topic = UPLOAD_TOPIC;

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly wechat: WechatShippingClient,
    private readonly eventLog: OrderEventLog,
  ) {}

  onModuleInit(): void {
    if (this.settings.SHIPPING_UPLOAD === 'on') this.outbox.register(this);
  }

  async deliver({ payload, createdAt }: OutboxMessage): Promise<DeliveryResult> {
    const upload = await this.findPendingUpload(payload as UploadTask);
    if ('kind' in upload) return upload;
    if (upload.shipment.isUnsure) {
      const settled = await this.queryWechat(upload, createdAt);
      if (settled) return settled;
    }
    const sending = await this.markSending(upload);
    if (!sending) return { kind: 'retry', result: 'CONCURRENT_UPLOAD', afterSeconds: PRECEDING_UPLOAD_DELAY_SECONDS };
    const outcome = await this.wechat.upload(sending.report);
    return this.applyOutcome(sending.shipment, outcome, createdAt);
  }

  /** The shipment if it is next, or the delivery result if no call is needed. */
  private async findPendingUpload({ orderNo, shipmentNo, round }: UploadTask): Promise<PendingUpload | DeliveryResult> {
    const { order, parcels, openid } = await this.unitOfWork.read(async (manager) => {
      const order = await manager.findOneByOrFail(Order, { orderNo });
      const parcels = await manager.find(Shipment, { where: { orderNo }, order: { shipmentNo: 'ASC' } });
      return { order, parcels, openid: (await findPayerOpenid(manager, order)) ?? '' };
    });
    const shipment = parcels.find((parcel) => parcel.shipmentNo === shipmentNo);
    if (shipment?.state !== 'WAITING' || shipment.round !== round) return { kind: 'done' };
    if (isFullyRefunded(order, shipment)) return this.markNotRequired(shipment);
    if (parcels.some((other) => mustBeUploadedFirst(other, shipment))) {
      return { kind: 'retry', result: 'EARLIER_PARCEL_PENDING', afterSeconds: PRECEDING_UPLOAD_DELAY_SECONDS };
    }
    return { shipment, report: buildReport(order, openid, shipment, parcels) };
  }

  /** Undefined when WeChat does not have the shipment, so that it may be sent. */
  private async queryWechat(upload: PendingUpload, createdAt: Date): Promise<DeliveryResult | undefined> {
    const { shipment, report } = upload;
    const outcome = await this.wechat.find(report.transactionId);
    if (outcome.kind === 'done') {
      const isFound = isReportKnown(report, shipment.isReship, outcome.value);
      const result = isFound ? 'FOUND' : 'NOT_FOUND';
      await this.eventLog.record(callEvent('SHIPPING_QUERY', subjectOf(shipment), outcome, result));
      return isFound ? this.markUploaded(shipment) : undefined;
    }
    const { code = 'UNKNOWN' } = outcome;
    await this.eventLog.record(callEvent('SHIPPING_QUERY', subjectOf(shipment), outcome));
    if (outcome.kind === 'refused' && decideAfterRefusal(outcome, this.msSince(createdAt)) === 'NEEDS_ATTENTION') {
      return this.markNeedsAttention(shipment, outcome, true); // the query is refused, which says nothing about the report
    }
    return { kind: 'retry', result: code };
  }

  /**
   * Marks the shipment as being sent, with a later upload time than any before. Null when another worker was faster.
   */
  private markSending({
    shipment,
    report,
  }: PendingUpload): Promise<{ shipment: Shipment; report: ShippingReport } | null> {
    return this.unitOfWork.run(async (tx) => {
      const { id, orderNo, round, sendCount } = shipment;
      const parcels = await tx.findBy(Shipment, { orderNo });
      const latest = Math.max(...parcels.map((parcel) => parcel.uploadTime?.getTime() ?? 0));
      const uploadTime = new Date(Math.max(this.clock.now().getTime(), latest + 1));
      const sent = { uploadTime, sendCount: sendCount + 1, isUnsure: true };
      const { affected } = await tx.update(Shipment, { id, round, sendCount, state: 'WAITING' }, sent);
      return affected === 1 ? { shipment: { ...shipment, ...sent }, report: { ...report, uploadTime } } : null;
    });
  }

  private async applyOutcome(
    shipment: Shipment,
    outcome: Outcome<ShippingUploadResult>,
    createdAt: Date,
  ): Promise<DeliveryResult> {
    switch (outcome.kind) {
      case 'done':
        await this.eventLog.record(callEvent('SHIPPING_CALL', subjectOf(shipment), outcome, outcome.value));
        return this.markUploaded(shipment);
      case 'unknown': {
        await this.eventLog.record(callEvent('SHIPPING_CALL', subjectOf(shipment), outcome));
        const { code: result = 'UNKNOWN', reason: detail } = outcome;
        return { kind: 'retry', result, detail, afterSeconds: UNKNOWN_OUTCOME_DELAY_SECONDS };
      }
      case 'refused': {
        const { code, message } = outcome;
        await this.eventLog.record(callEvent('SHIPPING_CALL', subjectOf(shipment), outcome));
        if (decideAfterRefusal(outcome, this.msSince(createdAt)) === 'NEEDS_ATTENTION')
          return this.markNeedsAttention(shipment, outcome, false);
        // A refusal proves that nothing was done, so the next call needs no query.
        await this.updateShipment(shipment, { isUnsure: false, errorCode: code, errorMessage: message });
        return { kind: 'retry', result: code, detail: message };
      }
    }
  }

  private async markUploaded(shipment: Shipment): Promise<DeliveryResult> {
    const uploaded = { state: 'UPLOADED' as const, uploadedAt: this.clock.now(), isUnsure: false };
    await this.updateShipment(shipment, { ...uploaded, errorCode: null, errorMessage: null });
    return { kind: 'done' };
  }

  private async markNeedsAttention(
    shipment: Shipment,
    { code, message }: { code: string; message: string },
    isUnsure: boolean,
  ): Promise<DeliveryResult> {
    const { orderNo } = shipment;
    const order = await this.unitOfWork.read((manager) => manager.findOneByOrFail(Order, { orderNo }));
    if (isFullyRefunded(order, shipment)) return this.markNotRequired(shipment);
    await this.updateShipment(shipment, { state: 'NEEDS_ATTENTION', isUnsure, errorCode: code, errorMessage: message });
    return { kind: 'needsAttention', result: code, detail: message };
  }

  /** After a full refund the shipment is not uploaded: WeChat would refuse it (10060004). */
  private async markNotRequired(shipment: Shipment): Promise<DeliveryResult> {
    await this.updateShipment(shipment, {
      state: 'NOT_REQUIRED',
      isUnsure: false,
      errorCode: 'REFUNDED',
      errorMessage: null,
    });
    return { kind: 'dropped', result: 'REFUNDED' };
  }

  /** Updates this round only: a new round has its own outbox entry. */
  private async updateShipment(shipment: Shipment, changes: Partial<Shipment>): Promise<void> {
    const { id, round, errorCode } = shipment;
    const isShown = changes.state !== undefined || (changes.errorCode ?? null) !== errorCode;
    await this.unitOfWork.run(async (tx) => {
      const { affected } = await tx.update(Shipment, { id, round, state: 'WAITING' }, changes);
      if (affected === 1 && isShown)
        noteShipmentChange(tx, shipment, changes.state === 'UPLOADED' ? 'shipment.synced' : 'shipment.updated');
    });
  }

  private msSince(time: Date): number {
    return this.clock.now().getTime() - time.getTime();
  }
}

/** The shipment that a call is about, for the event log. */
function subjectOf({ orderNo, shipmentNo }: Shipment): { orderNo: string; data: { shipmentNo: number } } {
  return { orderNo, data: { shipmentNo } };
}

/** True when everything was refunded before the shipment was uploaded. */
function isFullyRefunded({ refundStatus }: Order, { isReship }: Shipment): boolean {
  return refundStatus === 'FULL' && !isReship;
}

/**
 * True when the other shipment must be uploaded or corrected first: shipments in their order, and the last one last.
 */
function mustBeUploadedFirst(other: Shipment, shipment: Shipment): boolean {
  if (other.id === shipment.id || (other.state !== 'WAITING' && other.state !== 'NEEDS_ATTENTION')) return false;
  return shipment.isLast || (other.shipmentNo < shipment.shipmentNo && !other.isLast);
}

/**
 * Each shipment is uploaded once, in its own call. A re-ship replaces WeChat's record, so it contains all shipments.
 * See docs/decisions/0024-shipping-information.md.
 */
function buildReport(order: Order, openid: string, shipment: Shipment, all: Shipment[]): UnsentReport {
  const { kind, isSplit, isLast, isReship } = shipment;
  return {
    transactionId: order.transactionId ?? '',
    openid,
    kind,
    isSplit,
    isAllDelivered: isLast || isReship,
    parcels: (isReship ? all : [shipment]).map(({ trackingNo, carrier, itemDesc, receiverContact }) => ({
      trackingNo,
      itemDesc,
      receiverContact,
      // WeChat requires a carrier code. The name of a local service is only stored here, because the field is optional
      // for it.
      carrier: carrier !== null && isCarrierCode(carrier) ? carrier : null,
    })),
  };
}
