import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { PaymentChannel } from '../../wechat/pay/payment-channel.js';
import { MAX_CODE_URL_LENGTH, type TradeType } from '../../wechat/pay/payment-types.js';

/**
 * `CREATED`: WeChat has not confirmed the prepay yet · `PREPAID`: WeChat has accepted it and the user may pay ·
 * `PAID` · `CLOSED`: it can no longer be paid, by WeChat's response or by our own conclusion. Only PAID is final: a
 * CLOSED attempt becomes PAID if a payment arrives.
 */
export type PaymentAttemptStatus = 'CREATED' | 'PREPAID' | 'PAID' | 'CLOSED';

/** States in which the user may be paying. */
export const OPEN_ATTEMPT_STATUSES: PaymentAttemptStatus[] = ['CREATED', 'PREPAID'];

/** The check dates of an attempt that needs no further check. */
export const NO_FURTHER_CHECK = { nextCheckAt: null, earliestCheckAt: null };

/**
 * State of an attempt after a query. `NOT_FOUND`: WeChat has no such order · `FAILED`: it cannot be paid any more, but
 * is not closed · `UNKNOWN`: no usable response, or one that contradicts our records.
 */
export type PaymentSyncResult = 'PAID' | 'OPEN' | 'CLOSED' | 'FAILED' | 'NOT_FOUND' | 'UNKNOWN';

/** One attempt to pay an order, under its own `out_trade_no`. Inserted before the first call to WeChat. */
@Entity('payments')
@Index('payments_attempt', ['orderNo', 'attemptNo'], { unique: true })
@Index('payments_channel', ['channel', 'status'])
export class PaymentAttempt {
  @PrimaryGeneratedColumn('increment', { type: 'integer' })
  id!: number;

  @Column('varchar', { length: 32 })
  orderNo!: string;

  /** From 1, unique together with the order number, so that concurrent calls cannot create the same attempt. */
  @Column('integer')
  attemptNo!: number;

  @Index('payments_out_trade_no', { unique: true })
  @Column('varchar', { length: 32 })
  outTradeNo!: string;

  @Column('varchar', { length: 16 })
  tradeType!: TradeType;

  @Column('integer')
  amountFen!: number;

  @Column('varchar', { length: 16 })
  status!: PaymentAttemptStatus;

  /** The account under which the payment is made, written once. A later version may have written an unknown channel. */
  @Column('varchar', { length: 16 })
  channel!: PaymentChannel;

  @Column('varchar', { length: 32 })
  appId!: string;

  @Column('varchar', { length: 32 })
  mchId!: string;

  /**
   * The request as its provider composed it. It is repeated unchanged: WeChat refuses a known number with other content.
   */
  @Column('text')
  request!: string;

  @Column('varchar', { length: 128, nullable: true })
  prepayId!: string | null;

  /** NATIVE: text of the QR code. MWEB: address of the payment page. */
  @Column('varchar', { length: MAX_CODE_URL_LENGTH, nullable: true })
  codeUrl!: string | null;

  /**
   * True when WeChat refused the request and repeating cannot help: this pay call or the next one closes it and creates
   * a new attempt.
   */
  @Column('boolean')
  isUnusable!: boolean;

  /** A prepay call may be in progress until this time. Before it, NOT_FOUND proves nothing. */
  @Column('datetime', { precision: 3, nullable: true })
  callingUntil!: Date | null;

  @Index('payments_transaction_id', { unique: true })
  @Column('varchar', { length: 32, nullable: true })
  transactionId!: string | null;

  /**
   * Fen of a late or duplicate payment that must be refunded. Refunds do not reduce it: what is still due is this minus
   * `refundReservedFen`. 0 again when the order is reopened instead.
   */
  @Column('integer')
  refundDueFen!: number;

  /** Fen that refunds have reserved or paid back: never more than was paid. */
  @Column('integer', { default: 0, name: 'refund_held_fen' })
  refundReservedFen!: number;

  /** Number of refunds in `refundReservedFen`; WeChat accepts 50 per payment. */
  @Column('integer', { default: 0 })
  refundCount!: number;

  /**
   * Number of the refund that was sent last. No other refund may be sent until `refundSlotUntil`: WeChat accepts one
   * refund per minute and payment.
   */
  @Column('varchar', { length: 64, nullable: true })
  refundSlotNo!: string | null;

  @Column('datetime', { precision: 3, nullable: true })
  refundSlotUntil!: Date | null;

  /** Queries by the job so far: the index into the back-off. */
  @Column('integer')
  checkCount!: number;

  /**
   * When the job queries WeChat, or refunds `refundDueFen`; null when there is nothing to do. A claim moves it to the
   * end of the lease. An attempt whose protocol has no close call, and that counts as closed because its own time limit is
   * over, has a date for a final query.
   */
  @Index('payments_next_check_at')
  @Column('datetime', { precision: 3, nullable: true })
  nextCheckAt!: Date | null;

  /**
   * Set when the last query had no usable response. From this time on, any successful WeChat Pay call makes the row
   * due.
   */
  @Index('payments_early_check_at')
  @Column('datetime', { name: 'early_check_at', precision: 3, nullable: true })
  earliestCheckAt!: Date | null;

  /** End of the lease of the instance that runs a requested sync; other instances wait for it. Null when none runs. */
  @Column('datetime', { precision: 3, nullable: true })
  syncUntil!: Date | null;

  /** Result of the last requested sync; null while one runs. */
  @Column('varchar', { length: 16, nullable: true })
  syncAnswer!: PaymentSyncResult | null;

  @Index('payments_created_at')
  @Column('datetime', { precision: 3 })
  createdAt!: Date;

  @Column('datetime', { precision: 3, nullable: true })
  prepaidAt!: Date | null;

  /** Time of the payment according to WeChat. */
  @Index('payments_paid_at')
  @Column('datetime', { precision: 3, nullable: true })
  paidAt!: Date | null;

  @Column('datetime', { precision: 3, nullable: true })
  closedAt!: Date | null;
}
