import { Injectable, type OnModuleInit } from '@nestjs/common';
import { User } from '../auth/user.entity.js';
import { Clock } from '../common/clock.js';
import { Settings } from '../config/settings.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Order } from '../order/order.entity.js';
import type { DeliveryResult, OutboxMessage, OutboxHandler } from '../outbox/outbox-handler.js';
import { Outbox } from '../outbox/outbox.js';
import { type EventResult, failureFactsOf } from '../payment/order-event-types.js';
import { OrderEventLog } from '../payment/order-event-log.js';
import type { Outcome } from '../wechat/outcome.js';
import {
  type ShippingUploadResult,
  type ShippingReport,
  WechatShippingGateway,
} from '../wechat/wechat-shipping.gateway.js';
import { isCarrierCode } from './carriers.js';
import { Shipment } from './shipment.entity.js';
import { UPLOAD_TOPIC, type UploadTask } from './shipment-recorder.js';
import { isReportKnown, decideAfterRefusal } from './upload-decision.js';

/** Seconds until WeChat is queried about a call without an answer, which may still be in progress. */
const UNKNOWN_OUTCOME_DELAY_SECONDS = 20;
/** Seconds until a parcel checks again whether the earlier ones are uploaded. */
const TURN_DELAY_SECONDS = 10;

/** The result of a call, for the timeline. */
interface CallRecord<T extends 'SHIPPING_CALL' | 'SHIPPING_QUERY'> {
  type: T;
  result: EventResult<T>;
}

/** A parcel to upload, with its report. */
interface PendingUpload {
  shipment: Shipment;
  report: UnsentReport;
}

/** A report without its time, which is set when it is sent. */
type UnsentReport = Omit<ShippingReport, 'uploadTime'>;

/**
 * Uploads parcels to WeChat, one after the other within an order, and never a second time without a query. Source: v2.md
 * §10.5.
 */
@Injectable()
export class ShippingUploadHandler implements OutboxHandler, OnModuleInit {
  readonly topic = UPLOAD_TOPIC;

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly wechat: WechatShippingGateway,
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
    if (!sending) return { kind: 'again', result: 'TURN', afterSeconds: TURN_DELAY_SECONDS };
    const outcome = await this.wechat.upload(sending.report);
    return this.applyOutcome(sending.shipment, outcome, createdAt);
  }

  /** The parcel if it is next, or the delivery result if no call is needed. */
  private async findPendingUpload({ orderNo, shipmentNo, round }: UploadTask): Promise<PendingUpload | DeliveryResult> {
    const { order, parcels, openid } = await this.unitOfWork.read(async (manager) => {
      const order = await manager.findOneByOrFail(Order, { orderNo });
      const parcels = await manager.find(Shipment, { where: { orderNo }, order: { shipmentNo: 'ASC' } });
      const { openid } = await manager.findOneByOrFail(User, { id: order.userId });
      return { order, parcels, openid };
    });
    const shipment = parcels.find((parcel) => parcel.shipmentNo === shipmentNo);
    if (shipment?.state !== 'WAITING' || shipment.round !== round) return { kind: 'done' };
    if (isFullyRefunded(order, shipment)) return this.markKept(shipment);
    if (parcels.some((other) => mustBeUploadedFirst(other, shipment))) {
      return { kind: 'again', result: 'EARLIER_FIRST', afterSeconds: TURN_DELAY_SECONDS };
    }
    return { shipment, report: buildReport(order, openid, shipment, parcels) };
  }

  /** Undefined when WeChat does not have the parcel, so that it may be sent. */
  private async queryWechat(upload: PendingUpload, createdAt: Date): Promise<DeliveryResult | undefined> {
    const { shipment, report } = upload;
    const outcome = await this.wechat.find(report.transactionId);
    if (outcome.kind === 'done') {
      const isThere = isReportKnown(report, shipment.isReship, outcome.value);
      await this.recordCall(shipment, { type: 'SHIPPING_QUERY', result: isThere ? 'THERE' : 'NOT_THERE' }, outcome);
      return isThere ? this.markUploaded(shipment) : undefined;
    }
    const { code = 'UNKNOWN', kind } = outcome;
    const result = kind === 'refused' ? 'REFUSED' : 'UNKNOWN';
    await this.recordCall(shipment, { type: 'SHIPPING_QUERY', result }, outcome);
    if (outcome.kind === 'refused' && decideAfterRefusal(outcome, this.msSince(createdAt)) === 'STUCK') {
      return this.markStuck(shipment, outcome, true); // the query is refused, which says nothing about the report
    }
    return { kind: 'again', result: code };
  }

  /** Marks the parcel as being sent, with a later upload time than any before. Null when another worker was faster. */
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
        await this.recordCall(shipment, { type: 'SHIPPING_CALL', result: outcome.value }, outcome);
        return this.markUploaded(shipment);
      case 'unknown': {
        await this.recordCall(shipment, { type: 'SHIPPING_CALL', result: 'UNKNOWN' }, outcome);
        const { code: result = 'UNKNOWN', reason: detail } = outcome;
        return { kind: 'again', result, detail, afterSeconds: UNKNOWN_OUTCOME_DELAY_SECONDS };
      }
      case 'refused': {
        const { code, message } = outcome;
        await this.recordCall(shipment, { type: 'SHIPPING_CALL', result: 'REFUSED' }, outcome);
        if (decideAfterRefusal(outcome, this.msSince(createdAt)) === 'STUCK')
          return this.markStuck(shipment, outcome, false);
        // A refusal proves that nothing was done, so the next attempt needs no query.
        await this.updateShipment(shipment, { isUnsure: false, errorCode: code, errorMessage: message });
        return { kind: 'again', result: code, detail: message };
      }
    }
  }

  private async markUploaded(shipment: Shipment): Promise<DeliveryResult> {
    const facts = { state: 'UPLOADED' as const, uploadedAt: this.clock.now(), isUnsure: false };
    await this.updateShipment(shipment, { ...facts, errorCode: null, errorMessage: null });
    return { kind: 'done' };
  }

  private async markStuck(
    shipment: Shipment,
    { code, message }: { code: string; message: string },
    isUnsure: boolean,
  ): Promise<DeliveryResult> {
    const { orderNo } = shipment;
    const order = await this.unitOfWork.read((manager) => manager.findOneByOrFail(Order, { orderNo }));
    if (isFullyRefunded(order, shipment)) return this.markKept(shipment);
    await this.updateShipment(shipment, { state: 'STUCK', isUnsure, errorCode: code, errorMessage: message });
    return { kind: 'stuck', result: code, detail: message };
  }

  /** After a full refund the parcel is not uploaded: WeChat would refuse it (10060004). */
  private async markKept(shipment: Shipment): Promise<DeliveryResult> {
    await this.updateShipment(shipment, { state: 'KEPT', isUnsure: false, errorCode: 'REFUNDED', errorMessage: null });
    return { kind: 'dropped', result: 'REFUNDED' };
  }

  /** Updates this round only: a new round has its own outbox entry. */
  private async updateShipment({ id, round }: Shipment, facts: Partial<Shipment>): Promise<void> {
    await this.unitOfWork.run((tx) => tx.update(Shipment, { id, round, state: 'WAITING' }, facts));
  }

  private async recordCall(
    { orderNo, shipmentNo }: Shipment,
    what: CallRecord<'SHIPPING_CALL'> | CallRecord<'SHIPPING_QUERY'>,
    outcome: Outcome<unknown>,
  ): Promise<void> {
    const facts = { shipmentNo, ...failureFactsOf(outcome) };
    await this.eventLog.record({ ...what, orderNo, facts, raw: outcome.raw });
  }

  private msSince(time: Date): number {
    return this.clock.now().getTime() - time.getTime();
  }
}

/** True when everything was refunded before the parcel was uploaded. */
function isFullyRefunded({ refundStatus }: Order, { isReship }: Shipment): boolean {
  return refundStatus === 'FULL' && !isReship;
}

/** True when the other parcel must be uploaded or corrected first: parcels in their order, and the last one last. */
function mustBeUploadedFirst(other: Shipment, shipment: Shipment): boolean {
  if (other.id === shipment.id || (other.state !== 'WAITING' && other.state !== 'STUCK')) return false;
  return shipment.isLast || (other.shipmentNo < shipment.shipmentNo && !other.isLast);
}

/**
 * Each parcel is uploaded once, in its own call. A re-ship replaces WeChat's record, so it contains all parcels.
 * See docs/decisions/0024-shipping-information.md.
 */
function buildReport(order: Order, openid: string, shipment: Shipment, all: Shipment[]): UnsentReport {
  const { kind, isSplit, isLast, isReship } = shipment;
  return {
    transactionId: order.transactionId ?? '',
    ...{ openid, kind, isSplit, isAllDelivered: isLast || isReship },
    parcels: (isReship ? all : [shipment]).map(({ trackingNo, carrier, itemDesc, receiverContact }) => ({
      ...{ trackingNo, itemDesc, receiverContact },
      // WeChat requires a carrier code. The name of a local service is only stored here, because the field is optional
      // for it.
      carrier: carrier !== null && isCarrierCode(carrier) ? carrier : null,
    })),
  };
}
