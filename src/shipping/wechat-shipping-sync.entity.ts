import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** WeChat's messages about an order's shipping. Only for display: no money moves because of them. */
@Entity('wechat_shipping_syncs')
export class WechatShippingSync {
  @PrimaryGeneratedColumn('increment', { type: 'integer' })
  id!: number;

  @Index('wechat_shipping_syncs_order_no', { unique: true })
  @Column('varchar', { length: 32 })
  orderNo!: string;

  /** When the payment's one re-ship was used; null while it is unused. */
  @Column('datetime', { precision: 3, nullable: true })
  reshippedAt!: Date | null;

  /** When WeChat last reminded the shop to ship. */
  @Column('datetime', { precision: 3, nullable: true })
  remindedAt!: Date | null;

  /** When the receipt was confirmed, by the buyer or automatically. */
  @Column('datetime', { precision: 3, nullable: true })
  confirmedAt!: Date | null;

  /** When WeChat expects to release the money. */
  @Column('datetime', { precision: 3, nullable: true })
  settlementExpectedAt!: Date | null;

  /** When WeChat released the money. */
  @Column('datetime', { precision: 3, nullable: true })
  settledAt!: Date | null;
}
