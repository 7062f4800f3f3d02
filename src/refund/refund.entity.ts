import { Column, Entity, Index, OneToMany, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { RefundItem } from './refund-item.entity.js';

/**
 * `USER`: requested by the buyer · `MERCHANT`: created by the shop, here or in WeChat's merchant platform · `AUTOMATIC`: for
 * a late or duplicate payment.
 */
export const REFUND_KINDS = ['USER', 'MERCHANT', 'AUTOMATIC'] as const;
export type RefundKind = (typeof REFUND_KINDS)[number];

/**
 * `REQUESTED`: waits for a decision · `REJECTED`, `CANCELLED`: not refunded · `PROCESSING`: approved, in progress ·
 * `SUCCEEDED`: refunded according to WeChat · `ABNORMAL`: staff must act · `FAILED`: finally refused or
 * closed by WeChat, abandoned by staff, or replaced by a refund created in WeChat's merchant platform.
 */
export const REFUND_STATES = [
  'REQUESTED',
  'REJECTED',
  'CANCELLED',
  'PROCESSING',
  'SUCCEEDED',
  'ABNORMAL',
  'FAILED',
] as const;
export type RefundState = (typeof REFUND_STATES)[number];

/** What a `PROCESSING` refund waits for. */
export const WAIT_REASONS = ['NOT_ENOUGH_FUNDS', 'RATE_LIMITED', 'UNKNOWN_OUTCOME'] as const;
export type WaitReason = (typeof WAIT_REASONS)[number];

export const REASON_CODES = [
  'CHANGED_MIND',
  'WRONG_ITEM',
  'OUT_OF_STOCK',
  'NOT_RECEIVED',
  'NOT_AS_DESCRIBED',
  'QUALITY',
  'MISSING_ITEM',
  'AGREED',
  'OTHER',
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

/** Length of the column `error_message`. */
const MAX_ERROR_MESSAGE_LENGTH = 255;

/** Truncates a message to the column's length without splitting a surrogate pair. */
export function toErrorMessage(text: string): string {
  return text.slice(0, MAX_ERROR_MESSAGE_LENGTH).toWellFormed();
}

/** A refund, from the request to its final result. Amounts in fen, times in UTC. */
@Entity('refunds')
@Index('refunds_order_no', ['orderNo', 'id'])
@Index('refunds_user_id', ['userId', 'id'])
@Index('refunds_status', ['status', 'id'])
@Index('refunds_kind', ['kind', 'id'])
@Index('refunds_wait_reason', ['waitReason', 'id'])
@Index('refunds_out_trade_no', ['outTradeNo'])
@Index('refunds_transaction_id', ['transactionId'])
export class Refund {
  @PrimaryGeneratedColumn('increment', { type: 'integer' })
  id!: number;

  /** Also WeChat's `out_refund_no`. Created before the first call and never changed. */
  @Index('refunds_refund_no', { unique: true })
  @Column('varchar', { length: 64 })
  refundNo!: string;

  @Column('varchar', { length: 32 })
  orderNo!: string;

  @Column('varchar', { length: 24 })
  userId!: string;

  /** The refunded payment attempt, with WeChat's transaction_id and its full amount. */
  @Column('varchar', { length: 32 })
  outTradeNo!: string;

  @Column('varchar', { length: 32 })
  transactionId!: string;

  @Column('integer')
  paidFen!: number;

  @Column('varchar', { length: 16 })
  kind!: RefundKind;

  @Column('varchar', { length: 16 })
  status!: RefundState;

  @Column('varchar', { length: 24, nullable: true })
  waitReason!: WaitReason | null;

  /** True for a payment beyond the order's price, such as a second payment. It does not count in the order's totals. */
  @Column('boolean')
  isOverpayment!: boolean;

  @Column('integer')
  requestedFen!: number;

  /** The reserved and refunded amount. Staff may approve less than was requested. */
  @Column('integer')
  amountFen!: number;

  @Column('varchar', { length: 200 })
  reason!: string;

  @Column('varchar', { length: 24, nullable: true })
  reasonCode!: ReasonCode | null;

  /** JSON list of picture URLs. */
  @Column('text')
  evidence!: string;

  @Column('varchar', { length: 200, nullable: true })
  rejectReason!: string | null;

  /** Visible to staff only. */
  @Column('varchar', { length: 500, nullable: true })
  note!: string | null;

  /**
   * True: all remaining pieces return to stock, as listed in `returnItems`. False: only `returnItems` return. Null: all
   * remaining pieces return once the order is fully refunded, if nothing was shipped.
   */
  @Column('boolean', { nullable: true })
  returnStock!: boolean | null;

  /** Whether the coupon returns once the order is fully refunded. Null: it returns if nothing was shipped. */
  @Column('boolean', { nullable: true })
  returnCoupon!: boolean | null;

  /** Pieces that return to stock with this refund. Only loaded by queries that select the relation. */
  @OneToMany(() => RefundItem, (item) => item.refund)
  returnItems?: Relation<RefundItem>[];

  /** Id of the staff member or API key that decided; null when undecided, cancelled by the buyer, or automatic. */
  @Column('varchar', { length: 24, nullable: true })
  decidedBy!: string | null;

  /** The request as the gateway composed it, repeated unchanged. Null before approval, and for imported refunds. */
  @Column('text', { nullable: true })
  request!: string | null;

  /** Number of refund calls, counted before each call. */
  @Column('integer')
  sendCount!: number;

  /**
   * Time of the last call that WeChat did not refuse; null before the first. Written before each call, and reset by a
   * refusal. For some minutes after it, WeChat's "no such refund" proves nothing.
   */
  @Column('datetime', { precision: 3, nullable: true })
  unansweredSendAt!: Date | null;

  @Index('refunds_wechat_refund_id', { unique: true })
  @Column('varchar', { length: 32, nullable: true })
  wechatRefundId!: string | null;

  /** Last error of WeChat or of this service, shown to staff. */
  @Column('varchar', { length: 64, nullable: true })
  errorCode!: string | null;

  @Column('varchar', { length: MAX_ERROR_MESSAGE_LENGTH, nullable: true })
  errorMessage!: string | null;

  /** The index into the back-off. */
  @Column('integer')
  checkCount!: number;

  /** When the job sends or queries it; null when the job has nothing to do. A claim moves it to the end of the lease. */
  @Index('refunds_next_check_at')
  @Column('datetime', { precision: 3, nullable: true })
  nextCheckAt!: Date | null;

  /** Set when the last query had no usable answer: from this time on, an answer of WeChat to any call makes the row due. */
  @Index('refunds_early_check_at')
  @Column('datetime', { precision: 3, nullable: true })
  earlyCheckAt!: Date | null;

  @Index('refunds_requested_at')
  @Column('datetime', { precision: 3 })
  requestedAt!: Date;

  @Column('datetime', { precision: 3, nullable: true })
  decidedAt!: Date | null;

  /** When we learned that WeChat has accepted the refund. From then on it is queried and not sent. */
  @Column('datetime', { precision: 3, nullable: true })
  acceptedAt!: Date | null;

  @Index('refunds_completed_at')
  @Column('datetime', { precision: 3, nullable: true })
  completedAt!: Date | null;
}
