import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { LogisticsKind } from '../../wechat/mini-program/wechat-shipping.client.js';

/**
 * `WAITING` to be uploaded to WeChat · `UPLOADED` · `NEEDS_ATTENTION` the upload failed, staff must act · `NOT_REQUIRED` no
 * upload: uploading is switched off, the payment is not from the mini-program, or all of it was refunded.
 */
export const SHIPMENT_STATES = ['WAITING', 'UPLOADED', 'NEEDS_ATTENTION', 'NOT_REQUIRED'] as const;
export type ShipmentState = (typeof SHIPMENT_STATES)[number];

/** One shipment (parcel) of an order and its upload to WeChat. */
@Entity('shipments')
@Index('shipments_order_no', ['orderNo', 'shipmentNo'], { unique: true })
@Index('shipments_parcel_key', ['orderNo', 'parcelKey'], { unique: true })
@Index('shipments_state', ['state', 'id'])
export class Shipment {
  @PrimaryGeneratedColumn('increment', { type: 'integer' })
  id!: number;

  @Column('varchar', { length: 32 })
  orderNo!: string;

  /** 1, 2, 3 … within the order; the order of the uploads. */
  @Column('integer')
  shipmentNo!: number;

  /** From 1; grows with every change that the APIs show. */
  @Column('integer', { default: 1 })
  version!: number;

  /** Hash of the fields that identify the shipment: the same shipment cannot be reported twice. */
  @Column('varchar', { length: 64 })
  parcelKey!: string;

  @Column('varchar', { length: 16 })
  kind!: LogisticsKind;

  /** WeChat's code for the carrier, such as `SF`. */
  @Column('varchar', { length: 128, nullable: true })
  carrier!: string | null;

  @Column('varchar', { length: 128, nullable: true })
  trackingNo!: string | null;

  @Column('varchar', { length: 120 })
  itemDesc!: string;

  /** Masked before it is stored, such as `138****8000`. */
  @Column('varchar', { length: 32, nullable: true })
  receiverContact!: string | null;

  /** True when the order is complete with it: only then does WeChat release the money. */
  @Column('boolean')
  isLast!: boolean;

  /**
   * True when the order is sent in several shipments. It never changes, because WeChat counts a change as the one
   * re-ship.
   */
  @Column('boolean')
  isSplit!: boolean;

  /** True when it was corrected after the order was complete: the payment's one re-ship. */
  @Column('boolean')
  isReship!: boolean;

  @Column('varchar', { length: 16 })
  state!: ShipmentState;

  /** Counts the versions to upload: a response to an earlier round is ignored. */
  @Column('integer')
  round!: number;

  @Column('integer')
  sendCount!: number;

  /** True from before a call until its response is stored: WeChat may have the shipment, so it is queried first. */
  @Column('boolean')
  isUnsure!: boolean;

  /** The `upload_time` of the last call; it increases with each call about the same payment. */
  @Column('datetime', { precision: 3, nullable: true })
  uploadTime!: Date | null;

  /** Why it is not uploaded yet: WeChat's errcode, or a code of this service. */
  @Column('varchar', { length: 32, nullable: true })
  errorCode!: string | null;

  @Column('varchar', { length: 500, nullable: true })
  errorMessage!: string | null;

  /** The user who reported it. */
  @Column('varchar', { length: 24 })
  actorId!: string;

  @Column('varchar', { length: 64 })
  actorUsername!: string;

  @Column('datetime', { precision: 3 })
  shippedAt!: Date;

  /** When WeChat accepted it. */
  @Column('datetime', { precision: 3, nullable: true })
  uploadedAt!: Date | null;
}
