import { Column, Entity, Index, OneToMany, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { OrderItem } from './order-item.entity.js';

export const ORDER_STATUSES = ['PENDING', 'PAID', 'CLOSED'] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

export const REFUND_STATUSES = ['NONE', 'REQUESTED', 'PROCESSING', 'PARTIAL', 'FULL'] as const;
export type RefundStatus = (typeof REFUND_STATUSES)[number];

/** `CANCELLED` by the user · `EXPIRED` because nobody paid in time. */
export type CloseReason = 'CANCELLED' | 'EXPIRED';

/** What a user wants to buy, at the prices of that moment. All amounts in fen, all instants in UTC. */
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

  /** Refunds that wait for a decision, and refunds on their way: `refundStatus` follows from these two and `refundedFen`. */
  @Column('integer', { default: 0 })
  refundsRequested!: number;

  @Column('integer', { default: 0 })
  refundsProcessing!: number;

  /** Refunds that the buyer has asked for, whatever became of them. */
  @Column('integer', { default: 0 })
  refundRequestCount!: number;

  /** When pieces of it last returned to stock with a refund; null while none have. */
  @Column('datetime', { precision: 3, nullable: true })
  stockReturnedAt!: Date | null;

  /** The user's coupon that it was placed with; whether it still holds it, the coupon says. */
  @Column('varchar', { length: 24, nullable: true })
  couponId!: string | null;

  @Column('varchar', { length: 200, nullable: true })
  remark!: string | null;

  @Column('varchar', { length: 32, nullable: true })
  transactionId!: string | null;

  @Column('varchar', { length: 16, nullable: true })
  closeReason!: CloseReason | null;

  /** How many payments were begun. A close and a new payment both compare it, so that only one of them wins. */
  @Column('integer')
  attemptCount!: number;

  /** How many times in a row the scheduled close could not finish: the place in the back-off. */
  @Column('integer')
  closeAttempts!: number;

  /** When the scheduled job is to close it; null as soon as it is paid or closed. A claim moves it forward. */
  @Index('orders_next_check_at')
  @Column('datetime', { precision: 3, nullable: true })
  nextCheckAt!: Date | null;

  /** The last question had no usable answer: from then on an answer of WeChat to another call brings the next one forward. */
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

  /** Parcels so far: two of them cannot become the same number. */
  @Column('integer', { default: 0 })
  shipmentCount!: number;

  /** When it was paid, while it has not been shipped whole and money of it is left; null otherwise. */
  @Index('orders_to_ship_since')
  @Column('datetime', { precision: 3, nullable: true })
  toShipSince!: Date | null;

  /** When its last parcel was reported; null until then. */
  @Column('datetime', { precision: 3, nullable: true })
  shippedAt!: Date | null;

  @OneToMany(() => OrderItem, (item) => item.order)
  items!: Relation<OrderItem>[];
}
