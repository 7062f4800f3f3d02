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

/** A parcel as the shop sees it, with what WeChat was told of it. */
export class ShipmentView extends ParcelView {
  @ApiProperty({ description: '1, 2, 3 … of the order.' })
  shipmentNo!: number;

  @ApiProperty()
  itemDesc!: string;

  @ApiProperty({ type: String, nullable: true, example: '138****8000' })
  receiverContact!: string | null;

  @ApiProperty({ description: 'The order is whole with it.' })
  isLast!: boolean;

  @ApiProperty({ description: "Corrected after the order was whole: the payment's one re-ship." })
  isReship!: boolean;

  @ApiProperty({
    enum: SHIPMENT_STATES,
    description: 'WAITING to be told to WeChat, UPLOADED, STUCK (a person must look), KEPT (WeChat need not know).',
  })
  state!: ShipmentState;

  @ApiProperty({ type: String, nullable: true, description: "WeChat's errcode, while it is not there." })
  errorCode!: string | null;

  @ApiProperty({ type: String, nullable: true })
  errorMessage!: string | null;

  @ApiProperty({ description: 'Who reported it.' })
  shippedBy!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  uploadedAt!: Date | null;
}

/** What WeChat says of an order's shipping; each null until it does. */
export class SettlementView {
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'It reminded the shop to ship.' })
  remindedAt!: Date | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'The receipt was confirmed.' })
  confirmedAt!: Date | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'It means to let the money go.' })
  settlementExpectedAt!: Date | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'It let the money go.' })
  settledAt!: Date | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'The one re-ship was used.' })
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

export function settlementView(duty: WechatShippingSync | null): SettlementView {
  return {
    remindedAt: duty?.remindedAt ?? null,
    confirmedAt: duty?.confirmedAt ?? null,
    settlementExpectedAt: duty?.settlementExpectedAt ?? null,
    settledAt: duty?.settledAt ?? null,
    reshippedAt: duty?.reshippedAt ?? null,
  };
}
