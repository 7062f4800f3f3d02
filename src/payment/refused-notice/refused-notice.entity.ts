import { Column, Entity, Index } from 'typeorm';
import { DeleteOldRows } from '../../database/retention.js';
import { LargeRowId } from '../../database/bigint-columns.js';

/**
 * What WeChat calls about: a payment, a refund, or an event of the mini-program. `message`: WeChat pushed the event (消息推送),
 * such as a shipping event.
 */
export type NoticeKind = 'payment' | 'refund' | 'message';

/** Counts are kept for 90 days after the last notice. */
const TTL_SECONDS = 90 * 86_400;

/** `outTradeNo` of notices without a payment of this shop. Not null, because a unique index does not compare nulls. */
export const NO_PAYMENT = '';

/**
 * Counts notices that were rejected before they were compared with our rows, one row per payment, kind and reason. Anyone
 * can send notices with a wrong signature, so they do not get a row each.
 */
@Entity('refused_notices')
@Index('refused_notices_subject', ['outTradeNo', 'kind', 'result'], { unique: true })
@DeleteOldRows<RefusedNotice>({ ageProperty: 'lastAt', seconds: TTL_SECONDS })
export class RefusedNotice {
  @LargeRowId()
  id!: number;

  @Column('varchar', { length: 16 })
  kind!: NoticeKind;

  /** The rejection reason: `BAD_SIGNATURE`, `MALFORMED` … */
  @Column('varchar', { length: 32 })
  result!: string;

  /** The payment that the notices name, if it exists; otherwise `NO_PAYMENT`. */
  @Column('varchar', { length: 32 })
  outTradeNo!: string;

  /** Number of notices, at most `MAX_COUNTED`. */
  @Column('integer')
  notices!: number;

  @Column('datetime', { precision: 3 })
  firstAt!: Date;

  @Index('refused_notices_last_at')
  @Column('datetime', { precision: 3 })
  lastAt!: Date;

  /**
   * Text of the first notice, truncated to 1,000 characters. It proves nothing, because anyone can have sent it, except with
   * FOREIGN_CURRENCY, and with FOREIGN_MERCHANT of a payment: these are found after the signature was verified.
   */
  @Column('text', { nullable: true })
  raw!: string | null;
}
