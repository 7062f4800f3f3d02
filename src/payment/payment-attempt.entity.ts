import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { MAX_CODE_URL_LENGTH, type TradeType } from '../wechat/wechat-pay.gateway.js';

/**
 * `CREATED` written down, WeChat's word not yet known · `PREPAID` WeChat has it and the user may pay · `PAID` · `CLOSED`
 * can never be paid, by WeChat's word. Only PAID is the end of everything: money that arrives for a CLOSED one counts.
 */
export type PaymentAttemptStatus = 'CREATED' | 'PREPAID' | 'PAID' | 'CLOSED';

/** The states in which the user may be paying right now. */
export const OPEN_STATUSES: PaymentAttemptStatus[] = ['CREATED', 'PREPAID'];

/** The dates of a payment that waits for nothing. */
export const NO_CHECK = { nextCheckAt: null, earlyCheckAt: null };

/**
 * What is known of a payment after asking. `ABSENT`: WeChat has no such order · `FAILED`: it cannot be paid any more, but
 * is not closed · `UNKNOWN`: no usable answer, or one that contradicts us.
 */
export type PaymentSyncResult = 'PAID' | 'OPEN' | 'CLOSED' | 'FAILED' | 'ABSENT' | 'UNKNOWN';

/** One attempt to pay an order, under its own `out_trade_no`. Written before WeChat hears of it. */
@Entity('payments')
@Index('payments_attempt', ['orderNo', 'attemptNo'], { unique: true })
export class PaymentAttempt {
  @PrimaryGeneratedColumn('increment', { type: 'integer' })
  id!: number;

  @Column('varchar', { length: 32 })
  orderNo!: string;

  /** 1, 2, 3 … of the order: with the order's number it is unique, so that two at once cannot begin the same attempt. */
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

  /** The request as the gateway composed it, repeated word for word: WeChat refuses the number with any difference. */
  @Column('text')
  request!: string;

  @Column('varchar', { length: 128, nullable: true })
  prepayId!: string | null;

  /** NATIVE's text of the QR code, or MWEB's page. */
  @Column('varchar', { length: MAX_CODE_URL_LENGTH, nullable: true })
  codeUrl!: string | null;

  /** True when WeChat refused the request in a way that repeating cannot cure: the next pay closes it and begins anew. */
  @Column('boolean')
  isUnusable!: boolean;

  /** A prepay call may be under way until then. "WeChat has no such order" proves nothing before. */
  @Column('datetime', { precision: 3, nullable: true })
  callingUntil!: Date | null;

  @Index('payments_transaction_id', { unique: true })
  @Column('varchar', { length: 32, nullable: true })
  transactionId!: string | null;

  /** Money that the shop must not keep, because the order was closed or paid already. */
  @Column('integer')
  refundDueFen!: number;

  /** What refunds have reserved or given back, in fen: never more than was paid. */
  @Column('integer', { default: 0 })
  refundHeldFen!: number;

  /** Refunds behind that sum; WeChat takes 50 for a payment. */
  @Column('integer', { default: 0 })
  refundCount!: number;

  /** The refund that may be sent until `refundSlotUntil`: WeChat takes one a minute for a payment. */
  @Column('varchar', { length: 64, nullable: true })
  refundSlotNo!: string | null;

  @Column('datetime', { precision: 3, nullable: true })
  refundSlotUntil!: Date | null;

  /** Questions the job has asked so far: the place in the back-off. */
  @Column('integer')
  checkCount!: number;

  /**
   * When the job is to ask WeChat, or to give back what is owed; null when nothing is open. A claim moves it forward. One
   * that its time alone has closed has a date too, to be asked about once more.
   */
  @Index('payments_next_check_at')
  @Column('datetime', { precision: 3, nullable: true })
  nextCheckAt!: Date | null;

  /** The last question had no usable answer: from then on an answer of WeChat to another call brings the next one forward. */
  @Index('payments_early_check_at')
  @Column('datetime', { precision: 3, nullable: true })
  earlyCheckAt!: Date | null;

  /** An instance asks WeChat because a person wants to know; the others wait for it. Null when none does. */
  @Column('datetime', { precision: 3, nullable: true })
  syncUntil!: Date | null;

  /** What the last such question was answered; null while one is under way. */
  @Column('varchar', { length: 16, nullable: true })
  syncAnswer!: PaymentSyncResult | null;

  @Index('payments_created_at')
  @Column('datetime', { precision: 3 })
  createdAt!: Date;

  @Column('datetime', { precision: 3, nullable: true })
  prepaidAt!: Date | null;

  /** WeChat's own time of the payment. */
  @Index('payments_paid_at')
  @Column('datetime', { precision: 3, nullable: true })
  paidAt!: Date | null;

  @Column('datetime', { precision: 3, nullable: true })
  closedAt!: Date | null;
}
