import { Column, Entity, Index, OneToMany, PrimaryGeneratedColumn } from 'typeorm';
import type { PaymentChannel } from '../wechat/pay/payment-channel.js';
import type { RefundDestination } from '../wechat/pay/payment-types.js';
import { RefundItem } from './refund-item.entity.js';

/**
 * `USER`: requested by the buyer · `MERCHANT`: created by the shop, here or in WeChat's merchant platform ·
 * `AUTOMATIC`: for a late or duplicate payment.
 */
export const REFUND_KINDS = ['USER', 'MERCHANT', 'AUTOMATIC'] as const;
export type RefundKind = (typeof REFUND_KINDS)[number];

/**
 * `REQUESTED`: waits for a decision · `REJECTED`, `CANCELLED`: not refunded · `PROCESSING`: approved, in progress ·
 * `SUCCEEDED`: refunded according to WeChat · `ABNORMAL`: staff must act · `FAILED`: finally refused or
 * closed by WeChat, abandoned by staff, or replaced by a refund created in WeChat's merchant platform.
 */
export const REFUND_STATUSES = [
  'REQUESTED',
  'REJECTED',
  'CANCELLED',
  'PROCESSING',
  'SUCCEEDED',
  'ABNORMAL',
  'FAILED',
] as const;
export type RefundStatus = (typeof REFUND_STATUSES)[number];

/**
 * What a `PROCESSING` refund waits for. `NOT_ENOUGH_FUNDS`: the merchant's balance at WeChat · `RATE_LIMITED`: WeChat's rate
 * limit, or another refund of the same payment that was sent less than a minute ago · `UNKNOWN_OUTCOME`: a call without a
 * usable response.
 */
export const WAIT_REASONS = ['NOT_ENOUGH_FUNDS', 'RATE_LIMITED', 'UNKNOWN_OUTCOME'] as const;
export type WaitReason = (typeof WAIT_REASONS)[number];

/** Why a refund is requested, chosen by the buyer or the shop. `AGREED`: buyer and shop have agreed on it (协商一致). */
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

/** Who receives the money of a refund. `MERCHANT`: it came back to the shop, and the buyer received nothing from WeChat. */
export const REFUND_RECIPIENTS = ['BUYER', 'MERCHANT'] as const;
export type RefundRecipient = (typeof REFUND_RECIPIENTS)[number];

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
@Index('refunds_redirect_to', ['redirectTo', 'paidOtherwiseAt'])
export class Refund {
  @PrimaryGeneratedColumn('increment', { type: 'integer' })
  id!: number;

  /** Also WeChat's `out_refund_no`. Created before the first call and never changed. */
  @Index('refunds_refund_no', { unique: true })
  @Column('varchar', { length: 64 })
  refundNo!: string;

  @Column('varchar', { length: 32 })
  orderNo!: string;

  /** From 1; grows with every change that the APIs show. */
  @Column('integer', { default: 1 })
  version!: number;

  /** Null for a refund of a payment order, whose buyer has no account here. */
  @Column('varchar', { length: 24, nullable: true })
  userId!: string | null;

  /** The number in the merchant's own system; null when the refund has none. */
  @Index('refunds_merchant_refund_no', { unique: true })
  @Column('varchar', { length: 64, nullable: true })
  merchantRefundNo!: string | null;

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
  status!: RefundStatus;

  @Column('varchar', { length: 24, nullable: true })
  waitReason!: WaitReason | null;

  /** True when it refunds an overpayment: a second payment of an order that another payment has paid. Not in the order's totals. */
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
   * True: all remaining units return to stock, as listed in `returnItems`. False: only `returnItems` return. Null: all
   * remaining units return once the order is fully refunded, if nothing was shipped.
   */
  @Column('boolean', { nullable: true })
  returnStock!: boolean | null;

  /** Whether the coupon returns once the order is fully refunded. Null: it returns if nothing was shipped. */
  @Column('boolean', { nullable: true })
  returnCoupon!: boolean | null;

  /** Units that return to stock with this refund. Only loaded by queries that select the relation. */
  @OneToMany(() => RefundItem, (item) => item.refund)
  returnItems?: RefundItem[];

  /**
   * Id of the staff member or API key that decided. Null when undecided, cancelled by the buyer, automatic, or imported from
   * WeChat's merchant platform.
   */
  @Column('varchar', { length: 24, nullable: true })
  decidedBy!: string | null;

  /** The account under which the refund is made, which may differ from the payment's. Null before approval. */
  @Column('varchar', { length: 16, nullable: true })
  channel!: PaymentChannel | null;

  @Column('varchar', { length: 32, nullable: true })
  appId!: string | null;

  @Column('varchar', { length: 32, nullable: true })
  mchId!: string | null;

  /**
   * The request as its provider composed it. Repetitions send it unchanged. A retry by staff replaces it if WeChat reports
   * no such refund. Null before approval, and for imported refunds.
   */
  @Column('text', { nullable: true })
  request!: string | null;

  /** Number of refund calls, counted before each call. */
  @Column('integer')
  sendCount!: number;

  /**
   * Time of the last refund call that WeChat may have accepted; null when there is none. Written before each call. Only a
   * definite refusal of the call resets it, to the time of the earlier call; acceptance and an unknown outcome do not. For
   * some minutes after it, WeChat's "no such refund" proves nothing.
   */
  @Column('datetime', { name: 'unanswered_send_at', precision: 3, nullable: true })
  lastPossiblyAcceptedSendAt!: Date | null;

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

  /**
   * When the job sends or queries it; null when the job has nothing to do. A claim moves it to the end of the lease.
   */
  @Index('refunds_next_check_at')
  @Column('datetime', { precision: 3, nullable: true })
  nextCheckAt!: Date | null;

  /** Set when the last query or call had no usable response, or one that contradicts our records. From this time on, any successful WeChat Pay call makes the row due. */
  @Index('refunds_early_check_at')
  @Column('datetime', { name: 'early_check_at', precision: 3, nullable: true })
  earliestCheckAt!: Date | null;

  @Index('refunds_requested_at')
  @Column('datetime', { precision: 3 })
  requestedAt!: Date;

  @Column('datetime', { precision: 3, nullable: true })
  decidedAt!: Date | null;

  /** When we learned that WeChat has accepted the refund. While it is set, the refund is queried and not sent. */
  @Index('refunds_accepted_at')
  @Column('datetime', { precision: 3, nullable: true })
  acceptedAt!: Date | null;

  @Index('refunds_completed_at')
  @Column('datetime', { precision: 3, nullable: true })
  completedAt!: Date | null;

  /**
   * Where staff send the money of an ABNORMAL refund. Written before the call, so that no call can name another destination.
   * Null without such a call, and when WeChat definitely refused every one. Never the card or its holder.
   */
  @Column('varchar', { length: 16, nullable: true })
  redirectTo!: RefundDestination['to'] | null;

  /** WeChat's code of the buyer's bank; null unless `redirectTo` is a card of the buyer. */
  @Column('varchar', { length: 16, nullable: true })
  redirectBankType!: string | null;

  /** Number of redirect calls that WeChat accepted or may have accepted: counted before each call, a definite refusal is subtracted. */
  @Column('integer', { default: 0 })
  redirectCallCount!: number;

  /** When staff confirmed that they paid the buyer in another way, for money that came back to the merchant. */
  @Column('datetime', { precision: 3, nullable: true })
  paidOtherwiseAt!: Date | null;

  /** How the buyer was paid. Visible to staff only. */
  @Column('varchar', { length: 500, nullable: true })
  paidOtherwiseNote!: string | null;
}
