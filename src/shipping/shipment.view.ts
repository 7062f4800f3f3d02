import { ApiProperty } from '@nestjs/swagger';
import { LOGISTICS_KINDS, type LogisticsKind } from '../wechat/wechat-shipping.gateway.js';
import { type Shipment, SHIPMENT_STATES, type ShipmentState } from './shipment.entity.js';
import type { WechatShippingSync } from './wechat-shipping-sync.entity.js';

/** A parcel as the buyer sees it. */
export class ParcelView {
  @ApiProperty({ enum: LOGISTICS_KINDS })
  kind!: LogisticsKind;

  @ApiProperty({ type: String, nullable: true, example: 'SF' })
  carrier!: string | null;

  @ApiProperty({ type: String, nullable: true })
  trackingNo!: string | null;

  @ApiProperty({ type: String, format: 'date-time' })
  shippedAt!: Date;
}

/** A parcel as the merchant sees it, with its upload to WeChat. */
export class ShipmentView extends ParcelView {
  @ApiProperty({ description: '1, 2, 3 … within the order.' })
  shipmentNo!: number;

  @ApiProperty()
  itemDesc!: string;

  @ApiProperty({ type: String, nullable: true, example: '138****8000' })
  receiverContact!: string | null;

  @ApiProperty({ description: 'The order is complete with this parcel.' })
  isLast!: boolean;

  @ApiProperty({ description: "Corrected after the order was complete: the payment's one re-ship." })
  isReship!: boolean;

  @ApiProperty({
    enum: SHIPMENT_STATES,
    description: 'WAITING to be uploaded to WeChat, UPLOADED, STUCK (needs attention), KEPT (not uploaded to WeChat).',
  })
  state!: ShipmentState;

  @ApiProperty({ type: String, nullable: true, description: "WeChat's errcode while the parcel is not uploaded." })
  errorCode!: string | null;

  @ApiProperty({ type: String, nullable: true })
  errorMessage!: string | null;

  @ApiProperty({ description: 'The user who reported it.' })
  shippedBy!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  uploadedAt!: Date | null;
}

/** WeChat's information about an order's shipping; each field is null until WeChat reports it. */
export class SettlementView {
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When WeChat reminded the shop to ship.',
  })
  remindedAt!: Date | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When the receipt was confirmed.' })
  confirmedAt!: Date | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When WeChat expects to release the money.',
  })
  settlementExpectedAt!: Date | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When WeChat released the money.' })
  settledAt!: Date | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When the one re-ship was used.' })
  reshippedAt!: Date | null;
}

export function parcelView({ kind, carrier, trackingNo, shippedAt }: Shipment): ParcelView {
  return { kind, carrier, trackingNo, shippedAt };
}

export function shipmentView(shipment: Shipment): ShipmentView {
  const { shipmentNo, itemDesc, receiverContact, isLast, isReship, state } = shipment;
  const { errorCode, errorMessage, actorUsername, uploadedAt } = shipment;
  return {
    ...{ shipmentNo, ...parcelView(shipment), itemDesc, receiverContact, isLast, isReship, state },
    ...{ errorCode, errorMessage, shippedBy: actorUsername, uploadedAt },
  };
}

export function settlementView(sync: WechatShippingSync | null): SettlementView {
  return {
    remindedAt: sync?.remindedAt ?? null,
    confirmedAt: sync?.confirmedAt ?? null,
    settlementExpectedAt: sync?.settlementExpectedAt ?? null,
    settledAt: sync?.settledAt ?? null,
    reshippedAt: sync?.reshippedAt ?? null,
  };
}
