import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { LogisticsKind } from '../wechat/wechat-shipping.gateway.js';

/**
 * `WAITING` to be told to WeChat · `UPLOADED` · `STUCK` WeChat refuses it and a person must look · `KEPT` WeChat need not
 * know: the shop has switched that off, the money is no mini-program's, or it has all gone back.
 */
export const SHIPMENT_STATES = ['WAITING', 'UPLOADED', 'STUCK', 'KEPT'] as const;
export type ShipmentState = (typeof SHIPMENT_STATES)[number];

/** One parcel of an order, and what WeChat was told of it. */
@Entity('shipments')
@Index('shipments_order_no', ['orderNo', 'shipmentNo'], { unique: true })
@Index('shipments_parcel_key', ['orderNo', 'parcelKey'], { unique: true })
@Index('shipments_state', ['state', 'id'])
export class Shipment {
  @PrimaryGeneratedColumn('increment', { type: 'integer' })
  id!: number;

  @Column('varchar', { length: 32 })
  orderNo!: string;

  /** 1, 2, 3 … of the order, in which WeChat hears of them. */
  @Column('integer')
  shipmentNo!: number;

  /** Hash of what makes it this parcel: the same one again is no second. */
  @Column('varchar', { length: 64 })
  parcelKey!: string;

  @Column('varchar', { length: 16 })
  kind!: LogisticsKind;

  /** WeChat's word for whoever carries it, such as `SF`. */
  @Column('varchar', { length: 128, nullable: true })
  carrier!: string | null;

  @Column('varchar', { length: 128, nullable: true })
  trackingNo!: string | null;

  @Column('varchar', { length: 120 })
  itemDesc!: string;

  /** Masked before it is stored, such as `138****8000`. */
  @Column('varchar', { length: 32, nullable: true })
  receiverContact!: string | null;

  /** True when the order is whole with it: only then does WeChat let the money go. */
  @Column('boolean')
  isLast!: boolean;

  /** True when the order goes in several parcels. WeChat counts a change of that as the one re-ship, so it never changes. */
  @Column('boolean')
  isSplit!: boolean;

  /** True when it was corrected after the order was whole: the payment's one re-ship. */
  @Column('boolean')
  isReship!: boolean;

  @Column('varchar', { length: 16 })
  state!: ShipmentState;

  /** Counts what is to be told of it: an answer to an earlier round settles nothing. */
  @Column('integer')
  round!: number;

  @Column('integer')
  sendCount!: number;

  /** True from before a call until its answer is written down: then WeChat may have it, and is asked first. */
  @Column('boolean')
  isUnsure!: boolean;

  /** What the last call said as `upload_time`; later for each call about the same payment. */
  @Column('datetime', { precision: 3, nullable: true })
  uploadTime!: Date | null;

  /** Why it is not there yet: WeChat's errcode, or a word of ours. */
  @Column('varchar', { length: 32, nullable: true })
  errorCode!: string | null;

  @Column('varchar', { length: 500, nullable: true })
  errorMessage!: string | null;

  /** Who reported it. */
  @Column('varchar', { length: 24 })
  actorId!: string;

  @Column('varchar', { length: 64 })
  actorUsername!: string;

  @Column('datetime', { precision: 3 })
  shippedAt!: Date;

  /** When WeChat took it. */
  @Column('datetime', { precision: 3, nullable: true })
  uploadedAt!: Date | null;
}
