import { Column, Entity, Index, OneToMany, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { OrderItem } from './order-item.entity.js';

export const ORDER_STATUSES = ['PENDING', 'PAID', 'CLOSED'] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

export const REFUND_STATUSES = ['NONE', 'REQUESTED', 'PROCESSING', 'PARTIAL', 'FULL'] as const;
export type RefundStatus = (typeof REFUND_STATUSES)[number];

/** `CANCELLED`: by the user or staff · `EXPIRED`: not paid in time. */
export type CloseReason = 'CANCELLED' | 'EXPIRED';

/** An order with the prices at the time it was placed. All amounts in fen, all times in UTC. */
@Entity('orders')
@Index('orders_user_id', ['userId', 'id'])
@Index('orders_user_status', ['userId', 'status'])
@Index('orders_status', ['status', 'id'])
@Index('orders_refund_status', ['refundStatus', 'id'])
@Index('orders_shipped_at', ['shippedAt', 'id'])
export class Order {
  @PrimaryGeneratedColumn('increment', { type: 'integer' })
  id!: number;

  @Index('orders_order_no', { unique: true })
  @Column('varchar', { length: 32 })
  orderNo!: string;

  @Column('varchar', { length: 24 })
  userId!: string;

  @Column('varchar', { length: 16 })
  status!: OrderStatus;

  @Column('varchar', { length: 16 })
  refundStatus!: RefundStatus;

  @Column('integer')
  totalFen!: number;

  @Column('integer')
  discountFen!: number;

  @Column('integer')
  payableFen!: number;

  @Column('integer')
  paidFen!: number;

  @Column('integer')
  refundedFen!: number;

  /** Refunds that wait for a decision. `refundStatus` is derived from this, `refundsProcessing` and `refundedFen`. */
  @Column('integer', { default: 0 })
  refundsRequested!: number;

  @Column('integer', { default: 0 })
  refundsProcessing!: number;

  /** Refunds that the buyer has requested, in any state. */
  @Column('integer', { default: 0 })
  refundRequestCount!: number;

  /** When a refund last returned pieces to stock; null if none has. */
  @Column('datetime', { precision: 3, nullable: true })
  stockReturnedAt!: Date | null;

  /** The user's coupon that the order was placed with. `UserCoupon.orderNo` shows whether the order still holds it. */
  @Column('varchar', { length: 24, nullable: true })
  couponId!: string | null;

  @Column('varchar', { length: 200, nullable: true })
  remark!: string | null;

  @Column('varchar', { length: 32, nullable: true })
  transactionId!: string | null;

  @Column('varchar', { length: 16, nullable: true })
  closeReason!: CloseReason | null;

  /** Number of payment attempts. A close and a new attempt both compare it, so that only one of them succeeds. */
  @Column('integer')
  attemptCount!: number;

  /** Scheduled closes in a row that could not finish: the index into the back-off. */
  @Column('integer')
  closeAttempts!: number;

  /** When the scheduled job closes the order; null once it is paid or closed. A claim moves it to the end of the lease. */
  @Index('orders_next_check_at')
  @Column('datetime', { precision: 3, nullable: true })
  nextCheckAt!: Date | null;

  /** Set when the last query had no usable answer: from this time on, an answer of WeChat to any call makes the row due. */
  @Index('orders_early_check_at')
  @Column('datetime', { precision: 3, nullable: true })
  earlyCheckAt!: Date | null;

  @Index('orders_created_at')
  @Column('datetime', { precision: 3 })
  createdAt!: Date;

  @Column('datetime', { precision: 3 })
  expiresAt!: Date;

  @Column('datetime', { precision: 3, nullable: true })
  paidAt!: Date | null;

  @Column('datetime', { precision: 3, nullable: true })
  closedAt!: Date | null;

  /** Number of parcels. New parcels compare it, so that two cannot get the same number. */
  @Column('integer', { default: 0 })
  shipmentCount!: number;

  /** Time of payment while the order is not completely shipped and not fully refunded; null otherwise. */
  @Index('orders_to_ship_since')
  @Column('datetime', { precision: 3, nullable: true })
  toShipSince!: Date | null;

  /** When the last parcel was shipped; null until then. */
  @Column('datetime', { precision: 3, nullable: true })
  shippedAt!: Date | null;

  @OneToMany(() => OrderItem, (item) => item.order)
  items!: Relation<OrderItem>[];
}
