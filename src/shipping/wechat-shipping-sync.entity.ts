import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** What WeChat says of an order's shipping, as its messages come in. Facts to be shown: no money follows from them. */
@Entity('shipping_duties')
export class WechatShippingSync {
  @PrimaryGeneratedColumn('increment', { type: 'integer' })
  id!: number;

  @Index('shipping_duties_order_no', { unique: true })
  @Column('varchar', { length: 32 })
  orderNo!: string;

  /** When the payment's one re-ship was used; null while it is left. */
  @Column('datetime', { precision: 3, nullable: true })
  reshippedAt!: Date | null;

  /** When WeChat last reminded the shop to ship. */
  @Column('datetime', { precision: 3, nullable: true })
  remindedAt!: Date | null;

  /** When the buyer, or time, confirmed the receipt. */
  @Column('datetime', { precision: 3, nullable: true })
  confirmedAt!: Date | null;

  /** When WeChat means to let the money go. */
  @Column('datetime', { precision: 3, nullable: true })
  settlementExpectedAt!: Date | null;

  /** When WeChat let the money go. */
  @Column('datetime', { precision: 3, nullable: true })
  settledAt!: Date | null;
}
