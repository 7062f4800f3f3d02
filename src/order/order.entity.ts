import { Column, Entity, Index, OneToMany, PrimaryGeneratedColumn } from 'typeorm';
import { OrderItem } from './order-item.entity.js';

export const ORDER_STATUSES = ['PENDING', 'PAID', 'CLOSED'] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

export const ORDER_REFUND_STATUSES = ['NONE', 'REQUESTED', 'PROCESSING', 'PARTIAL', 'FULL'] as const;
export type OrderRefundStatus = (typeof ORDER_REFUND_STATUSES)[number];

/** `CANCELLED`: by the user or staff · `EXPIRED`: not paid in time. */
export type CloseReason = 'CANCELLED' | 'EXPIRED';

/** `SHOP`: placed by a buyer from our catalogue · `EXTERNAL`: a payment order of the merchant's own order system. */
export const ORDER_ORIGINS = ['SHOP', 'EXTERNAL'] as const;
export type OrderOrigin = (typeof ORDER_ORIGINS)[number];

export type LatePaymentPolicy = 'refund' | 'deliver';

/** An order with the prices at the time it was placed. All amounts in fen, all times in UTC. */
@Entity('orders')
@Index('orders_user_id', ['userId', 'id'])
@Index('orders_user_status', ['userId', 'status'])
@Index('orders_status', ['status', 'id'])
@Index('orders_origin', ['origin', 'id'])
@Index('orders_refund_status', ['refundStatus', 'id'])
@Index('orders_shipped_at', ['shippedAt', 'id'])
export class Order {
  @PrimaryGeneratedColumn('increment', { type: 'integer' })
  id!: number;

  @Index('orders_order_no', { unique: true })
  @Column('varchar', { length: 32 })
  orderNo!: string;

  @Column('varchar', { length: 16, default: 'SHOP' })
  origin!: OrderOrigin;

  /** From 1; grows with every change that the APIs show. */
  @Column('integer', { default: 1 })
  version!: number;

  /** Null for a payment order, whose buyer has no account here. */
  @Column('varchar', { length: 24, nullable: true })
  userId!: string | null;

  /** The number of a payment order in the merchant's own system. */
  @Index('orders_merchant_order_no', { unique: true })
  @Column('varchar', { length: 64, nullable: true })
  merchantOrderNo!: string | null;

  @Column('varchar', { length: 16 })
  status!: OrderStatus;

  @Column('varchar', { length: 16 })
  refundStatus!: OrderRefundStatus;

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

  /** When a refund last returned units to stock; null if none has. */
  @Column('datetime', { precision: 3, nullable: true })
  stockReturnedAt!: Date | null;

  /**
   * The user coupon that the order was placed with. The column and the API say `couponId`, which is the id of a `Coupon`
   * everywhere else. `UserCoupon.orderNo` shows whether the order still reserves or uses it.
   */
  @Column('varchar', { name: 'coupon_id', length: 24, nullable: true })
  userCouponId!: string | null;

  @Column('varchar', { length: 200, nullable: true })
  remark!: string | null;

  /** Shown to the buyer by WeChat; null for an order of the shop, where it is composed from the goods. */
  @Column('varchar', { length: 200, nullable: true })
  description!: string | null;

  /** The payer of a payment order under `appId`; null while unknown. An order of the shop is paid by its user. */
  @Column('varchar', { length: 128, nullable: true })
  payerOpenid!: string | null;

  /** How the payer became known: named, or by a login code, when the payment order was created, or by a pay call. */
  @Column('varchar', { length: 8, nullable: true })
  payerSource!: 'OPENID' | 'CODE' | 'PAY' | null;

  /** The app that a payment order has named, in which it is paid; null for the shop's own app. */
  @Column('varchar', { length: 32, nullable: true })
  appId!: string | null;

  /** Separated by spaces; null when all are allowed. */
  @Column('varchar', { length: 64, nullable: true })
  allowedTradeTypes!: string | null;

  /** JSON object of texts; null for an order of the shop. */
  @Column('text', { nullable: true })
  metadata!: string | null;

  /** Null: the setting `LATE_PAYMENT_POLICY`. */
  @Column('varchar', { length: 16, nullable: true })
  latePaymentPolicy!: LatePaymentPolicy | null;

  /** False for a payment order without goods to ship. */
  @Column('boolean', { default: true })
  needsShipping!: boolean;

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

  /**
   * When the scheduled job closes the order; null once it is paid or closed. A claim moves it to the end of the lease.
   */
  @Index('orders_next_check_at')
  @Column('datetime', { precision: 3, nullable: true })
  nextCheckAt!: Date | null;

  /**
   * Set when the last query had no usable response. From this time on, any successful WeChat Pay call makes the row
   * due.
   */
  @Index('orders_early_check_at')
  @Column('datetime', { name: 'early_check_at', precision: 3, nullable: true })
  earliestCheckAt!: Date | null;

  @Index('orders_created_at')
  @Column('datetime', { precision: 3 })
  createdAt!: Date;

  @Column('datetime', { precision: 3 })
  expiresAt!: Date;

  @Column('datetime', { precision: 3, nullable: true })
  paidAt!: Date | null;

  @Column('datetime', { precision: 3, nullable: true })
  closedAt!: Date | null;

  /** Number of shipments. New shipments compare it, so that two cannot get the same number. */
  @Column('integer', { default: 0 })
  shipmentCount!: number;

  /** Time of payment while the order is not completely shipped and not fully refunded; null otherwise. */
  @Index('orders_to_ship_since')
  @Column('datetime', { precision: 3, nullable: true })
  toShipSince!: Date | null;

  /** When the last shipment was sent; null until then. */
  @Column('datetime', { precision: 3, nullable: true })
  shippedAt!: Date | null;

  @OneToMany(() => OrderItem, 'order')
  items!: OrderItem[];
}
