import { ApiProperty } from '@nestjs/swagger';
import { ApiTime, ApiTimeOrNull } from '../../common/time/api-time.js';
import { ErrorText, type ErrorTexts, findErrorText } from '../../common/error-text.js';
import { PLATFORM_ERROR_TEXTS } from '../../wechat/mini-program/api/platform-error-texts.js';
import { LOGISTICS_KINDS, type LogisticsKind } from '../../wechat/mini-program/wechat-shipping.client.js';
import { type Shipment, SHIPMENT_STATES, type ShipmentState } from './shipment.entity.js';
import type { WechatShippingSync } from '../upload/wechat-shipping-sync.entity.js';

/** WeChat's codes, and the one that this module writes. */
const ERROR_TEXTS: ErrorTexts = {
  ...PLATFORM_ERROR_TEXTS,
  REFUNDED: { en: 'The payment is fully refunded', zh: '款项已全部退回' },
};

/** A shipment as the buyer sees it. */
export class ParcelView {
  @ApiProperty({ enum: LOGISTICS_KINDS })
  kind!: LogisticsKind;

  @ApiProperty({ type: String, nullable: true, example: 'SF' })
  carrier!: string | null;

  @ApiProperty({ type: String, nullable: true })
  trackingNo!: string | null;

  @ApiTime()
  shippedAt!: Date;
}

/** A shipment as the merchant sees it, with its upload to WeChat. */
export class ShipmentView extends ParcelView {
  @ApiProperty({ description: '1, 2, 3 … within the order.' })
  shipmentNo!: number;

  @ApiProperty()
  itemDesc!: string;

  @ApiProperty({ type: String, nullable: true, example: '138****8000' })
  receiverContact!: string | null;

  @ApiProperty({ description: 'The order is complete with this shipment.' })
  isLast!: boolean;

  @ApiProperty({ description: "Corrected after the order was complete: the payment's one re-ship." })
  isReship!: boolean;

  @ApiProperty({
    enum: SHIPMENT_STATES,
    description:
      'WAITING to be uploaded to WeChat, UPLOADED, NEEDS_ATTENTION (the upload failed), NOT_REQUIRED (no upload is needed).',
  })
  state!: ShipmentState;

  @ApiProperty({ type: String, nullable: true, description: "WeChat's errcode while the shipment is not uploaded." })
  errorCode!: string | null;

  @ApiProperty({ type: String, nullable: true })
  errorMessage!: string | null;

  @ApiProperty({ type: ErrorText, nullable: true, description: 'What `errorCode` means; null for an unknown code.' })
  errorText!: ErrorText | null;

  @ApiProperty({ description: 'The user who reported it.' })
  shippedBy!: string;

  @ApiTimeOrNull()
  uploadedAt!: Date | null;
}

/** WeChat's information about an order's shipping; each field is null until WeChat reports it. */
export class SettlementView {
  @ApiTimeOrNull('When WeChat reminded the shop to ship.')
  remindedAt!: Date | null;

  @ApiTimeOrNull('When the receipt was confirmed.')
  confirmedAt!: Date | null;

  @ApiTimeOrNull('When WeChat expects to release the money.')
  settlementExpectedAt!: Date | null;

  @ApiTimeOrNull('When WeChat released the money.')
  settledAt!: Date | null;

  @ApiTimeOrNull('When the one re-ship was used.')
  reshippedAt!: Date | null;
}

export function parcelView({ kind, carrier, trackingNo, shippedAt }: Shipment): ParcelView {
  return { kind, carrier, trackingNo, shippedAt };
}

export function shipmentView(shipment: Shipment): ShipmentView {
  const { shipmentNo, itemDesc, receiverContact, isLast, isReship, state } = shipment;
  const { errorCode, errorMessage, actorUsername, uploadedAt } = shipment;
  return {
    shipmentNo,
    ...parcelView(shipment),
    itemDesc,
    receiverContact,
    isLast,
    isReship,
    state,
    errorCode,
    errorMessage,
    errorText: findErrorText(ERROR_TEXTS, errorCode ?? ''),
    shippedBy: actorUsername,
    uploadedAt,
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
