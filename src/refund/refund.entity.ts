import { Column, Entity, Index, OneToMany, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { RefundItem } from './refund-item.entity.js';

/** Who wanted it: the buyer, the staff, or nobody, because the shop must not keep the money. */
export const REFUND_KINDS = ['USER', 'MERCHANT', 'AUTOMATIC'] as const;
export type RefundKind = (typeof REFUND_KINDS)[number];

/**
 * `REQUESTED` waits for staff · `REJECTED`, `CANCELLED` nothing moves · `PROCESSING` decided, on its way · `SUCCEEDED` the
 * money is back, by WeChat's word · `ABNORMAL` it needs a person · `FAILED` a final no of WeChat's: nothing was given back.
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

/** What a `PROCESSING` refund waits for, besides its turn. */
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

/** Characters that the column of an error message takes. */
const MAX_ERROR_MESSAGE_LENGTH = 255;

/** A message as the column takes it: cut, and never to half a character. */
export function toErrorMessage(text: string): string {
  return text.slice(0, MAX_ERROR_MESSAGE_LENGTH).toWellFormed();
}

/** Money on its way back to the buyer, from the wish to WeChat's last word. Amounts in fen, instants in UTC. */
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

  /** Also WeChat's `out_refund_no`: made before the first call, and never another. */
  @Index('refunds_refund_no', { unique: true })
  @Column('varchar', { length: 64 })
  refundNo!: string;

  @Column('varchar', { length: 32 })
  orderNo!: string;

  @Column('varchar', { length: 24 })
  userId!: string;

  /** The payment that is given back, with its number at WeChat and its whole amount. */
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

  /** True for money beyond what the order cost, such as a second payment: it says nothing about the goods. */
  @Column('boolean')
  isOverpayment!: boolean;

  @Column('integer')
  requestedFen!: number;

  /** What is reserved, and given back: staff may have approved less than was requested. */
  @Column('integer')
  amountFen!: number;

  @Column('varchar', { length: 200 })
  reason!: string;

  @Column('varchar', { length: 24, nullable: true })
  reasonCode!: ReasonCode | null;

  /** Addresses of pictures, a JSON list. */
  @Column('text')
  evidence!: string;

  @Column('varchar', { length: 200, nullable: true })
  rejectReason!: string | null;

  /** For the staff alone. */
  @Column('varchar', { length: 500, nullable: true })
  note!: string | null;

  /**
   * True: the whole order returns to stock, as `returnItems` lists it. False: nothing but `returnItems` returns. Null: when
   * all of the money is back and nothing was shipped, everything that is left of the order returns.
   */
  @Column('boolean', { nullable: true })
  returnStock!: boolean | null;

  /** Whether the coupon returns once all of the money is back; null: it does when nothing was shipped. */
  @Column('boolean', { nullable: true })
  returnCoupon!: boolean | null;

  /** Pieces that return to stock with this refund. Only loaded where a query asks for the relation. */
  @OneToMany(() => RefundItem, (item) => item.refund)
  returnItems?: Relation<RefundItem>[];

  /** The member of staff who decided; null for nobody or the buyer. */
  @Column('varchar', { length: 24, nullable: true })
  decidedBy!: string | null;

  /** The request as the gateway composed it, repeated word for word. Null until it is decided. */
  @Column('text', { nullable: true })
  request!: string | null;

  /** How often it was sent, counted before each sending. */
  @Column('integer')
  sendCount!: number;

  /**
   * When it was last sent without a clear answer; null when WeChat refused every sending. Written before each sending, and
   * taken back by a refusal. For some minutes after it WeChat's "no such refund" proves nothing.
   */
  @Column('datetime', { precision: 3, nullable: true })
  unansweredSendAt!: Date | null;

  @Index('refunds_wechat_refund_id', { unique: true })
  @Column('varchar', { length: 32, nullable: true })
  wechatRefundId!: string | null;

  /** WeChat's last refusal, for the staff. */
  @Column('varchar', { length: 64, nullable: true })
  errorCode!: string | null;

  @Column('varchar', { length: MAX_ERROR_MESSAGE_LENGTH, nullable: true })
  errorMessage!: string | null;

  /** The place in the back-off. */
  @Column('integer')
  checkCount!: number;

  /** When the job is to send it or to ask about it; null when it waits for nothing or for a person. A claim moves it forward. */
  @Index('refunds_next_check_at')
  @Column('datetime', { precision: 3, nullable: true })
  nextCheckAt!: Date | null;

  /** The last question had no usable answer: from then on an answer of WeChat to another call brings the next one forward. */
  @Index('refunds_early_check_at')
  @Column('datetime', { precision: 3, nullable: true })
  earlyCheckAt!: Date | null;

  @Index('refunds_requested_at')
  @Column('datetime', { precision: 3 })
  requestedAt!: Date;

  @Column('datetime', { precision: 3, nullable: true })
  decidedAt!: Date | null;

  /** When we learnt that WeChat has taken it on: from then on it is asked about, not sent. */
  @Column('datetime', { precision: 3, nullable: true })
  acceptedAt!: Date | null;

  @Index('refunds_completed_at')
  @Column('datetime', { precision: 3, nullable: true })
  completedAt!: Date | null;
}
