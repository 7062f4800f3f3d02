import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { MAX_CODE_URL_LENGTH, type TradeType } from '../wechat/wechat-pay.gateway.js';

/**
 * `CREATED`: WeChat has not confirmed the prepay yet · `PREPAID`: WeChat has accepted it and the user may pay · `PAID` ·
 * `CLOSED`: it can no longer be paid, by WeChat's answer or by our own conclusion. Only PAID is final: a CLOSED attempt
 * becomes PAID if a payment arrives.
 */
export type PaymentAttemptStatus = 'CREATED' | 'PREPAID' | 'PAID' | 'CLOSED';

/** States in which the user may be paying. */
export const OPEN_STATUSES: PaymentAttemptStatus[] = ['CREATED', 'PREPAID'];

/** The check dates of an attempt that needs no further check. */
export const NO_CHECK = { nextCheckAt: null, earlyCheckAt: null };

/**
 * State of an attempt after a query. `ABSENT`: WeChat has no such order · `FAILED`: it cannot be paid any more, but is not
 * closed · `UNKNOWN`: no usable answer, or one that contradicts our records.
 */
export type PaymentSyncResult = 'PAID' | 'OPEN' | 'CLOSED' | 'FAILED' | 'ABSENT' | 'UNKNOWN';

/** One attempt to pay an order, under its own `out_trade_no`. Inserted before the first call to WeChat. */
@Entity('payments')
@Index('payments_attempt', ['orderNo', 'attemptNo'], { unique: true })
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

  /** The request as the gateway composed it. It is repeated unchanged: WeChat rejects a known number with other content. */
  @Column('text')
  request!: string;

  @Column('varchar', { length: 128, nullable: true })
  prepayId!: string | null;

  /** NATIVE: text of the QR code. MWEB: address of the payment page. */
  @Column('varchar', { length: MAX_CODE_URL_LENGTH, nullable: true })
  codeUrl!: string | null;

  /** True when WeChat rejected the request and repeating cannot help: the next pay call closes it and creates a new attempt. */
  @Column('boolean')
  isUnusable!: boolean;

  /** A prepay call may be in progress until this time. Before it, ABSENT proves nothing. */
  @Column('datetime', { precision: 3, nullable: true })
  callingUntil!: Date | null;

  @Index('payments_transaction_id', { unique: true })
  @Column('varchar', { length: 32, nullable: true })
  transactionId!: string | null;

  /** Fen that must be refunded, because the order was closed or already paid. */
  @Column('integer')
  refundDueFen!: number;

  /** Fen that refunds have reserved or paid back: never more than was paid. */
  @Column('integer', { default: 0 })
  refundHeldFen!: number;

  /** Number of refunds in `refundHeldFen`; WeChat accepts 50 per payment. */
  @Column('integer', { default: 0 })
  refundCount!: number;

  /**
   * Number of the refund that was sent last. No other refund may be sent until `refundSlotUntil`: WeChat accepts one refund
   * per minute and payment.
   */
  @Column('varchar', { length: 64, nullable: true })
  refundSlotNo!: string | null;

  @Column('datetime', { precision: 3, nullable: true })
  refundSlotUntil!: Date | null;

  /** Queries by the job so far: the index into the back-off. */
  @Column('integer')
  checkCount!: number;

  /**
   * When the job queries WeChat, or refunds `refundDueFen`; null when nothing is left to do. A claim moves it to the end of
   * the lease. An attempt closed only by its time limit has a date for a final query.
   */
  @Index('payments_next_check_at')
  @Column('datetime', { precision: 3, nullable: true })
  nextCheckAt!: Date | null;

  /** Set when the last query had no usable answer: from this time on, an answer of WeChat to any call makes the row due. */
  @Index('payments_early_check_at')
  @Column('datetime', { precision: 3, nullable: true })
  earlyCheckAt!: Date | null;

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
